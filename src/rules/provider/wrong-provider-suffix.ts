import { shellQuote } from '../../safety/quote.js';
import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { acrossRule, fix, type Hit } from '../define.js';
import { nearestId } from '../model/nearest-id.js';
import { checkAgain, servedBy } from '../serving.js';
import { LINKS, list } from '../words.js';
import { type WrongPin, wordOf, wrongPin } from './pin.js';
import { goneSince } from './removed.js';
import { worksUnlisted } from './unlisted.js';

interface Args extends WrongPin {
  /** A provider that was meant, most likely. */
  near: string | null;
  /** Who serves the model today; null when this run does not know. */
  others: string[] | null;
}

function sent(o: Observation, e: Evidence): Hit<Args> | null {
  if (o.surface === 'other' || o.surface === 'legacy' || o.surface === 'dedicated') return null;
  if (o.status !== null && ![400, 401, 404, 422].includes(o.status)) return null;
  if (o.error !== null) return null;
  const found = wrongPin(o, e);
  // A 401 is the token's, except on the Hub: there an id that cannot exist is answered so.
  if (!found || (o.status === 401 && !(o.surface === 'hub' && found.why === 'unplaced'))) return null;
  const others = o.model === null ? null : servedBy(o.model, o.task, e);
  if (found.why === 'not-served' && others && (others.length === 0 || others.includes(found.pin)))
    return null;
  // It answers on its own path: then the list of the router is wrong.
  if (found.why === 'not-served' && worksUnlisted(o, e)) return null;
  // A name that nobody here knows may be a provider of tomorrow.
  const settled =
    found.why === 'not-served' ? others !== null : found.why === 'unplaced' || wordOf(found.pin) !== null;
  const proven = e.run.live && settled;
  const explicit = o.suffix !== null || found.why === 'unplaced';
  return {
    confidence: proven ? 'certain' : explicit ? 'likely' : 'possible',
    subject: `${o.model ?? 'model'}:${found.pin}`,
    args: { ...found, near: meant(found.pin, e), others },
  };
}

/** Null for a name that some provider really has. */
function meant(pin: string, e: Evidence): string | null {
  return e.catalog.providers.includes(pin) ? null : nearestId(pin, e.catalog.providers);
}

/** Ways that were asked for and cannot exist: they were not sent. */
function named(e: Evidence): (Hit<Args> & { cells: readonly number[] })[] {
  return e.run.unasked.flatMap(({ because, route, model: ref }) => {
    const [model = ref, suffix] = ref.split(':');
    const others = servedBy(model, e.catalog.models[model]?.task ?? null, e);
    const hit = (pin: string, why: Args['why']) => [
      {
        confidence: 'certain' as const,
        subject: `${model}:${pin}`,
        models: [model],
        args: { pin, why, near: meant(pin, e), others },
        cells: [],
      },
    ];
    if (because === 'suffix') {
      const task = e.catalog.models[model]?.task ?? null;
      if (suffix && task !== null && task !== 'conversational') return hit(suffix, 'not-chat');
      // The router and a gateway read it; where one of them is among the routes, its cell tells.
      const read = e.run.routes.some((r) => r === 'gateway' || r.startsWith('router'));
      return suffix && !read ? hit(suffix, 'unasked') : [];
    }
    const slug = route.replace(/^provider:/, '');
    return because === 'absent' && !goneSince(slug) ? hit(slug, 'routes') : [];
  });
}

function orOne(others: readonly string[]): string {
  if (others.length === 0) return '';
  return others.length === 1 ? `, or name ${list(others)} there` : `, or name one of ${list(others)}`;
}

export const wrongProviderSuffix = acrossRule<Args>({
  id: 'wrong-provider-suffix',
  blame: 'code',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'No suffix unlocks a model: it only pins one provider, and there is no ":pro" or ":enterprise".',
  match: (e) => [
    ...e.observations.flatMap((o) => {
      const hit = sent(o, e);
      return hit ? [{ ...hit, cells: [o.id] }] : [];
    }),
    ...named(e),
  ],
  title({ args, models }) {
    const model = models[0] ?? 'this model';
    if (args.why === 'invented') return `":${args.pin}" is no suffix of the router`;
    if (args.why === 'not-chat')
      return `The suffix ":${args.pin}" is read for chat only, and ${model} is for another task`;
    if (args.why === 'unasked') return `None of the routes that were asked takes the suffix ":${args.pin}"`;
    if (args.why === 'unplaced') return `The suffix ":${args.pin}" was sent to a route that takes none`;
    return args.others === null
      ? `${args.pin} refuses ${model} as not supported`
      : `${args.pin} does not serve ${model}`;
  },
  explanation({ args, models }) {
    const model = models[0] ?? 'the model';
    const others =
      args.others && args.others.length > 0
        ? ` ${list(args.others)} ${args.others.length > 1 ? 'serve' : 'serves'} ${model} today.`
        : '';
    const said = {
      invented: `The router knows the name of a provider, or fastest, cheapest and preferred. Anything else after the colon is refused.`,
      unplaced:
        'A suffix works in the model field of https://router.huggingface.co/v1 only. Provider paths, /hf-inference/ and look-ups on the Hub take the bare id and answer as if the model did not exist.',
      'not-chat':
        'The router reads a suffix in the model field of a chat call. Other tasks are called on the path of a provider, with the bare id. Nothing was sent.',
      unasked:
        'Only the router and a gateway read a suffix, and neither was among the routes. Nothing was sent.',
      routes: `The routes of this run (--routes) name ${args.pin}, and the list of the model does not. Nothing was sent to it.`,
      'not-served': 'The call pins this provider, and a pin has no failover: other providers are not asked.',
    }[args.why];
    const unsure =
      args.why === 'not-served' && args.others === null
        ? ' The same answer comes when the Hub id is sent where the id of the provider belongs.'
        : '';
    const near = args.near ? ` No provider is called ${args.pin}; ${args.near} is one.` : '';
    const word = wordOf(args.pin);
    return `${word ? `${word} ` : ''}${said}${near}${others}${unsure}`;
  },
  notThis: ({ args }) =>
    `A new token or a paid plan cannot help: the ${args.why === 'routes' ? 'name of the route' : 'name after the model'} decides here.`,
  fixes: ({ args, models, client }) => [
    // The slip of a finger: only where the provider that was meant serves the model.
    ...(args.why === 'invented' && args.near && args.others?.includes(args.near)
      ? [
          fix(`Write ":${args.near}" if that provider is meant.`, {
            commands: [`hf-doctor check ${shellQuote(`${models[0] ?? ''}:${args.near}`)}`],
          }),
        ]
      : []),
    args.why === 'not-served'
      ? fix(
          'Leave out the suffix or the provider argument: the router then chooses one that serves the model.',
        )
      : args.why === 'routes'
        ? fix(`Leave out --routes ${args.pin}${orOne(args.others ?? [])}.`, {
            commands: [checkAgain(models)],
          })
        : args.why === 'not-chat'
          ? fix('Ask for the bare id.', { commands: [checkAgain(models)] })
          : args.why === 'unasked'
            ? fix('Ask the router, or leave out the colon and what follows.', {
                commands: [`hf-doctor check --routes router ${models[0] ?? ''}:${args.pin}`],
              })
            : fix('Send the bare model id, without the colon and what follows.'),
    ...(args.why === 'unplaced' && client !== 'node' && client !== 'curl'
      ? [
          fix(
            'huggingface_hub before 1.0 takes no suffix, and a provider= argument excludes one. Upgrade, or name the provider once.',
            { commands: ['pip install -U huggingface_hub'] },
          ),
        ]
      : []),
    ...(args.others === null
      ? [
          fix('See who serves the model today.', {
            commands: [checkAgain(models)],
            links: [LINKS.servedModels],
          }),
        ]
      : []),
  ],
  verify: ({ models }) => checkAgain(models),
  page: {
    meaning:
      'The model id carries a suffix, or the call a provider, that cannot answer for this model while others can, or the suffix went to a route that does not read suffixes.',
    evidence:
      'The mapping of the model in this run, the refusal of the router (400, "not supported by provider X"), or a look-up whose path still holds the colon.',
    mistakenFor:
      'A model that nobody serves, a missing permission, a plan that must be paid: PRO and Enterprise are plans, not routes, and auto is the default of the clients. ":hf-inference" is no cure: hf-inference serves hardly any chat model today.',
    repair:
      'Use the bare id on https://router.huggingface.co/v1. Pin a provider only when the mapping of the model lists it as live.',
    links: [LINKS.servedModels, LINKS.docs],
  },
});

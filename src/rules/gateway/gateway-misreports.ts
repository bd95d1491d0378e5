import { shellQuote } from '../../safety/quote.js';
import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { acrossRule, fix } from '../define.js';
import { isGood, isServerError } from '../match.js';
import { LINKS } from '../words.js';
import { blamesModel } from './blames-model.js';

interface Args {
  gateway: string;
  /** As it was sent to both. */
  sent: string;
  /**
   * `suffix`: it asked for the bare id. `refuses`: it refuses what the router answers. `hides`: it says
   * that the model is missing while the provider behind it failed.
   */
  how: 'suffix' | 'refuses' | 'hides';
  gatewayStatus: number | null;
  routerStatus: number | null;
}

/** The router's answer to the very id that the gateway got. */
function twinOf(o: Observation, e: Evidence): Observation | undefined {
  return e.observations.find(
    (x) =>
      x.surface === 'router' &&
      !x.control &&
      !x.capability &&
      x.auth === 'token' &&
      x.model === o.model &&
      x.suffix === o.suffix,
  );
}

function howOf(o: Observation, twin: Observation): Args['how'] | null {
  if (!blamesModel(o)) return null;
  if (isGood(twin)) {
    return o.model !== null && o.suffix !== null && namesBare(o, o.model) ? 'suffix' : 'refuses';
  }
  return isServerError(twin) ? 'hides' : null;
}

/** The words name the id, and no colon behind it. */
function namesBare({ body }: Observation, model: string): boolean {
  return [body.message ?? '', body.excerpt].some((text) => {
    const at = text.indexOf(model);
    return at !== -1 && !/[\w:.-]/.test(text[at + model.length] ?? '');
  });
}

export const gatewayMisreports = acrossRule<Args>({
  id: 'gateway-misreports',
  blame: 'gateway',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects:
    'A gateway that says that a model does not exist may have asked for another id, or hide the fault of a provider.',
  match(e) {
    if (!e.run.live) return [];
    return e.observations.flatMap((o) => {
      if (o.surface !== 'gateway' || o.control || o.capability || isGood(o) || o.model === null) return [];
      const twin = twinOf(o, e);
      const how = twin ? howOf(o, twin) : null;
      if (!twin || !how) return [];
      const sent = o.suffix ? `${o.model}:${o.suffix}` : o.model;
      const args = {
        gateway: o.host ?? 'the gateway',
        sent,
        how,
        gatewayStatus: o.status,
        routerStatus: twin.status,
      };
      return [{ confidence: 'likely' as const, subject: `${sent} ${how}`, args, cells: [o.id] }];
    });
  },
  title: ({ args }) =>
    ({
      suffix: `The gateway ${args.gateway} takes the suffix away from ${args.sent}`,
      refuses: `The gateway ${args.gateway} refuses ${args.sent}, and the router answers it`,
      hides: `The gateway ${args.gateway} says that ${args.sent} is missing, and hides a fault of the provider`,
    })[args.how],
  explanation: ({ args }) =>
    ({
      suffix: `It was asked for ${args.sent} and refuses the bare id. The router, asked for the same id in this run, answered. So the gateway handed on another id than it got.`,
      refuses: `It answers ${args.gatewayStatus} as if the model were unknown. The router, asked for the same id in this run, answered. The gateway has a list of models of its own, or changes the id on the way.`,
      hides: `It answers ${args.gatewayStatus} as if the model were unknown. The router, asked for the same id in this run, answers ${args.routerStatus}: the model exists, and its provider failed.`,
    })[args.how],
  notThis: ({ args }) =>
    args.how === 'hides'
      ? 'Another model id or a new token cannot help: the provider has to answer again.'
      : 'A new token, a paid plan or another suffix cannot help: the router takes the id as it is.',
  fixes: ({ args }) => [
    args.how === 'hides'
      ? fix('Look at what the router says in this report: that is the fault to act on.')
      : fix(
          `Call https://router.huggingface.co/v1 directly with ${args.sent}, until the gateway hands it on.`,
        ),
    args.how === 'suffix'
      ? fix('In the gateway, let the model id pass unchanged, with what follows its colon.')
      : args.how === 'refuses'
        ? fix('In the gateway, add the model, with the id that the router takes, to its list.')
        : fix('In the gateway, hand on the status and the body of the server behind it.'),
  ],
  // With its suffix: the bare id is another question.
  verify: ({ args }) => `hf-doctor check ${shellQuote(args.sent)} --gateway <url>`,
  page: {
    meaning:
      'A gateway or a backend in front of Hugging Face refuses a model that the router answers for, or says that it is missing while its provider failed.',
    evidence:
      'The same id was sent to the gateway and to the router in one run. The router answered it, or answered 5xx, and the gateway answered 400, 404 or 422 with words about the model.',
    mistakenFor: 'A model that nobody serves, a misspelled id, a suffix that does not exist.',
    repair:
      'Let the gateway hand on the model id as it is, suffix included, and the status and body of the server behind it.',
    links: [LINKS.docs],
  },
});

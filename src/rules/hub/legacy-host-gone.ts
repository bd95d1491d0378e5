import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { factsOf, huggingFaceAnswers, isNameFailure, says } from '../match.js';
import { OLD_ROUTE } from '../provider/provider-outage.js';
import { LINKS } from '../words.js';

const HOST = 'api-inference.huggingface.co';

/** The sentence of its last months; clients print it without the status. */
const RETIRED = /api-inference\.huggingface\.co\/?['"]? is no longer supported/i;

/** The host had a name at least until this month, and answered as usual until that one. */
export const LAST_NAME = '2026-03';
const FIRST_404 = '2025-04';

interface Args {
  how: 'no-dns' | '410' | '404' | 'other';
  replacement: string;
  /** 401 without and 404 with the token: the token was accepted. */
  pair: boolean;
  /** The text names no host. */
  guessed: boolean;
}

/** The address of today for a path of the retired host. */
export function replacementFor(o: Observation, e: Evidence): string {
  const router = e.run.endpoints.router;
  const path = o.path ?? '';
  const model = o.model ?? '{model}';
  const pipeline = /^\/pipeline\/([a-z-]{1,40})\//.exec(path)?.[1];
  if (pipeline === 'feature-extraction' || pipeline === 'sentence-similarity')
    return `${router}/hf-inference/models/${model}/pipeline/${pipeline}`;
  const task = o.task ?? factsOf(o, e)?.task ?? null;
  if (path.endsWith('/chat/completions') || task === 'conversational') return `${router}/v1/chat/completions`;
  return `${router}/hf-inference/models/${model}`;
}

/** An error of a text from before a month, `2026-03`: then it was something else. */
export function isOlder(o: Observation, month: string): boolean {
  return o.origin === 'text' && o.at !== null && o.at.slice(0, 7) < month;
}

/** `/models/{model} -> https://…`, once for each form of path that was called. */
function formsOf(observations: readonly Observation[], e: Evidence): string[] {
  const forms = observations.map((o) => {
    const hide = (text: string) => (o.model ? text.replace(o.model, '{model}') : text);
    return `${hide(o.path ?? '/')} -> ${hide(replacementFor(o, e))}`;
  });
  return [...new Set(forms)];
}

function howItFailed(o: Observation, e: Evidence): Args['how'] | null {
  if (isOlder(o, isNameFailure(o) ? LAST_NAME : FIRST_404)) return null;
  if (isNameFailure(o)) return !e.run.live || huggingFaceAnswers(e) ? 'no-dns' : null;
  if (o.status === 410 || (o.origin === 'text' && says(o, RETIRED))) return '410';
  const noRoute =
    o.body.kind !== 'json' || says(o, /^\W{0,4}not found|cannot (post|get)|no longer supported/i);
  if (o.status === 404 && noRoute) return '404';
  if (o.status === null && o.error === null && says(o, /\bcannot (?:post|get) \/(?:models|pipeline)\//i))
    return '404';
  // The host is retired for everybody, so in a run of today any other failure is that too.
  if (e.run.live && o.status !== 401 && (o.error !== null || (o.status ?? 0) >= 300)) return 'other';
  // A text: its own cause stays open, and the call must move all the same. Servers that failed: provider-outage.
  const asked = o.origin === 'text' && o.host === HOST && !says(o, OLD_ROUTE);
  if (asked && o.purpose === 'inference' && (o.status ?? 0) >= 400 && (o.status ?? 0) < 500) return 'other';
  if (asked && o.error?.startsWith('net.')) return 'other';
  return null;
}

export const legacyHostGone = cellRule<Args>({
  id: 'legacy-host-gone',
  blame: 'hub',
  severity: 'info',
  severityOf: ({ evidence }) =>
    evidence.run.live && evidence.run.routes.some((r) => r !== 'legacy') ? 'info' : 'error',
  lastVerified: '2026-11-21',
  since: '2025-04-01',
  corrects:
    'A name that does not resolve is not the fault of your DNS, and a 404 here is not a missing permission: the host was retired.',
  match(o, e) {
    if (o.surface !== 'legacy') return null;
    const how = howItFailed(o, e);
    if (!how) return null;
    const pair =
      how === '404' &&
      e.observations.some((x) => x.surface === 'legacy' && x.auth === 'anonymous' && x.status === 401);
    const certain = how === '410' || (e.run.live && how !== 'other');
    // A text that names no host: a wrong path on the router answers 404 as well.
    const guessed = pair && o.host === null;
    return {
      confidence: certain ? 'certain' : guessed || (how === 'other' && !e.run.live) ? 'possible' : 'likely',
      subject: HOST,
      args: { how, pair, guessed, replacement: replacementFor(o, e) },
    };
  },
  title: () => `The legacy host ${HOST} is retired for everybody`,
  explanation({ args, evidence }) {
    const saw = {
      'no-dns': evidence.run.live
        ? 'Its name no longer resolves, while the other hosts of Hugging Face answer in this run.'
        : 'Its name no longer resolves, on any machine.',
      '410': 'It answers 410 and names its successor, the router.',
      '404': 'It answers 404 to each model, whether the model exists or not.',
      other: evidence.run.live
        ? 'It did not give a usable answer.'
        : 'Whatever was wrong with this call, the host is gone since: today it answers nobody.',
    }[args.how];
    const pair = args.pair
      ? ' Without a token it answers 401 and with yours 404: that pair shows that the token is accepted.'
      : '';
    const guessed = args.guessed
      ? ' The text names no host: if your code calls router.huggingface.co, its path is wrong instead.'
      : '';
    return `${saw}${pair}${guessed} No setting of yours brings it back.`;
  },
  notThis: () => 'Another DNS server, a VPN, a paid plan or a new token cannot help.',
  fixes: ({ args, client, evidence, observations, routes }) => {
    const asked = !evidence.run.live || routes.length === evidence.run.routes.length;
    const forms = formsOf(observations, evidence);
    const change = fix(
      forms.length > 1
        ? 'Send the calls to these addresses instead.'
        : `Send the call to ${args.replacement} instead.`,
      { commands: forms.length > 1 ? forms : [], links: [LINKS.docs] },
    );
    const upgrade = {
      python: fix('Upgrade the client: it knows the new address.', {
        commands: ['pip install -U huggingface_hub'],
      }),
      node: fix('Upgrade the client: it knows the new address.', {
        commands: ['npm install @huggingface/inference@latest'],
      }),
      curl: null,
      none: fix(
        'Upgrade huggingface_hub (1.0 or newer) or @huggingface/inference (4.13 or newer): they know the new address.',
      ),
    }[client ?? 'none'];
    const nothing = fix(
      `Nothing to do here. If your code still names that host, the addresses of today: ${forms.join('; ')}`,
    );
    return asked ? [change, ...(upgrade ? [upgrade] : [])] : [nothing];
  },
  verify: () => 'hf-doctor check --routes router,hf-inference',
  page: {
    meaning: `https://${HOST} was the serverless Inference API. It was drained in spring 2025 (404), answered 410 from autumn 2025, and has had no DNS record since mid-2026. Its successor is https://router.huggingface.co.`,
    evidence:
      'The host is the legacy one and the answer is 410, a plain 404, or a name that does not resolve while huggingface.co and router.huggingface.co do.',
    mistakenFor:
      'A DNS, VPN or firewall problem, a missing permission, a regional block, a model that needs a paid plan. A 410 on the router path /hf-inference/models/... is another fault: there one model was dropped, not the host.',
    repair:
      'Chat: POST https://router.huggingface.co/v1/chat/completions with the model in the body. Other tasks: POST https://router.huggingface.co/hf-inference/models/{model}, and /pipeline/feature-extraction behind it for embeddings. Or upgrade the official client. Not every model that the old host served has a provider today: hf-doctor check tells which.',
    links: [LINKS.docs],
  },
});

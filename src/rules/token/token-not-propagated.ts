import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { gotThrough, refusedWithoutToken, tokenNeeded } from '../asked-with.js';
import { acrossRule, fix, type Hit } from '../define.js';
import { onHuggingFace, says } from '../match.js';
import { LINKS, list } from '../words.js';

interface Args {
  lookalikes: readonly { name: string; readBy: string | null }[];
  /** What was used instead and refused; null when nothing was. */
  used: string | null;
}

const REFUSED = /invalid username or password/i;

function inRun(e: Evidence): readonly (Hit<Args> & { cells: number[] })[] {
  const { source, status } = e.token;
  const lookalikes = e.token.lookalikes.filter((l) => /^[A-Za-z_]\w{0,63}$/.test(l.name));
  if (lookalikes.length === 0 || e.run.anonymous || !tokenNeeded(e) || gotThrough(e)) return [];
  // A stale token file is read because the variable that was set has another name.
  const stale = status === 'invalid' && source !== null && !source.startsWith('env ');
  if (status !== 'missing' && !stale) return [];
  const cells = stale ? [] : refusedWithoutToken(e);
  return [
    { confidence: 'certain', subject: 'token', args: { lookalikes, used: stale ? source : null }, cells },
  ];
}

/** In a text this is only one of three readings of the same 401. */
function inText(o: Observation): boolean {
  const open = o.auth !== 'token' && o.purpose === 'inference' && o.surface !== 'hub' && onHuggingFace(o);
  return open && (o.status === null || o.status === 401) && says(o, REFUSED);
}

export const tokenNotPropagated = acrossRule<Args>({
  id: 'token-not-propagated',
  blame: 'token',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'A token in some variable is not a token for every program: each client reads its own names.',
  match(e) {
    if (e.run.live) return inRun(e);
    return e.observations.filter(inText).map((o) => ({
      confidence: 'possible',
      subject: 'token',
      args: { lookalikes: [], used: null },
      cells: [o.id],
    }));
  },
  title: ({ args }) =>
    args.lookalikes.length > 0
      ? `A token is set as ${list(args.lookalikes.map((l) => l.name))}, which Hugging Face clients do not read`
      : 'A token may exist that the program does not pass on',
  explanation({ args }) {
    if (args.lookalikes.length === 0)
      return 'Hugging Face says the same to a call without a token and to a wrong one. If hf-doctor token is fine on that machine, the program sends another token or none.';
    const readers = args.lookalikes.flatMap((l) => (l.readBy ? [`${l.name} is read by ${l.readBy}.`] : []));
    const instead = args.used
      ? `So the token from ${args.used} was used, and Hugging Face refuses it.`
      : 'So no token was sent.';
    return [`The official clients read HF_TOKEN, and that is not set. ${instead}`, ...readers].join(' ');
  },
  notThis: () => 'A new token under the same name cannot help, nor can another model or provider.',
  fixes({ args, client }) {
    const name = args.lookalikes[0]?.name;
    const rename = name
      ? [fix('Give the value the name that clients read.', { commands: [`export HF_TOKEN="$${name}"`] })]
      : [];
    const code = {
      python: [fix('Pass it in the code too: InferenceClient(api_key=...).')],
      node: [
        fix('In Node, pass it in the code: the client reads no variable.', {
          snippet: { language: 'js', code: 'const client = new InferenceClient(process.env.HF_TOKEN);' },
        }),
      ],
      curl: [fix('Send it as a header: -H "Authorization: Bearer $HF_TOKEN".')],
      none: [],
    }[client ?? 'none'];
    return [
      ...rename,
      ...code,
      fix(
        'In a Space it must be a secret named HF_TOKEN; in a container it belongs to the run, not to the build; in CI, pull requests of a fork get no secrets.',
        {
          links: [LINKS.tokenDocs],
        },
      ),
    ];
  },
  verify: () => 'hf-doctor token',
  page: {
    meaning:
      'There is a token on the machine, and the layer that calls Hugging Face does not have it: a variable with another name, a secret that was not passed to the container, a setting that was read before the variable was set.',
    evidence:
      'HF_TOKEN is not set while a variable with a similar name is, and the calls went out without a token. In a text it stays possible only: the answer is the same 401 as for a missing or a wrong token.',
    mistakenFor: 'A revoked token, a provider that refuses anonymous calls, a model that became paid.',
    repair:
      'Set HF_TOKEN: huggingface_hub reads HF_TOKEN and HUGGING_FACE_HUB_TOKEN, LangChain reads HUGGINGFACEHUB_API_TOKEN, LiteLLM reads HUGGINGFACE_API_KEY, and @huggingface/inference reads none. Run hf-doctor token in the same place as the program: the same container, job or Space.',
    links: [LINKS.tokens, LINKS.tokenDocs],
  },
});

import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { gotThrough, refusedWithoutToken, tokenNeeded } from '../asked-with.js';
import { acrossRule, fix, type Hit } from '../define.js';
import { onHuggingFace, says } from '../match.js';
import { isBare, madeByProvider } from '../said.js';
import { LINKS, PERMISSION } from '../words.js';
import { sendsToken } from './sent.js';

interface Args {
  /** `run`: none was found here; `asked`: --anonymous; `client`: a client says so; else a 401 says it. */
  how: 'run' | 'asked' | 'client' | 'endpoint' | 'refused' | 'bare';
  /** Nothing tells whether a token was sent. */
  open: boolean;
}

const KNOWN = { open: false };

const CLIENT =
  /must provide an api_key to work with|did not find huggingfacehub_api_token|hugging ?face api key is missing|please set an api key for hugging ?face hub|token is required[^\n]{0,60}but no token found/i;
const AUTO_ROUTER = /cannot select auto-router when using non-hugging face api key/i;
/** What an endpoint with protection says to a call without a header. */
const PROTECTED = /\ba valid user token is required\b/i;
/** A program's own words for a 401. */
const ABOUT_KEY =
  /\b(?:api[ _-]?key|token|credentials?|authentication|unauthori[sz]ed)\b[^\n]{0,40}\b(?:missing|invalid|required|failed|wrong)\b|\b(?:missing|invalid|incorrect|wrong) (?:or \w{2,12} )?(?:api[ _-]?key|access token|token|credentials)/i;
/** These speak of a token that came. */
const WAS_SENT = /authorization header|token seems invalid/i;
const REFUSED = /invalid username or password/i;

function inText(o: Observation): Omit<Hit<Args>, 'subject'> | null {
  if (o.auth === 'token' || o.purpose !== 'inference') return null;
  if (o.surface === 'dedicated' && says(o, PROTECTED))
    return { confidence: 'likely', args: { how: 'endpoint', ...KNOWN } };
  if (!onHuggingFace(o)) return null;
  if (says(o, PROTECTED)) return { confidence: 'likely', args: { how: 'refused', ...KNOWN } };
  if (says(o, CLIENT)) return { confidence: 'likely', args: { how: 'client', ...KNOWN } };
  if (says(o, AUTO_ROUTER)) return { confidence: 'possible', args: { how: 'client', ...KNOWN } };
  if (o.surface === 'hub' || (o.status !== null && o.status !== 401)) return null;
  const open = o.auth !== 'anonymous';
  if (says(o, REFUSED))
    return { confidence: sendsToken(o) ? 'possible' : 'likely', args: { how: 'refused', open } };
  const told = isBare(o) || (says(o, ABOUT_KEY) && !says(o, WAS_SENT));
  const bare = o.status === 401 && told && !madeByProvider(o) && !sendsToken(o);
  return bare ? { confidence: open ? 'possible' : 'likely', args: { how: 'bare', open } } : null;
}

function inRun(e: Evidence): readonly (Hit<Args> & { cells: number[] })[] {
  const cells = refusedWithoutToken(e);
  // Where a variable with another name is set, token-not-propagated says it better.
  const missing = e.token.status === 'missing' && e.token.lookalikes.length === 0;
  if (!e.run.anonymous && !missing) return [];
  if (cells.length === 0 && (e.run.anonymous || !tokenNeeded(e) || gotThrough(e))) return [];
  const how = e.run.anonymous ? 'asked' : 'run';
  return [{ confidence: 'certain', subject: 'token', args: { how, ...KNOWN }, cells }];
}

export const tokenMissing = acrossRule<Args>({
  id: 'token-missing',
  blame: 'token',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects: 'No model on the router answers without a token: a 401 is not about one provider or one model.',
  match(e) {
    if (e.run.live) return inRun(e);
    return e.observations.flatMap((o) => {
      const hit = inText(o);
      return hit ? [{ ...hit, subject: 'token', cells: [o.id] }] : [];
    });
  },
  title: ({ args }) =>
    args.open
      ? 'Hugging Face refused the token, or none was sent'
      : {
          run: 'No Hugging Face token was found',
          asked: 'No token was sent, because this run is anonymous',
          client: 'The program has no Hugging Face token',
          endpoint: 'No token reached the dedicated endpoint',
          refused: 'No Hugging Face token reached this call',
          bare: 'No Hugging Face token reached this call',
        }[args.how],
  explanation: ({ args, evidence }) =>
    ({
      run: `${evidence.token.faults.some((f) => f.kind === 'empty') ? 'A variable for it is set, and empty.' : 'The environment and the token file hold none.'} Hugging Face answers 401 to a call without one, before any provider is asked.`,
      asked: 'With --anonymous no token is sent. Hugging Face then answers 401 before any provider is asked.',
      client: 'The client stopped before it sent anything: it found no token that it can use.',
      endpoint:
        'The endpoint is protected, and its proxy asks for a token of Hugging Face. Mostly the client sends none: some want it as a header.',
      refused: args.open
        ? 'Hugging Face itself refused the call, before any provider was asked. It says the same for a token that is missing and for one that is wrong, and the text does not show which.'
        : 'Hugging Face itself refused the call, before any provider was asked. The text shows that no token was sent.',
      bare: args.open
        ? 'Only the status is shown. Hugging Face answers 401 itself, before any provider is asked, when the token is missing or wrong.'
        : 'Only the status is shown, and no token was sent. Hugging Face then answers 401 before any provider is asked.',
    })[args.how],
  notThis: () => 'Another model, another provider or a paid plan cannot help: each call needs a good token.',
  fixes({ args, client }) {
    if (args.how === 'asked') return [fix('Run it again without --anonymous to test your token.')];
    const create = fix(`Create a token with the permission "${PERMISSION}".`, { links: [LINKS.newToken] });
    const pass = {
      python: fix('Log in once on this machine, or export it as HF_TOKEN where the program runs.', {
        commands: ['hf auth login'],
      }),
      node: fix('Pass it to the client: @huggingface/inference reads no environment variable by itself.', {
        snippet: { language: 'js', code: 'const client = new InferenceClient(process.env.HF_TOKEN);' },
      }),
      curl: fix('Send it as a header: -H "Authorization: Bearer $HF_TOKEN", with HF_TOKEN exported.'),
      none: fix(
        'Export it as HF_TOKEN in the environment of the program, and check that the program passes it on.',
      ),
    }[client ?? 'none'];
    const space = fix(
      'In a Space: Settings, Secrets, HF_TOKEN, then restart. A duplicated Space has no secrets.',
    );
    const look = fix(
      'Ask on the machine that fails whether its token is found and accepted: that tells the two apart.',
      { commands: ['hf-doctor token'] },
    );
    return [...(args.open ? [look] : []), create, pass, space];
  },
  verify: () => 'hf-doctor token',
  page: {
    meaning:
      'The call went out without a token, or the client found none and did not send it. Hugging Face asks for a token on every route of the router, also for models that cost nothing.',
    evidence:
      'hf-doctor finds no token in HF_TOKEN, HUGGING_FACE_HUB_TOKEN and the token file. In a text: the client says so, or Hugging Face answers 401 "Invalid username or password.", which it also says to a wrong token.',
    mistakenFor:
      'A provider that wants its own account, a free tier that was closed, a gated model. A provider is never asked when Hugging Face answers 401.',
    repair: `Create a token with the permission "${PERMISSION}" and set HF_TOKEN where the program runs: the shell, the secret of the Space, the run environment of the container (not a build argument), the secret of the CI job. Then restart the program.`,
    links: [LINKS.newToken, LINKS.tokenDocs],
  },
});

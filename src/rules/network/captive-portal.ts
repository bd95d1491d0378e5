import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { isPage } from '../gateway/page.js';
import { onHuggingFace, says } from '../match.js';
import { checkAgain } from '../serving.js';
import { list } from '../words.js';
import { isDownload } from './reach.js';

interface Args {
  /** How many answers of this run show it. */
  signs: number;
  /** Where the redirect leads, when there was one. */
  target: string | null;
}

const OURS = /(?:^|\.)(?:huggingface\.co|hf\.co|huggingface\.cloud)$/;

/** Host that a redirect leads to when it belongs neither to Hugging Face nor to the base URLs. */
export function foreignTarget(o: Observation, e: Evidence): string | null {
  const status = o.status ?? 0;
  if (o.error !== 'http.redirect' && (status < 300 || status > 399)) return null;
  const target = o.headers.location ?? /redirects to (\S{1,300})/.exec(o.errorDetail ?? '')?.[1];
  if (!target || !URL.canParse(target, o.url ?? 'https://huggingface.co')) return null;
  const { hostname } = new URL(target, o.url ?? 'https://huggingface.co');
  const own = Object.values(e.run.endpoints).some(
    (b) => b !== null && URL.canParse(b) && new URL(b).hostname === hostname,
  );
  return own || OURS.test(hostname) ? null : hostname;
}

/** An answer that no API of Hugging Face gives. */
function isSign(o: Observation, e: Evidence): boolean {
  if (!onHuggingFace(o) || isDownload(o, e)) return false;
  if (o.status === 511 || o.error === 'tls.wrong-host' || foreignTarget(o, e) !== null) return true;
  const api = o.surface !== 'hub' || (o.path ?? '').startsWith('/api/');
  const success = o.status !== null && o.status >= 200 && o.status < 300;
  return success && api && isPage(o) && !fromHuggingFace(o);
}

/** Marks of its own front end: then the page came from there, whatever it is. */
function fromHuggingFace(o: Observation): boolean {
  const id = o.requestId ?? '';
  return (
    'x-powered-by' in o.headers ||
    'cf-ray' in o.headers ||
    id.startsWith('Root=') ||
    says(o, /hugging ?face/i)
  );
}

export const captivePortal = cellRule<Args>({
  id: 'captive-portal',
  blame: 'network',
  severity: 'error',
  outcome: 'unknown',
  lastVerified: '2026-11-21',
  corrects: 'A 200 is no proof that Hugging Face answered: a login page of a network also says 200.',
  match(o, e) {
    if (!isSign(o, e)) return null;
    // A portal holds everything back: one JSON answer of Hugging Face shows that there is none.
    if (e.observations.some((x) => onHuggingFace(x) && x.status !== null && x.body.kind === 'json'))
      return null;
    const signs = e.observations.filter((x) => isSign(x, e)).length;
    const likely = signs > 1 || o.status === 511;
    return {
      confidence: likely ? 'likely' : 'possible',
      subject: 'network',
      args: { signs, target: foreignTarget(o, e) },
    };
  },
  title: () => 'A login page of your network seems to answer in place of Hugging Face',
  explanation({ args, observations }) {
    const first = observations[0];
    const saw = args.target
      ? `The request was sent on to ${args.target}, which is no host of Hugging Face.`
      : first?.status === 511
        ? 'The answer was 511, which networks use to ask for a login.'
        : first?.error === 'tls.wrong-host'
          ? 'The certificate that came is for another host.'
          : 'A web page came where Hugging Face answers in JSON.';
    const count = args.signs > 1 ? ` ${args.signs} answers of this run show it.` : '';
    return `${saw}${count} Hugging Face was not reached, so nothing is known about the token or the model.`;
  },
  notThis: ({ args, evidence }) =>
    `A new token or another model cannot help.${args.target && evidence.run.live ? ' The redirect was not followed, so the token was not sent there.' : ''}`,
  fixes: ({ args, observations }) => [
    fix('Open any http:// page in a browser and log in to the network, then ask again.'),
    fix(
      `On a company network, ask for access to ${list([...new Set(observations.flatMap((o) => o.host ?? []))]) || 'huggingface.co'}.`,
    ),
    ...(args.target
      ? [fix(`If ${args.target} is a mirror that you use on purpose, name it as the base URL itself.`)]
      : []),
  ],
  verify: ({ models }) => checkAgain(models),
  page: {
    meaning:
      'A hotel, airport, guest or company network answers in place of Hugging Face until somebody logs in.',
    evidence:
      'Web pages with status 200, status 511, a certificate for another host, or redirects to a foreign host, from addresses of Hugging Face that answer in JSON otherwise. Two such answers make it likely.',
    mistakenFor: 'A changed API, a broken client that cannot read the answer.',
    repair: 'Log in to the network in a browser, or use another network.',
    links: [],
  },
});

import type { Observation } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { says } from '../match.js';
import { checkAgain } from '../serving.js';
import { list } from '../words.js';
import { hostsOf, mayBeNetwork } from './reach.js';

interface Args {
  /** What the proxy answered; null when it could not be reached or did not say. */
  status: number | null;
  slow: boolean;
  /** The variable that names it holds something that is no HTTP proxy. */
  unusable: boolean;
}

const SENTENCES =
  /ProxyError|cannot connect to proxy|tunnel connection failed|proxy authentication required|proxy response \(\d{3}\)|from proxy after connect|proxyconnect|ERR_PROXY_CONNECTION_FAILED|ERR_TUNNEL_CONNECTION_FAILED|could not resolve proxy/i;
const STATUS =
  /(?:tunnel connection failed: |proxy response \(|the proxy answered |received http code |CONNECT tunnel failed, response )(\d{3})/i;

function statusIn(o: Observation): number | null {
  if (o.status === 407) return 407;
  const texts = [o.errorDetail ?? '', o.body.message ?? '', o.body.excerpt];
  const told = texts.map((t) => STATUS.exec(t)?.[1]).find(Boolean);
  if (told) return Number(told);
  return texts.some((t) => /proxy authentication required/i.test(t)) ? 407 : null;
}

export const proxyRefused = cellRule<Args>({
  id: 'proxy-refused',
  blame: 'network',
  severity: 'error',
  outcome: 'unknown',
  lastVerified: '2026-11-21',
  corrects:
    'A 407 or a 403 of the proxy is not the answer of Hugging Face: the request did not get that far.',
  match(o, e) {
    const seen = o.error?.startsWith('proxy.') === true;
    // A pasted "Tunnel connection failed: 503" is the proxy's status, not one of Hugging Face.
    const its = o.status === null || (o.origin === 'text' && o.status === statusIn(o));
    const told = its && o.error === null && says(o, SENTENCES);
    if ((!seen && !told && o.status !== 407) || !mayBeNetwork(o, e)) return null;
    return {
      confidence: seen && e.run.live ? 'certain' : 'likely',
      subject: 'proxy',
      args: {
        status: statusIn(o),
        slow: o.error === 'proxy.timeout',
        unusable: o.error === 'proxy.unusable',
      },
    };
  },
  title({ args, observations }) {
    const host = list(hostsOf(observations)) || 'Hugging Face';
    if (args.unusable) return 'The proxy that your environment names cannot be used';
    if (args.status === 407) return 'Your proxy wants a user name and a password';
    if (args.status !== null) return `Your proxy refuses the way to ${host} (${args.status})`;
    return args.slow ? 'Your proxy does not answer in time' : 'Your proxy cannot be reached';
  },
  explanation({ args, observations }) {
    const detail = observations.find((o) => o.error?.startsWith('proxy.'))?.errorDetail;
    const why =
      args.status === 407
        ? 'It answered 407 and lets nobody through without a login.'
        : args.status === 403
          ? 'It answered 403: its rules do not allow this host.'
          : args.status !== null
            ? `It answered ${args.status}: it could not open the connection.`
            : `${detail ? `${detail[0]?.toUpperCase()}${detail.slice(1)}.` : 'The connection to the proxy failed.'}`;
    return `${why} The proxy comes from HTTPS_PROXY, HTTP_PROXY or ALL_PROXY. Hugging Face was not asked, so nothing is known about the token or the model.`;
  },
  notThis: () => 'A new token, another model or another provider cannot help.',
  fixes: ({ args, client }) => [
    ...(args.status === 407
      ? [fix('Put the login into the variable, percent-encoded: https_proxy=http://user:password@host:port.')]
      : args.status === 403
        ? [fix('Ask the person who runs the proxy to allow huggingface.co and router.huggingface.co.')]
        : []),
    fix('See which proxy is set, and correct it or remove it.', { commands: ['env | grep -i _proxy'] }),
    fix('If this network needs no proxy for these hosts, exempt them.', {
      commands: ['export NO_PROXY=huggingface.co,.huggingface.co'],
    }),
    ...(client === 'node'
      ? [
          fix(
            'Node reads the proxy variables only when told to: NODE_USE_ENV_PROXY=1 (Node 24), or an agent of undici.',
          ),
        ]
      : []),
  ],
  verify: ({ models }) => checkAgain(models),
  page: {
    meaning: 'A proxy is configured, and it refused the request, wanted a login, or could not be reached.',
    evidence:
      'The proxy answered the CONNECT itself (407, 403, 502), or the connection to its address failed. "ProxyError" and "Tunnel connection failed" are the words of Python.',
    mistakenFor: 'A 403 of Hugging Face for a missing permission, an outage.',
    repair: 'Correct HTTPS_PROXY, add the login, have the hosts allowed, or exempt them with NO_PROXY.',
    links: ['https://nodejs.org/api/cli.html#node_use_env_proxy1'],
  },
});

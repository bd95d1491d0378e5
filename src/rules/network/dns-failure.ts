import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { cellRule, fix } from '../define.js';
import { isOlder, LAST_NAME } from '../hub/legacy-host-gone.js';
import { huggingFaceAnswers, isNameFailure, onHuggingFace, says } from '../match.js';
import { checkAgain } from '../serving.js';
import { list } from '../words.js';
import { hostsOf, mayBeNetwork, subjectOf } from './reach.js';

interface Args {
  /** Another host of Hugging Face answered in this run. */
  others: boolean;
  /** A server that the user named, not Hugging Face. */
  own: boolean;
  temporary: boolean;
  /** The gateway of this run was found: not all requests stayed here. */
  gateway: boolean;
}

const SENTENCES =
  /getaddrinfo|\bENOTFOUND\b|EAI_AGAIN|name or service not known|nodename nor servname|temporary failure in name resolution|name ?resolution ?error|failed to resolve (?!model)|could not resolve host|no such host|name not resolved/i;

const unresolved = (o: Observation) =>
  isNameFailure(o) || (o.status === null && o.error === null && says(o, SENTENCES));

/** Its name has an address, or is one. */
const isFound = (o: Observation) =>
  !unresolved(o) && (o.status !== null || /^(?:net|tls|http|api)\./.test(o.error ?? ''));

/** The retired name fails for everybody: it counts only beside a name that should resolve. */
function counts(o: Observation, e: Evidence): boolean {
  // A log of an own server may tell of names that the server itself could not resolve.
  if (!e.run.live && !onHuggingFace(o) && o.host === null) return false;
  if (o.surface !== 'legacy') return mayBeNetwork(o, e);
  // As long as it had a name, its failure was one like any other.
  if (isOlder(o, LAST_NAME)) return true;
  return (
    e.run.live && e.observations.some((x) => x.surface !== 'legacy' && onHuggingFace(x) && unresolved(x))
  );
}

export const dnsFailure = cellRule<Args>({
  id: 'dns-failure',
  blame: 'network',
  severity: 'error',
  outcome: 'unknown',
  lastVerified: '2026-11-21',
  corrects:
    'Only api-inference.huggingface.co has no address for anybody. When the other names do not resolve, the reason is on this machine or its network.',
  match(o, e) {
    if (!unresolved(o) || !counts(o, e)) return null;
    const own = !onHuggingFace(o);
    const others = huggingFaceAnswers(e);
    const failing = hostsOf(
      e.observations.filter((x) => onHuggingFace(x) && x.surface !== 'legacy' && unresolved(x)),
    );
    const certain = e.run.live && !own && !others && failing.length > 1;
    return {
      confidence: certain ? 'certain' : 'likely',
      subject: subjectOf(o),
      // The name of another server may be mistyped, or exist in another network only.
      ...(own && others ? { blame: 'unknown' as const } : {}),
      args: {
        others,
        own,
        gateway: e.run.live && e.observations.some((x) => x.surface === 'gateway' && !own && isFound(x)),
        temporary: o.error === 'dns.temporary' || says(o, /EAI_AGAIN|temporary failure/i),
      },
    };
  },
  // Where nothing but a gateway was asked, the calls do not pass the names that fail.
  severityOf: ({ args, evidence: { run } }) =>
    args.gateway && run.routes.every((r) => /^gateway(?:\+|$)/.test(r)) ? 'warning' : null,
  title: ({ args, observations }) =>
    args.own
      ? `The name ${list(hostsOf(observations)) || 'of the server'} does not resolve from this machine`
      : `This machine cannot resolve ${list(hostsOf(observations)) || 'the names of Hugging Face'}`,
  explanation({ args, evidence }) {
    const sent = args.gateway
      ? 'No request to the Hub or the router left this machine: this run knows neither the token nor who serves the model. The gateway was asked all the same.'
      : 'No request left this machine, so nothing is known about the token or the model.';
    if (args.own && args.others)
      return `Names of Hugging Face resolve in the same run, so the network works. The name is mistyped, or known in another network only. ${sent}`;
    const why = args.others
      ? 'Other names of Hugging Face resolve in the same run, so this one is filtered or cached wrongly here.'
      : args.temporary
        ? 'The name server did not answer. That is usual without a network, in a container without DNS, or behind a VPN that is not connected.'
        : 'The name server knows no address for it.';
    return `${why} ${evidence.run.live || args.own ? '' : 'The name itself is a good one. '}${sent}`;
  },
  notThis: () => 'A new token, another model or another provider cannot help.',
  fixes: ({ args, observations }) => {
    const hosts = hostsOf(observations.filter((o) => o.surface !== 'legacy'));
    const host = hosts.find((h) => /^[a-z0-9.-]{1,200}$/.test(h)) ?? 'router.huggingface.co';
    return [
      fix('Look the name up on this machine.', { commands: [`nslookup ${host}`] }),
      ...(args.own
        ? [
            fix(
              'Compare the host with the base URL in your code, letter by letter. A private name may need a VPN.',
            ),
          ]
        : [
            fix(
              'Check the network, the VPN and the name server. In a container or a CI job: does it have a network, and DNS?',
            ),
            fix(
              'If this network reaches the internet through a proxy only, set HTTPS_PROXY: the proxy then resolves the name.',
            ),
          ]),
    ];
  },
  verify: ({ models }) => checkAgain(models),
  page: {
    meaning:
      'A host name could not be turned into an address on the machine that ran the call. The request never left it.',
    evidence:
      'ENOTFOUND, EAI_AGAIN, "Name or service not known" or "nodename nor servname provided" for huggingface.co, router.huggingface.co, or a server that you named.',
    mistakenFor:
      'An outage of Hugging Face. For api-inference.huggingface.co it is not the network: that host was retired and its name removed, see legacy-host-gone.',
    repair:
      'Repair the name service of the machine, the container or the VPN, or use the proxy of the network. Other DNS servers bring back every name but the retired one.',
    links: ['https://status.huggingface.co'],
  },
});

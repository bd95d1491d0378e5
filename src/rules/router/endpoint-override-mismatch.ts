import { acrossRule, fix } from '../define.js';

const HUB = 'huggingface.co';
const ROUTER = 'router.huggingface.co';

interface Args {
  hub: string;
  /** Answers of that Hub that were no good. */
  failures: number;
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).hostname : null;
}

/** HF_ENDPOINT moves the Hub and not the router: what is known and what is called come from two places. */
export const endpointOverrideMismatch = acrossRule<Args>({
  id: 'endpoint-override-mismatch',
  blame: 'code',
  severity: 'info',
  severityOf: ({ args }) => (args.failures > 0 ? 'warning' : 'info'),
  outcome: 'ok',
  lastVerified: '2026-11-21',
  corrects:
    'HF_ENDPOINT does not redirect inference: clients send inference to router.huggingface.co whatever it says.',
  match(e) {
    const hub = hostOf(e.run.endpoints.hub);
    if (!e.run.live || hub === null || hub === HUB || hostOf(e.run.endpoints.router) !== ROUTER) return [];
    const fromHub = e.observations.filter((o) => o.purpose === 'mapping' || o.purpose === 'whoami');
    const failures = fromHub.filter((o) => o.error !== null || (o.status ?? 0) >= 400).length;
    // Another Hub does not know this token, and need not.
    const refused = fromHub.filter((o) => o.status === 401 || o.status === 403).map((o) => o.id);
    return [{ confidence: 'certain', subject: hub, cells: refused, args: { hub, failures } }];
  },
  title: ({ args }) => `Your settings read the Hub from ${args.hub}, but inference goes to ${ROUTER}`,
  explanation: ({ args }) =>
    `The list of providers of each model comes from ${args.hub}, the calls go to Hugging Face. ` +
    (args.failures > 0
      ? `${args.hub} did not answer well ${args.failures === 1 ? 'once' : `${args.failures} times`} in this run, so what is known about the models may be missing.`
      : 'A copy may be old: a provider that it lists can be gone, and a new one can be missing.'),
  notThis: ({ args }) =>
    `Another mirror cannot make inference faster or reachable: ${args.hub} is never asked for it.`,
  fixes: () => [
    fix('If models look wrong here, read the list from Hugging Face itself.', {
      commands: [`hf-doctor check --hub-url https://${HUB}`],
    }),
    fix('Unset HF_ENDPOINT where inference is called, if the mirror is only needed for downloads.', {
      commands: ['unset HF_ENDPOINT'],
    }),
  ],
  verify: () => `hf-doctor check --hub-url https://${HUB}`,
  page: {
    meaning:
      'HF_ENDPOINT (or --hub-url) names another Hub than huggingface.co, for instance a mirror, while the router is the default one. Python clients then read the provider list from the mirror and send inference to router.huggingface.co. The JavaScript client ignores HF_ENDPOINT.',
    evidence: 'The two base URLs of the run: the Hub is another host, the router is the default.',
    mistakenFor: 'A model that lost its provider, a token that stopped working.',
    repair:
      'Use the mirror for downloads only. A token of huggingface.co means nothing to another Hub, such as the staging one, so whoami can fail there although the token is good.',
    links: ['https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables'],
  },
});

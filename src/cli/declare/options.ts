import { Option } from 'commander';
import { FORMATS, OUTPUT_ENDINGS } from '../../settings/model.js';
import { collect } from './declare.js';

/** What check, fallback, watch and bundle share. */
export function networkOptions(): Option[] {
  return [
    new Option('--models-file <path>', 'model ids from a file, one a line; - reads stdin'),
    new Option('--routes <list>', 'legacy,router,hf-inference,providers,gateway or provider names'),
    new Option('--gateway <url>', 'also check this OpenAI-compatible base URL (key: HF_DOCTOR_GATEWAY_KEY)'),
    new Option('--task <task>', 'task to probe instead of the one the Hub names'),
    new Option('--depth <depth>', 'catalog, auth or live: how far a probe goes (default: live)'),
    new Option('--allow-costly', 'also real calls for images, videos and sounds: cents each'),
    new Option('--suffixes', 'also the suffixes of the router: fastest, cheapest, preferred, each provider'),
    new Option('--with <list>', 'also try chat with stream,tools,json'),
    new Option('--max-cost <usd>', 'stop before the run would cost more (default: 0.01)'),
    new Option('--max-requests <n>', 'stop before more requests (default: 500)'),
    new Option('--concurrency <n>', 'requests at once, per host (default: 4)'),
    new Option('--deadline <s>', 'seconds for the whole run (default: 600)'),
    new Option('--retries <n>', 'tries after the first answer (default: 1)'),
    new Option('--anonymous', 'send no token at all'),
    new Option('--fail-on <level>', 'error, warning or never: what makes exit code 1 (default: error)'),
    ...tokenOptions(`${FORMATS.join(', ')} (default: human)`),
  ];
}

/** `format`: the formats in which the command tells what it found. */
export function tokenOptions(format = 'human, json or ndjson (default: human)'): Option[] {
  return [
    new Option('--format <name>', format),
    new Option('--timeout <s>', 'seconds for one request (default: 20)'),
    new Option('--token-stdin', 'read the token from stdin'),
    new Option('--bill-to <org>', 'organization to bill (HF_BILL_TO)'),
    new Option('--simulate <scenario>', 'run against the embedded simulator'),
    new Option('--hub-url <url>', 'base URL of the Hub (HF_ENDPOINT)'),
    new Option('--router-url <url>', 'base URL of the router (HF_DOCTOR_ROUTER_URL)'),
    new Option('--legacy-url <url>', 'base URL of the legacy host (HF_DOCTOR_LEGACY_URL)'),
    new Option('--config <path>', 'config file to use'),
    new Option('--no-config', 'look for no config file'),
    new Option('--quiet', 'no progress and no notes on stderr'),
    new Option('--debug', 'say more on stderr'),
    new Option('--color', 'colour, even where it is not usual'),
    new Option('--no-color', 'no colour'),
  ];
}

export const OUTPUT_HELP = `also write a report, format by its ending (${[...OUTPUT_ENDINGS.keys()].join(', ')})`;

export const ignoreOption = () =>
  new Option(
    '--ignore <rule>',
    'findings that do not count, as rule, rule@org/name, rule@provider:novita or rule=reason; repeatable',
  ).argParser(collect);

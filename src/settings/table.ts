import { CAPABILITIES } from '../types/observation.js';
import { baseUrl, gatewayUrl, routerUrl } from './base-url.js';
import { expectMap } from './expect-map.js';
import type { SettingKey } from './flags.js';
import { ignoreList } from './ignore-list.js';
import { DEPTHS, FAIL_ON, FORMATS, type SettingName, type SettingValues } from './model.js';
import { modelList } from './model-list.js';
import { number } from './number.js';
import { outputList } from './output-list.js';
import type { Parser } from './parser.js';
import { routeList } from './route-list.js';
import { shard } from './shard.js';
import { taskName } from './task-name.js';
import { choice, choices, name, onOff } from './word.js';

export interface Setting<T> {
  /** Its name among the parsed flags and in a config file. */
  key: SettingKey;
  /** As people see it in errors. */
  flag: string;
  env: string | null;
  parser: Parser<T>;
  /** One sentence for the schema. */
  about: string;
}

const placeName = name(
  'a short name of letters, digits, dots and dashes',
  /^[A-Za-z0-9][\w.-]{0,39}$/,
  'eu-west',
);
const orgName = name('the name of an organization', /^[A-Za-z0-9][\w.-]{0,95}$/, 'my-org');

/** Everything that can be set, and the only place that says how. Defaults: `DEFAULTS`. */
export const SETTINGS: { readonly [K in SettingName]: Setting<SettingValues[K]> } = {
  models: {
    key: 'models',
    flag: '[models...]',
    env: 'HF_DOCTOR_MODELS',
    parser: modelList,
    about: 'Models to check: org/name with an optional :suffix.',
  },
  routes: {
    key: 'routes',
    flag: '--routes',
    env: 'HF_DOCTOR_ROUTES',
    parser: routeList,
    about: 'Ways to reach a model: legacy, router, hf-inference, providers, gateway, or names of providers.',
  },
  gateway: {
    key: 'gateway',
    flag: '--gateway',
    env: 'HF_DOCTOR_GATEWAY_URL',
    parser: gatewayUrl,
    about: 'OpenAI-compatible base URL that is checked as one more route.',
  },
  task: {
    key: 'task',
    flag: '--task',
    env: 'HF_DOCTOR_TASK',
    parser: taskName,
    about: 'Task to check instead of the one the Hub names.',
  },
  depth: {
    key: 'depth',
    flag: '--depth',
    env: 'HF_DOCTOR_DEPTH',
    parser: choice(DEPTHS),
    about:
      'How far a probe goes: catalog reads metadata only, auth is refused before anything is generated, live is the smallest real call.',
  },
  allowCostly: {
    key: 'allowCostly',
    flag: '--allow-costly',
    env: 'HF_DOCTOR_ALLOW_COSTLY',
    parser: onOff,
    about: 'Also real calls for images, videos and sounds. They cost cents each.',
  },
  suffixes: {
    key: 'suffixes',
    flag: '--suffixes',
    env: 'HF_DOCTOR_SUFFIXES',
    parser: onOff,
    about: 'Also ask the router with each suffix that it takes: the policies and the providers.',
  },
  with: {
    key: 'with',
    flag: '--with',
    env: 'HF_DOCTOR_WITH',
    parser: choices(CAPABILITIES),
    about: 'Also ask chat models for these: stream, tools, json.',
  },
  maxCost: {
    key: 'maxCost',
    flag: '--max-cost',
    env: 'HF_DOCTOR_MAX_COST',
    parser: number({ min: 0, max: 1_000, unit: 'US dollars' }),
    about: 'The run stops before it would cost more, in US dollars.',
  },
  maxRequests: {
    key: 'maxRequests',
    flag: '--max-requests',
    env: 'HF_DOCTOR_MAX_REQUESTS',
    parser: number({ min: 1, max: 1_000_000, integer: true }),
    about: 'The run stops before it would send more requests.',
  },
  concurrency: {
    key: 'concurrency',
    flag: '--concurrency',
    env: 'HF_DOCTOR_CONCURRENCY',
    parser: number({ min: 1, max: 64, integer: true }),
    about: 'Requests at the same time, per host.',
  },
  timeoutMs: {
    key: 'timeout',
    flag: '--timeout',
    env: 'HF_DOCTOR_TIMEOUT',
    parser: number({ min: 0.1, max: 600, unit: 'seconds', scale: 1_000 }),
    about: 'Longest time for one request, in seconds.',
  },
  deadlineMs: {
    key: 'deadline',
    flag: '--deadline',
    env: 'HF_DOCTOR_DEADLINE',
    parser: number({ min: 1, max: 86_400, unit: 'seconds', scale: 1_000 }),
    about: 'Longest time for the whole run, in seconds.',
  },
  retries: {
    key: 'retries',
    flag: '--retries',
    env: 'HF_DOCTOR_RETRIES',
    parser: number({ min: 0, max: 5, integer: true }),
    about: 'Tries after the first answer, where a second one can differ.',
  },
  anonymous: {
    key: 'anonymous',
    flag: '--anonymous',
    env: 'HF_DOCTOR_ANONYMOUS',
    parser: onOff,
    about: 'Send no token at all.',
  },
  billTo: {
    key: 'billTo',
    flag: '--bill-to',
    env: 'HF_BILL_TO',
    parser: orgName,
    about: 'Organization that pays for the calls.',
  },
  failOn: {
    key: 'failOn',
    flag: '--fail-on',
    env: 'HF_DOCTOR_FAIL_ON',
    parser: choice(FAIL_ON),
    about: 'Findings from this severity on end the run with exit code 1.',
  },
  expect: {
    key: 'expect',
    flag: 'expect',
    env: null,
    parser: expectMap,
    about:
      'Faults that are no news, by model and route: a status or a rule, or a list of them; the route * is all of them.',
  },
  ignore: {
    key: 'ignore',
    flag: '--ignore',
    env: null,
    parser: ignoreList,
    about: 'Findings that do not count, with the reason: everywhere, or for a model or a route.',
  },
  shard: {
    key: 'shard',
    flag: '--shard',
    env: 'HF_DOCTOR_SHARD',
    parser: shard,
    about: 'The part of the models that this run takes: 2/5 is the second of five.',
  },
  vantage: {
    key: 'vantage',
    flag: '--vantage',
    env: 'HF_DOCTOR_VANTAGE',
    parser: placeName,
    about: 'A name for the place of this run, told in merged reports.',
  },
  format: {
    key: 'format',
    flag: '--format',
    env: 'HF_DOCTOR_FORMAT',
    parser: choice(FORMATS),
    about: 'What is written to stdout.',
  },
  outputs: {
    key: 'output',
    flag: '--output',
    env: null,
    parser: outputList,
    about: 'Files to write as well, format by their ending; below the working directory.',
  },
  hubUrl: {
    key: 'hubUrl',
    flag: '--hub-url',
    env: 'HF_ENDPOINT',
    parser: baseUrl,
    about: 'Base URL of the Hub. Named in a file, it never gets a token from elsewhere.',
  },
  routerUrl: {
    key: 'routerUrl',
    flag: '--router-url',
    env: 'HF_DOCTOR_ROUTER_URL',
    parser: routerUrl,
    about: 'Base URL of the router. Named in a file, it never gets a token from elsewhere.',
  },
  legacyUrl: {
    key: 'legacyUrl',
    flag: '--legacy-url',
    env: 'HF_DOCTOR_LEGACY_URL',
    parser: baseUrl,
    about: 'Base URL of the retired Inference API. Named in a file, it never gets a token from elsewhere.',
  },
  quiet: {
    key: 'quiet',
    flag: '--quiet',
    env: 'HF_DOCTOR_QUIET',
    parser: onOff,
    about: 'No progress and no notes.',
  },
  debug: {
    key: 'debug',
    flag: '--debug',
    env: 'HF_DOCTOR_DEBUG',
    parser: onOff,
    about: 'Say more on stderr.',
  },
};

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

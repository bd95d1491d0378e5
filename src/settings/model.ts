import type { Expectation, Ignore } from '../types/excuse.js';
import { HOME } from '../types/home.js';
import type { Capability, Depth, RouteChoice } from '../types/observation.js';

/** Where a value came from. `path` is the file, when it was one. */
export type Origin = {
  from: 'flag' | 'env' | 'file' | 'default';
  /** `--timeout`, `HF_ENDPOINT`, `hf-doctor.config.yaml: timeout`, `default`. */
  name: string;
  path?: string;
};

export interface Sourced<T> {
  value: T;
  origin: Origin;
}

/** `org/name` with an optional `:suffix`. */
export interface ModelRef {
  id: string;
  suffix: string | null;
}

/** One of `of` parts of the models, counted from 1. */
export interface Shard {
  index: number;
  of: number;
}

export const ROUTE_NAMES = ['legacy', 'router', 'hf-inference', 'providers', 'gateway'] as const;
export const DEPTHS = ['catalog', 'auth', 'live'] as const satisfies readonly Depth[];
export const FAIL_ON = ['error', 'warning', 'never'] as const;
export const FORMATS = [
  'human',
  'json',
  'ndjson',
  'markdown',
  'github',
  'junit',
  'html',
  'prometheus',
] as const;
/** Ending of an output file to the format that is written. */
export const OUTPUT_ENDINGS: ReadonlyMap<string, (typeof FORMATS)[number]> = new Map([
  ['.json', 'json'],
  ['.ndjson', 'ndjson'],
  ['.md', 'markdown'],
  ['.xml', 'junit'],
  ['.html', 'html'],
  ['.prom', 'prometheus'],
]);

export interface Settings {
  /** Empty when none were given. */
  models: Sourced<ModelRef[]>;
  routes: Sourced<RouteChoice[]>;
  gateway: Sourced<string | null>;
  task: Sourced<string | null>;
  /** How far a probe goes; `live` falls back to `auth` where a call costs real money. */
  depth: Sourced<Depth>;
  /** Also real calls for images, videos and sounds. */
  allowCostly: Sourced<boolean>;
  /** Also each suffix that the router takes, beside the bare id. */
  suffixes: Sourced<boolean>;
  /** What chat models are tried with besides a plain request. */
  with: Sourced<Capability[]>;
  /** US dollars. */
  maxCost: Sourced<number>;
  maxRequests: Sourced<number>;
  /** Requests at the same time, per host. */
  concurrency: Sourced<number>;
  /** One request. */
  timeoutMs: Sourced<number>;
  /** The whole run. */
  deadlineMs: Sourced<number>;
  retries: Sourced<number>;
  anonymous: Sourced<boolean>;
  billTo: Sourced<string | null>;
  failOn: Sourced<(typeof FAIL_ON)[number]>;
  /** Faults that are no news. */
  expect: Sourced<Expectation[]>;
  /** Findings that do not count. */
  ignore: Sourced<Ignore[]>;
  format: Sourced<(typeof FORMATS)[number]>;
  /** The part of the models that this run takes. */
  shard: Sourced<Shard | null>;
  /** A name for the place of this run. */
  vantage: Sourced<string | null>;
  /** As written, relative to the working directory. */
  outputs: Sourced<string[]>;
  /** Base URLs have no trailing slash, user name, query or fragment. */
  hubUrl: Sourced<string>;
  routerUrl: Sourced<string>;
  legacyUrl: Sourced<string>;
  quiet: Sourced<boolean>;
  debug: Sourced<boolean>;
  /** Values that were put right on the way, one sentence each. */
  notes: string[];
}

export type SettingName = Exclude<keyof Settings, 'notes'>;
export type SettingValues = { [K in SettingName]: Settings[K]['value'] };

export const DEFAULTS: Readonly<SettingValues> = {
  models: [],
  // `gateway` joins when a gateway is named.
  routes: ['legacy', 'router', 'hf-inference', 'providers'],
  gateway: null,
  task: null,
  depth: 'live',
  allowCostly: false,
  suffixes: false,
  with: [],
  maxCost: 0.01,
  maxRequests: 500,
  concurrency: 4,
  timeoutMs: 20_000,
  deadlineMs: 600_000,
  retries: 1,
  anonymous: false,
  billTo: null,
  failOn: 'error',
  expect: [],
  ignore: [],
  shard: null,
  vantage: null,
  format: 'human',
  outputs: [],
  hubUrl: HOME.hub,
  routerUrl: HOME.router,
  legacyUrl: HOME.legacy,
  quiet: false,
  debug: false,
};

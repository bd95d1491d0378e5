/** The options of the command line as the parser hands them over: nothing is checked yet. */
export interface RawFlags {
  /** The positional arguments. */
  models?: string[];
  /** A path, or `-` for stdin. */
  modelsFile?: string;
  routes?: string;
  gateway?: string;
  task?: string;
  depth?: string;
  allowCostly?: boolean;
  suffixes?: boolean;
  with?: string;
  maxCost?: string;
  maxRequests?: string;
  concurrency?: string;
  timeout?: string;
  deadline?: string;
  retries?: string;
  anonymous?: boolean;
  billTo?: string;
  failOn?: string;
  /** In a config file only. */
  expect?: unknown;
  ignore?: string[];
  shard?: string;
  vantage?: string;
  format?: string;
  output?: string[];
  hubUrl?: string;
  routerUrl?: string;
  legacyUrl?: string;
  quiet?: boolean;
  debug?: boolean;
  /** A config file to use; false looks for none. */
  config?: string | false;
}

/** One name for a setting on the command line and in a config file. */
export type SettingKey = Exclude<keyof RawFlags, 'modelsFile' | 'config'>;

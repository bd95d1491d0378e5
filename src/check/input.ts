import type { Report } from '../report/model.js';
import type { BaseUrls } from '../routes/request.js';
import type { Secret } from '../safety/secret.js';
import type { Settings } from '../settings/model.js';
import type { TokenSearch } from '../token/sources.js';

export interface CheckInput {
  settings: Settings;
  bases: BaseUrls;
  search: TokenSearch;
  gatewayKey: Secret | null;
  /** Why the token must not go to a URL; null when it may. */
  withheld: (url: string) => string | null;
  simulated: string | null;
  version: string;
  /** False: nothing is asked in the place of what failed. */
  instead?: boolean;
  /** Providers of chat models are asked through the router's suffix and not on their own paths. */
  bySuffix?: boolean;
  /** The report carries its evidence, so that it can be diagnosed again. */
  keep?: boolean;
  /** What counts of a report, where it leaves in parts. */
  judge?: (report: Report) => Report;
  onProgress?: (p: Progress) => void;
}

export interface Progress {
  text: string;
  done: number;
  total: number;
  /**
   * Told once, before the first call that may be charged: calls, US dollars, and the limit for all.
   * `each`: of one round of several, which share the limit. `models`: these are the calls to so many
   * models, and more follow.
   */
  cost?: { billable: number; usd: number; maxUsd: number; each?: 'round'; models?: number };
}

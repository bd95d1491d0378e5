import type { ProbeRequest, Target } from '../routes/request.js';
import type { Skip } from '../types/evidence.js';
import type { Depth } from '../types/observation.js';

/** One request that is planned, with its price. */
export interface ProbeSpec extends Target {
  depth: Depth;
  auth: 'token' | 'anonymous';
  control: boolean;
  /** A completion may be charged: the route could really serve it. */
  billable: boolean;
  /** Estimated US dollars. */
  usd: number;
  /** What it costs when it is answered although nothing was planned for that, in US dollars. */
  ifServed: number;
  request: ProbeRequest;
}

export type Cost = {
  requests: number;
  billable: number;
  usd: number;
  /** What all that was asked for would cost; absent where the limits allowed it. */
  usdWanted?: number;
  /** Calls that this limit lets go as far as they are free. */
  stoppedShort?: number;
};

export interface Plan {
  specs: readonly ProbeSpec[];
  skips: readonly Skip[];
  cost: Cost;
}

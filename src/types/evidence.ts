import type { Depth, Observation, RouteId } from './observation.js';

/** Everything a rule may look at. Plain JSON, frozen, already redacted. */
export interface Evidence {
  observations: readonly Observation[];
  /** Calls that looked for something else that works: they tell what gets through, and have no finding. */
  besides?: readonly Observation[];
  token: TokenFacts;
  catalog: Catalog;
  run: RunFacts;
}

/** What was asked for. In `explain` there was no run: `live` is false and the rest is empty. */
export interface RunFacts {
  live: boolean;
  /** ISO 8601 time of the run, or of the text if it tells. */
  now: string;
  models: readonly string[];
  routes: readonly RouteId[];
  endpoints: { hub: string; router: string; legacy: string; gateway: string | null };
  /** The simulator plays Hugging Face: its addresses stand for the real ones. */
  simulated?: boolean | undefined;
  billTo: string | null;
  anonymous: boolean;
  /** How far the probes were meant to go. */
  depth: Depth;
  /** Ways that were named and could not be asked, because they cannot exist. */
  unasked: readonly Skip[];
}

export interface TokenFacts {
  status: 'valid' | 'invalid' | 'missing' | 'malformed' | 'unverified';
  /** `env HF_TOKEN`, `file ~/.cache/huggingface/token`, `.env HF_TOKEN`, `stdin`. */
  source: string | null;
  /** `hf_…AbCd`: never more than the last four characters. */
  masked: string | null;
  kind: TokenKind | null;
  /** What is wrong with the value as it stands in its source. Never the value. */
  faults: readonly TokenFault[];
  /** Other places that hold a token and lose against `source`. */
  shadowed: readonly { source: string; sameValue: boolean }[];
  /** Variables that are set, look right, and that no official client reads. */
  lookalikes: readonly { name: string; readBy: string | null }[];
  role: 'read' | 'write' | 'god' | 'fineGrained' | 'oauth' | 'app' | 'unknown' | null;
  whoami: WhoamiFacts | null;
  permission: PermissionVerdict;
}

export type TokenKind = 'user' | 'oauth' | 'oauth-refresh' | 'jwt' | 'org' | 'provider-key' | 'unknown';

export interface TokenFault {
  kind:
    | 'quotes'
    | 'newline'
    | 'whitespace'
    | 'byte-order-mark'
    | 'bearer-prefix'
    | 'placeholder'
    | 'empty'
    | 'duplicated'
    | 'provider-key'
    | 'refresh-token'
    | 'org-token'
    | 'trusted-publisher-token'
    | 'control-character'
    | 'non-ascii'
    | 'too-short';
  /** Index of the first offending character, when there is one. */
  position: number | null;
  /** One sentence without the value: "starts with a double quote". */
  text: string;
}

/** The part of whoami-v2 that decides; no e-mail, no full name. */
export interface WhoamiFacts {
  type: 'user' | 'org' | 'app' | 'unknown';
  isPro: boolean | null;
  canPay: boolean | null;
  billingMode: 'prepaid' | 'postpaid' | null;
  /** Ids of permissions on the user itself, on organizations, and global ones. */
  scoped: readonly {
    entity: 'user' | 'org' | 'other';
    name: string | null;
    permissions: readonly string[];
  }[];
  global: readonly string[];
  /** OAuth scopes where they can be read. */
  scopes: readonly string[] | null;
  expiresAt: string | null;
  orgs: readonly { name: string; role: string | null; restrictions: readonly string[] }[];
}

export interface PermissionVerdict {
  inference: 'granted' | 'denied' | 'unknown';
  /** A sentence for a person. */
  reason: string;
}

export interface Catalog {
  /** Keyed by the model id as the user wrote it, without suffix. */
  models: Readonly<Record<string, ModelFacts>>;
  /** Router `/v1/models`; null when it could not be read. */
  routerModels: readonly RouterModel[] | null;
  /** Union of the providers seen in mappings, in `/v1/models` and in the bundled client. */
  providers: readonly string[];
  /** Providers the bundled official client knows. */
  clientProviders: readonly string[];
}

export interface ModelFacts {
  id: string;
  /** The id after a rename; the same when not renamed. */
  canonical: string;
  exists: 'yes' | 'no' | 'unknown';
  /** The task that is probed: from `--task`, the mapping, or the Hub's pipeline tag. */
  task: string | null;
  pipelineTag: string | null;
  gated: 'no' | 'auto' | 'manual' | 'unknown';
  private: boolean | null;
  /** False when the Hub could not be asked: an empty list then means nothing. */
  mappingKnown: boolean;
  providers: readonly MappingEntry[];
}

export interface MappingEntry {
  provider: string;
  providerId: string;
  task: string;
  /** `live`, `staging`, `error`, or a word that is new. */
  status: string;
  /** `lora`: the model is weights for another one, which the provider serves. */
  adapter?: string;
  /** The file of those weights in the model's repository. */
  adapterWeightsPath?: string;
}

/** What a request must say of an adapter; both absent for a whole model. */
export type Adapter = Pick<MappingEntry, 'adapter' | 'adapterWeightsPath'>;

export interface RouterModel {
  id: string;
  providers: readonly {
    provider: string;
    status: string;
    /** US dollars per million tokens. */
    price: { input: number; output: number } | null;
    isFree: boolean;
    throughput: number | null;
  }[];
}

/** A cell that was not asked, and why. */
export interface Skip {
  model: string;
  route: RouteId;
  auth: 'token' | 'anonymous';
  depth: Depth;
  reason: string;
  /** The way cannot exist: a suffix where none is read, a provider that does not serve the model. */
  because?: 'suffix' | 'absent';
  /** Only the end of the run or a limit kept it from being asked. */
  unfinished?: boolean;
  /** As of an observation. */
  sources?: readonly string[];
}

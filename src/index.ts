/** The library: diagnosis as a pure function, and the types that carry it. */
export { type Diagnosis, diagnose } from './diagnose/diagnose.js';
export type { Blame, Cell, Confidence, Finding, Fix, Report, Severity } from './report/model.js';
export { reportSchema } from './report/model.js';
export type { Catalog, Evidence, ModelFacts, Skip, TokenFacts } from './types/evidence.js';
export type { BodyFacts, ErrorCode, Observation, RouteId, Surface } from './types/observation.js';
export { RULE_IDS, type RuleId } from './types/rule-id.js';

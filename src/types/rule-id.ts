/**
 * Every rule id of the contract. Ids are never renamed and never reused: people script against them.
 * The order here has no meaning; precedence is the order of `rules/index.ts`.
 */
export const RULE_IDS = [
  // token
  'token-missing',
  'token-invalid',
  'token-malformed',
  'token-not-propagated',
  'token-lacks-inference-permission',
  'token-wrong-permission',
  'token-shadowed',
  // account
  'credits-exhausted',
  'spending-limit-reached',
  'provider-billing-unavailable',
  'billing-org-refused',
  'pro-required',
  'provider-disabled',
  'org-policy',
  'rate-limited',
  // hub, router, routes
  'legacy-host-gone',
  'wrong-route',
  'bad-base-url',
  'endpoint-override-mismatch',
  // model
  'model-not-served',
  'model-retired',
  'model-not-found',
  'model-gated',
  'model-too-large',
  'model-loading',
  'model-overloaded',
  'model-runtime-error',
  'server-out-of-memory',
  'wrong-task',
  'task-not-found',
  'tools-unsupported',
  'chat-template-missing',
  // provider
  'provider-outage',
  'provider-rate-limited',
  'provider-removed',
  'provider-staging',
  'provider-unknown-to-client',
  'wrong-provider-suffix',
  'mapping-disagrees',
  // request and client
  'payload-invalid',
  'payload-too-large',
  'context-too-long',
  'response-shape',
  'client-too-old',
  'client-api-removed',
  'client-bug',
  'client-misuse',
  'local-bug',
  'cors-blocked',
  // network
  'dns-failure',
  'tls-interception',
  'tls-blocked',
  'proxy-refused',
  'captive-portal',
  'clock-skew',
  'timeout',
  // gateway and dedicated endpoints
  'gateway-html-error',
  'gateway-misreports',
  'endpoint-paused',
  'endpoint-scaled-to-zero',
  'endpoint-not-ready',
  'endpoint-deploy-failed',
  'endpoint-unhealthy',
  'endpoint-wrong-path',
  'endpoint-api-error',
  // what only live evidence can show
  'flaky',
  'slow',
  'unexpected-shape',
  'stream-broken',
  'capability-broken',
  'probe-crashed',
  'unclassified',
] as const;

export type RuleId = (typeof RULE_IDS)[number];

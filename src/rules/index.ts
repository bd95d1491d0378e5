import type { RuleId } from '../types/rule-id.js';
import { billingOrgRefused } from './account/billing-org-refused.js';
import { creditsExhausted } from './account/credits-exhausted.js';
import { orgPolicy } from './account/org-policy.js';
import { proRequired } from './account/pro-required.js';
import { providerBillingUnavailable } from './account/provider-billing-unavailable.js';
import { providerDisabled } from './account/provider-disabled.js';
import { providerRateLimited } from './account/provider-rate-limited.js';
import { rateLimited } from './account/rate-limited.js';
import { spendingLimitReached } from './account/spending-limit-reached.js';
import { asksItsGateway } from './at-gateway.js';
import { clientApiRemoved } from './client/client-api-removed.js';
import { clientBug } from './client/client-bug.js';
import { clientTooOld } from './client/client-too-old.js';
import { corsBlocked } from './client/cors-blocked.js';
import { clientMisuse } from './code/client-misuse.js';
import { contextTooLong } from './code/context-too-long.js';
import { localBug } from './code/local-bug.js';
import { payloadInvalid } from './code/payload-invalid.js';
import { payloadTooLarge } from './code/payload-too-large.js';
import { responseShape } from './code/response-shape.js';
import type { Rule } from './define.js';
import { endpointApiError } from './gateway/endpoint-api-error.js';
import { endpointDeployFailed } from './gateway/endpoint-deploy-failed.js';
import { endpointNotReady } from './gateway/endpoint-not-ready.js';
import { endpointPaused } from './gateway/endpoint-paused.js';
import { endpointScaledToZero } from './gateway/endpoint-scaled-to-zero.js';
import { endpointUnhealthy } from './gateway/endpoint-unhealthy.js';
import { endpointWrongPath } from './gateway/endpoint-wrong-path.js';
import { gatewayHtmlError } from './gateway/gateway-html-error.js';
import { gatewayKey } from './gateway/gateway-key.js';
import { gatewayMisreports } from './gateway/gateway-misreports.js';
import { legacyHostGone } from './hub/legacy-host-gone.js';
import { chatTemplateMissing } from './model/chat-template-missing.js';
import { modelGated } from './model/model-gated.js';
import { modelLoading } from './model/model-loading.js';
import { modelNotFound } from './model/model-not-found.js';
import { modelNotServed } from './model/model-not-served.js';
import { modelOverloaded } from './model/model-overloaded.js';
import { modelRetired } from './model/model-retired.js';
import { modelRuntimeError } from './model/model-runtime-error.js';
import { modelTooLarge } from './model/model-too-large.js';
import { serverOutOfMemory } from './model/server-out-of-memory.js';
import { taskNotFound } from './model/task-not-found.js';
import { toolsUnsupported } from './model/tools-unsupported.js';
import { wrongTask } from './model/wrong-task.js';
import { captivePortal } from './network/captive-portal.js';
import { clockSkew } from './network/clock-skew.js';
import { dnsFailure } from './network/dns-failure.js';
import { proxyRefused } from './network/proxy-refused.js';
import { timeout } from './network/timeout.js';
import { tlsBlocked } from './network/tls-blocked.js';
import { tlsInterception } from './network/tls-interception.js';
import { movesOffOldHost } from './old-host.js';
import { mappingDisagrees } from './provider/mapping-disagrees.js';
import { providerOutage } from './provider/provider-outage.js';
import { providerRemoved } from './provider/provider-removed.js';
import { providerStaging } from './provider/provider-staging.js';
import { providerUnknownToClient } from './provider/provider-unknown-to-client.js';
import { regionBlocked } from './provider/region-blocked.js';
import { wrongProviderSuffix } from './provider/wrong-provider-suffix.js';
import { badBaseUrl } from './router/bad-base-url.js';
import { endpointOverrideMismatch } from './router/endpoint-override-mismatch.js';
import { wrongRoute } from './router/wrong-route.js';
import { capabilityBroken } from './run/capability-broken.js';
import { flaky } from './run/flaky.js';
import { probeCrashed } from './run/probe-crashed.js';
import { slow } from './run/slow.js';
import { streamBroken } from './run/stream-broken.js';
import { unclassified } from './run/unclassified.js';
import { unexpectedShape } from './run/unexpected-shape.js';
import { vantageDiffers } from './run/vantage-differs.js';
import { tokenInvalid } from './token/token-invalid.js';
import { tokenLacksInferencePermission } from './token/token-lacks-inference-permission.js';
import { tokenMalformed } from './token/token-malformed.js';
import { tokenMissing } from './token/token-missing.js';
import { tokenNotPropagated } from './token/token-not-propagated.js';
import { tokenShadowed } from './token/token-shadowed.js';
import { tokenWrongPermission } from './token/token-wrong-permission.js';

/**
 * The catalogue, in order of precedence: the first rule that matches an observation explains it.
 * Specific before general, the cause before its consequences.
 */
// biome-ignore lint/suspicious/noExplicitAny: each rule has its own arguments; nobody reads them here.
const CATALOGUE: readonly Rule<any>[] = [
  // our own fault
  probeCrashed,
  // dedicated endpoints that do not run: their logs and their API speak of tokens and packages too
  endpointApiError,
  endpointNotReady,
  endpointDeployFailed,
  // nothing was sent, or the browser kept the answer
  corsBlocked,
  localBug,
  badBaseUrl,
  // no way to Hugging Face
  proxyRefused,
  clockSkew,
  tlsInterception,
  captivePortal,
  dnsFailure,
  tlsBlocked,
  // the place of the caller, whatever the status
  regionBlocked,
  // the token
  tokenMalformed,
  tokenMissing,
  tokenWrongPermission,
  tokenLacksInferencePermission,
  tokenInvalid,
  tokenNotPropagated,
  // the account
  providerBillingUnavailable,
  creditsExhausted,
  spendingLimitReached,
  proRequired,
  orgPolicy,
  billingOrgRefused,
  // the request does not fit the route, whatever the status
  wrongRoute,
  modelRetired,
  modelTooLarge,
  modelGated,
  wrongTask,
  // the router shows that a gateway says something else
  gatewayMisreports,
  gatewayKey,
  // a provider that was pinned
  providerRemoved,
  wrongProviderSuffix,
  // the client, before anything was sent
  clientApiRemoved,
  clientTooOld,
  clientMisuse,
  clientBug,
  // dedicated endpoints
  endpointPaused,
  endpointScaledToZero,
  endpointWrongPath,
  // what a body says about the model
  modelNotFound,
  modelLoading,
  toolsUnsupported,
  // the plain call works, and more was asked for
  capabilityBroken,
  chatTemplateMissing,
  serverOutOfMemory,
  taskNotFound,
  // what a body says about the request
  contextTooLong,
  payloadTooLarge,
  payloadInvalid,
  modelRuntimeError,
  // who serves the model
  providerStaging,
  modelNotServed,
  providerDisabled,
  mappingDisagrees,
  // too many requests
  modelOverloaded,
  providerRateLimited,
  rateLimited,
  // passed on the second try
  flaky,
  // an answer that a program could not read
  responseShape,
  // the retired host
  legacyHostGone,
  // servers that failed and say no more
  gatewayHtmlError,
  timeout,
  endpointUnhealthy,
  providerOutage,
  streamBroken,
  unexpectedShape,
  // worth knowing, explains no failure
  slow,
  providerUnknownToClient,
  endpointOverrideMismatch,
  tokenShadowed,
  // several places, compared after each was diagnosed
  vantageDiffers,
  // what nobody explained
  unclassified,
];

export const RULES = CATALOGUE.map(movesOffOldHost).map(asksItsGateway);

export function ruleById(id: string): Rule | null {
  return RULES.find((rule) => rule.id === (id as RuleId)) ?? null;
}

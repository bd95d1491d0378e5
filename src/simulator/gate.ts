import { type Answer, answer } from './answer.js';
import type { SimRequest } from './request.js';
import type { Scenario } from './scenario.js';

const PERMISSION = 'inference.serverless.write';

const POLICY_TEXT =
  'Due to the organization token policy, your token needs to be approved by the organization before you ' +
  'can access this resource.';
const REVOKED_TEXT =
  'Your token has been revoked by the organization administrator, you can no longer access organization ' +
  'resources. Please contact them for more information.';

/** The same words whether the token is missing or wrong: the text does not tell which. */
export function unauthorised(request: SimRequest): Answer {
  const headers = { 'www-authenticate': 'Bearer realm="Authentication required", charset="UTF-8"' };
  return answer('front', request, 401, { json: { error: 'Invalid username or password.' } }, headers);
}

/** What the front end checks before any provider is asked: token, then permission. Null lets pass. */
export function refuse(scenario: Scenario, request: SimRequest): Answer | null {
  if (!request.known) return unauthorised(request);
  const { token } = scenario;
  const anyRole = token.role !== 'fineGrained';
  const forbid = (error: string) => answer('front', request, 403, { json: { error } });
  const lacks = (whom: string) =>
    forbid(
      'This authentication method does not have sufficient permissions to call Inference Providers ' +
        `on behalf of ${whom}`,
    );

  if (request.billTo !== null) {
    const org = token.orgs.find(({ name }) => name === request.billTo);
    if (!org) return unauthorised(request);
    if (org.restrictions.includes('token-revoked')) return forbid(REVOKED_TEXT);
    if (org.restrictions.includes('token-policy')) return forbid(POLICY_TEXT);
    return anyRole || org.permissions.includes(PERMISSION) ? null : lacks(`org ${org.name}`);
  }
  const granted = [...token.permissions, ...token.global].includes(PERMISSION);
  return anyRole || granted ? null : lacks(`user ${token.user}`);
}

import type { Scenario } from './scenario.js';

const avatarUrl = 'https://huggingface.co/avatars/simulator.svg';
const objectId = (text: string) => Buffer.from(text).toString('hex').padEnd(24, '0').slice(0, 24);

/** Body of `/api/whoami-v2` for the token of a scenario. */
export function whoami({ token }: Scenario): unknown {
  const name = token.user;
  const billing = { canPay: token.canPay, billingMode: 'prepaid', avatarUrl, periodEnd: null };
  const scoped = [
    { entity: { _id: objectId(name), type: 'user', name }, permissions: token.permissions },
    ...token.orgs
      .filter((org) => org.permissions.length > 0)
      .map((org) => ({
        entity: { _id: objectId(org.name), type: 'org', name: org.name },
        permissions: org.permissions,
      })),
  ];
  return {
    type: 'user',
    id: objectId(name),
    name,
    fullname: name,
    email: null,
    emailVerified: true,
    ...billing,
    isPro: token.pro,
    orgs: token.orgs.map((org) => ({
      type: 'org',
      id: objectId(org.name),
      name: org.name,
      fullname: org.name,
      email: null,
      canPay: true,
      billingMode: 'postpaid',
      avatarUrl,
      periodEnd: null,
      plan: 'enterprise',
      roleInOrg: org.role,
      ...(org.restrictions.length > 0 && { securityRestrictions: org.restrictions }),
    })),
    auth: {
      type: 'access_token',
      accessToken: {
        displayName: 'simulator',
        role: token.role,
        createdAt: '2026-01-15T09:00:00.000Z',
        ...(token.role === 'fineGrained' && {
          fineGrained: { canReadGatedRepos: true, global: token.global, scoped },
        }),
      },
    },
  };
}

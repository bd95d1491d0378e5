import { describe, expect, it } from 'vitest';
import { type PermissionQuestion, permissionFor } from '../../src/token/permission.js';
import type { WhoamiFacts } from '../../src/types/evidence.js';
import { PERMISSION_NAME } from '../../src/types/home.js';

const ID = 'inference.serverless.write';
const ENDPOINTS = ['inference.endpoints.infer.write', 'inference.endpoints.write'];
type Scoped = WhoamiFacts['scoped'];
const onUser = (...permissions: string[]): Scoped => [{ entity: 'user', name: null, permissions }];
const onOrg = (name: string | null, ...permissions: string[]): Scoped => [
  { entity: 'org', name, permissions },
];
const onGroup: Scoped = [{ entity: 'other', name: null, permissions: [ID] }];
const inOrg = (...restrictions: string[]) => [{ name: 'Lab', role: 'read', restrictions }];

function who(more: Partial<WhoamiFacts> = {}): WhoamiFacts {
  const none = { scoped: [], global: [], scopes: null, expiresAt: null, orgs: [] };
  return { type: 'user', isPro: false, canPay: null, billingMode: null, ...none, ...more };
}

function ask(
  role: PermissionQuestion['role'],
  facts: WhoamiFacts | null,
  more: Partial<PermissionQuestion> = {},
) {
  return permissionFor({ status: 'valid', kind: 'user', role, whoami: facts, billTo: null, ...more });
}

describe('verdicts', () => {
  type Row = [string, PermissionQuestion['role'], Partial<WhoamiFacts>, string | null, string, RegExp];
  const rows: Row[] = [
    // Classic roles.
    ['write', 'write', {}, null, 'granted', /role write/],
    ['read', 'read', {}, null, 'granted', /role read/],
    ['god', 'god', {}, null, 'granted', /role god/],
    ['write for its organization', 'write', { orgs: inOrg() }, 'lab', 'granted', /role write/],
    ['write for a stranger', 'write', {}, 'lab', 'unknown', /does not list lab/],
    // Fine-grained, own account.
    ['box on the user', 'fineGrained', { scoped: onUser(ID) }, null, 'granted', /has the permission/],
    ['box in global', 'fineGrained', { global: [ID] }, null, 'granted', /has the permission/],
    [
      'box among others',
      'fineGrained',
      { scoped: [...onUser('repo.write'), ...onUser('x', ID)] },
      null,
      'granted',
      /has/,
    ],
    [
      'box on an organization only',
      'fineGrained',
      { scoped: onOrg('Lab', ID) },
      null,
      'denied',
      /only on behalf of Lab, not for your own/,
    ],
    [
      'box on a nameless organization',
      'fineGrained',
      { scoped: onOrg(null, ID) },
      null,
      'denied',
      /on behalf of an organization/,
    ],
    ['box on a resource group', 'fineGrained', { scoped: onGroup }, null, 'unknown', /resource group/],
    ['no box', 'fineGrained', {}, null, 'denied', /lacks the permission/],
    [
      'other boxes',
      'fineGrained',
      { scoped: onUser('repo.write'), global: ['post.write'] },
      null,
      'denied',
      /lacks/,
    ],
    [
      'endpoints box',
      'fineGrained',
      { scoped: onUser(ENDPOINTS[0] ?? '') },
      null,
      'denied',
      /dedicated Inference Endpoints\. That is another box/,
    ],
    ['both endpoints boxes', 'fineGrained', { scoped: onUser(...ENDPOINTS) }, null, 'denied', /another box/],
    ['endpoints box in global', 'fineGrained', { global: ENDPOINTS }, null, 'denied', /another box/],
    [
      'endpoints box beside the right one',
      'fineGrained',
      { scoped: onUser(...ENDPOINTS, ID) },
      null,
      'granted',
      /has/,
    ],
    ['a longer id is another id', 'fineGrained', { scoped: onUser(`${ID}.not`) }, null, 'denied', /lacks/],
    // Fine-grained, paid by an organization.
    [
      'box on that organization',
      'fineGrained',
      { scoped: onOrg('Lab', ID) },
      'lab',
      'granted',
      /on behalf of lab/,
    ],
    [
      'box on another organization',
      'fineGrained',
      { scoped: onOrg('Other', ID) },
      'lab',
      'denied',
      /another organization, not for lab/,
    ],
    [
      'box on the user, not there',
      'fineGrained',
      { scoped: onUser(ID) },
      'lab',
      'denied',
      /own account, not on behalf of lab/,
    ],
    [
      'box on a nameless organization, asked for one',
      'fineGrained',
      { scoped: onOrg(null, ID) },
      'lab',
      'unknown',
      /covers lab/,
    ],
    ['box in global, asked for one', 'fineGrained', { global: [ID] }, 'lab', 'unknown', /covers lab/],
    [
      'a resource group pays',
      'fineGrained',
      { scoped: onUser(ID) },
      '0123456789abcdef01234567',
      'unknown',
      /covers/,
    ],
    ['no box, asked for one', 'fineGrained', {}, 'lab', 'denied', /lacks/],
    [
      'endpoints box, asked for one',
      'fineGrained',
      { scoped: onOrg('lab', ...ENDPOINTS) },
      'lab',
      'denied',
      /another box/,
    ],
    // Organisation rules come first.
    [
      'policy',
      'fineGrained',
      { scoped: onOrg('Lab', ID), orgs: inOrg('token-policy') },
      'lab',
      'denied',
      /token policy/,
    ],
    [
      'revoked, the worst of three',
      'write',
      { orgs: inOrg('ip', 'token-revoked', 'sso') },
      'lab',
      'denied',
      /revoked/,
    ],
    ['single sign-on', 'read', { orgs: inOrg('sso') }, 'LAB', 'denied', /single sign-on/],
    ['two factors', 'write', { orgs: inOrg('mfa') }, 'lab', 'denied', /two-factor/],
    ['addresses', 'write', { orgs: inOrg('ip') }, 'lab', 'denied', /own addresses/],
    ['a rule that is new', 'write', { orgs: inOrg('moon-phase') }, 'lab', 'unknown', /moon-phase/],
    [
      'rules do not touch the own account',
      'write',
      { orgs: inOrg('token-revoked') },
      null,
      'granted',
      /role write/,
    ],
    // OAuth and others.
    [
      'OAuth with the scope',
      'oauth',
      { scopes: ['openid', 'inference-api'] },
      null,
      'granted',
      /inference-api/,
    ],
    [
      'OAuth without it',
      'oauth',
      { scopes: ['openid', 'profile'] },
      null,
      'denied',
      /lacks the scope inference-api/,
    ],
    ['OAuth with no scope at all', 'oauth', { scopes: [] }, null, 'denied', /lacks/],
    ['OAuth, scopes not readable', 'oauth', { scopes: null }, null, 'unknown', /scopes cannot be read/],
    ['OAuth for a stranger', 'oauth', { scopes: ['inference-api'] }, 'lab', 'unknown', /does not list/],
    ['app', 'app', { type: 'app' }, null, 'unknown', /app/],
    ['unknown role', 'unknown', {}, null, 'unknown', /role/],
    ['no role', null, {}, null, 'unknown', /role/],
  ];
  it.each(rows)('%s', (_, role, facts, billTo, inference, reason) => {
    expect(ask(role, who(facts), { billTo })).toEqual({ inference, reason: expect.stringMatching(reason) });
  });
});

describe('without whoami nothing is claimed', () => {
  it.each(['missing', 'malformed', 'invalid', 'unverified', 'valid'] as const)('%s', (status) => {
    expect(ask(null, null, { status }).inference).toBe('unknown');
    if (status !== 'valid') expect(ask('write', who(), { status }).inference).toBe('unknown');
  });
});

it('leaves a Trusted Publisher token open', () => {
  expect(ask('write', who(), { kind: 'jwt' }).inference).toBe('unknown');
});

describe('expiry of OAuth', () => {
  const facts = who({ scopes: ['inference-api'], expiresAt: '2026-11-21T10:00:00.000Z' });
  it.each([
    ['before', '2026-11-21T09:59:59.000Z', 'granted'],
    ['at the moment', '2026-11-21T10:00:00.000Z', 'denied'],
    ['after', '2026-11-22T00:00:00.000Z', 'denied'],
    ['without a clock', null, 'granted'],
    ['with a clock that is no time', 'soon', 'granted'],
  ])('%s', (_, now, inference) => {
    expect(ask('oauth', facts, { kind: 'oauth', now }).inference).toBe(inference);
  });
  it('is not asked of other tokens', () => {
    expect(ask('write', facts, { now: '2027-01-01T00:00:00Z' }).inference).toBe('granted');
  });
});

it('names the right box and never the wrong one as the cure', () => {
  const { reason } = ask('fineGrained', who({ scoped: onUser(...ENDPOINTS) }));
  expect(reason).toContain(`it needs "${PERMISSION_NAME}"`);
});

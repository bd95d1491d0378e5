import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWhoami } from '../../src/token/whoami.js';

const PERMISSION = 'inference.serverless.write';

const user = (auth: unknown, more: object = {}) => ({
  type: 'user',
  id: '5f',
  name: 'ada',
  fullname: 'Ada Canary',
  email: 'ada@example.org',
  emailVerified: true,
  canPay: false,
  billingMode: 'postpaid',
  avatarUrl: '/a.png',
  periodEnd: null,
  isPro: true,
  orgs: [],
  auth,
  ...more,
});
const access = (accessToken: object) => ({
  type: 'access_token',
  accessToken: { displayName: 'laptop', createdAt: 'x', ...accessToken },
});
const fine = (fineGrained: unknown) => access({ role: 'fineGrained', fineGrained });

describe('the shapes of whoami', () => {
  const EMPTY = { scoped: [], global: [], scopes: null, expiresAt: null };
  const org = {
    type: 'org',
    name: 'lab',
    plan: 'enterprise',
    roleInOrg: 'admin',
    securityRestrictions: ['sso', 'ip'],
    email: 'x@y',
  };

  it.each([
    ['read', user(access({ role: 'read' })), 'read', EMPTY],
    ['write', user(access({ role: 'write' })), 'write', EMPTY],
    ['god', user(access({ role: 'god' })), 'god', EMPTY],
    ['a role that is new', user(access({ role: 'superb' })), 'unknown', EMPTY],
    [
      'fine-grained on the user',
      user(
        fine({
          canReadGatedRepos: true,
          global: ['post.write'],
          scoped: [{ entity: { _id: '1', type: 'user', name: 'ada' }, permissions: [PERMISSION] }],
        }),
      ),
      'fineGrained',
      { scoped: [{ entity: 'user', name: null, permissions: [PERMISSION] }], global: ['post.write'] },
    ],
    [
      'fine-grained on an organization and a repository',
      user(
        fine({
          scoped: [
            { entity: { type: 'org', name: 'lab' }, permissions: [PERMISSION], patterns: [{}] },
            { entity: { type: 'model', name: 'ada/secret' }, permissions: ['repo.write'] },
            { entity: { type: 'resource-group', _id: '2' }, permissions: ['repo.write'] },
          ],
        }),
      ),
      'fineGrained',
      {
        scoped: [
          { entity: 'org', name: 'lab', permissions: [PERMISSION] },
          { entity: 'other', name: null, permissions: ['repo.write'] },
          { entity: 'other', name: null, permissions: ['repo.write'] },
        ],
        global: [],
      },
    ],
    [
      'the box in global, as older tokens have it',
      user(fine({ scoped: [], global: [PERMISSION] })),
      'fineGrained',
      { scoped: [], global: [PERMISSION] },
    ],
    ['fine-grained without a box', user(fine({})), 'fineGrained', EMPTY],
    ['fine-grained whose boxes are missing', user(access({ role: 'fineGrained' })), 'unknown', EMPTY],
    ['fine-grained whose boxes are no object', user(fine('x')), 'unknown', EMPTY],
    [
      'OAuth',
      user({ type: 'oauth', expiresAt: '2026-11-21T10:00:00.000Z' }),
      'oauth',
      { ...EMPTY, expiresAt: '2026-11-21T10:00:00.000Z' },
    ],
    [
      'OAuth with a list of scopes',
      user({ type: 'oauth', scopes: ['openid', 'inference-api'] }),
      'oauth',
      { scopes: ['openid', 'inference-api'] },
    ],
    [
      'OAuth with scopes in a string',
      user({ type: 'oauth', scopes: 'openid inference-api' }),
      'oauth',
      { scopes: ['openid', 'inference-api'] },
    ],
    [
      'an app',
      { type: 'app', name: 'bot', scope: { entities: [], role: 'read' }, auth: { type: 'app_token' } },
      'app',
      { type: 'app', isPro: null },
    ],
    ['an app as a user', user({ type: 'app_token_as_user' }), 'app', { type: 'user' }],
    [
      'the legacy organization',
      { type: 'org', name: 'lab', auth: access({ role: 'write' }) },
      'write',
      { type: 'org' },
    ],
    [
      'a principal that is new',
      { type: 'robot', auth: access({ role: 'read' }) },
      'read',
      { type: 'unknown' },
    ],
    [
      'nothing but the type',
      { type: 'user' },
      'unknown',
      { type: 'user', isPro: null, canPay: null, billingMode: null, orgs: [], ...EMPTY },
    ],
    [
      'restrictions',
      user(access({ role: 'read' }), { orgs: [org] }),
      'read',
      { orgs: [{ name: 'lab', role: 'admin', restrictions: ['sso', 'ip'] }] },
    ],
  ] as [string, unknown, string, object][])('%s', (_, body, role, facts) => {
    const reading = readWhoami(body);
    expect(reading).toMatchObject({ ok: true, role, facts });
  });

  it('keeps no name of a person, a repository or a token, and no e-mail', () => {
    const body = user(
      fine({
        scoped: [
          { entity: { type: 'user', name: 'ada' }, permissions: [] },
          { entity: { type: 'model', name: 'ada/secret' }, permissions: [] },
        ],
      }),
      { orgs: [org] },
    );
    expect(JSON.stringify(readWhoami(body))).not.toMatch(/ada|Ada|secret|laptop|@/);
  });

  it.each([
    ['wrong types', { isPro: 'yes', canPay: 1, billingMode: 'never', orgs: {} }],
    ['nulls', { isPro: null, canPay: null, billingMode: null, orgs: null }],
    [
      'odd items',
      {
        orgs: [
          null,
          3,
          'x',
          {},
          { name: 7 },
          { name: 'a\u001b[31m' },
          { name: 'ok', securityRestrictions: [1, 'so so', null] },
        ],
      },
    ],
  ])('reads the rest in spite of %s', (name, more) => {
    const reading = readWhoami(user(access({ role: 'read' }), more));
    expect(reading).toMatchObject({
      ok: true,
      role: 'read',
      facts: { isPro: name === 'odd items' ? true : null },
    });
    const orgs = reading.ok ? reading.facts.orgs : null;
    expect(orgs).toEqual(name === 'odd items' ? [{ name: 'ok', role: null, restrictions: [] }] : []);
  });
});

describe('what is no whoami', () => {
  it.each([
    ['null', null],
    ['undefined', undefined],
    ['HTML', '<html><title>Sign in</title></html>'],
    ['an empty object', {}],
    ['a list', []],
    ['a list with a user in it', [{ type: 'user' }]],
    ['an error', { error: 'Invalid username or password.' }],
    ["a proxy's own JSON", { type: 'about:blank', title: 'Forbidden', status: 403 }],
    ['a number', 1],
    ['auth of a wrong shape', { auth: 'yes' }],
  ])('%s', (_, body) => {
    expect(readWhoami(body)).toEqual({ ok: false });
  });
});

it('reads any JSON without throwing, and gives only what has the right form', () => {
  const anything = fc.jsonValue({ maxDepth: 4 });
  const near = fc.record(
    {
      type: fc.oneof(fc.constantFrom('user', 'org', 'app'), anything),
      orgs: fc.oneof(
        fc.array(
          fc.oneof(
            fc.record({ name: anything, roleInOrg: anything, securityRestrictions: anything }),
            anything,
          ),
        ),
        anything,
      ),
      auth: fc.oneof(
        fc.record({
          type: fc.oneof(fc.constantFrom('oauth', 'access_token', 'app_token'), anything),
          accessToken: fc.oneof(
            fc.record({
              role: fc.oneof(fc.constant('fineGrained'), anything),
              fineGrained: fc.oneof(fc.record({ scoped: anything, global: anything }), anything),
            }),
            anything,
          ),
          scopes: anything,
          expiresAt: anything,
        }),
        anything,
      ),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(anything, near), (body) => {
      const reading = readWhoami(body);
      if (!reading.ok) return;
      const { facts } = reading;
      const words = [
        ...facts.global,
        ...(facts.scopes ?? []),
        ...facts.orgs.flatMap((o) => [o.name, ...o.restrictions]),
        ...facts.scoped.flatMap((s) => s.permissions),
      ];
      for (const word of words) expect(word).toMatch(/^[\w.:-]{1,96}$/);
      expect(['user', 'org', 'app', 'unknown']).toContain(facts.type);
      if (facts.expiresAt !== null) expect(Date.parse(facts.expiresAt)).not.toBeNaN();
    }),
    { numRuns: 2000 },
  );
});

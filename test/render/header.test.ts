import { expect, it } from 'vitest';
import { tokenLines } from '../../src/render/human/header.js';
import type { Report } from '../../src/report/model.js';
import { permissionFor } from '../../src/token/permission.js';
import type { WhoamiFacts } from '../../src/types/evidence.js';

const BOX = 'inference.serverless.write';

function line(scoped: WhoamiFacts['scoped'], restrictions: string[], billTo: string | null): string {
  const orgs = [{ name: 'acme', role: 'read', restrictions }];
  const none = { isPro: false, canPay: null, billingMode: null, global: [], scopes: null, expiresAt: null };
  const whoami: WhoamiFacts = { type: 'user', ...none, scoped, orgs };
  const permission = permissionFor({ status: 'valid', kind: 'user', role: 'fineGrained', whoami, billTo });
  const token = { status: 'valid', source: 'env HF_TOKEN', masked: null, role: 'fineGrained', permission };
  const paint = new Proxy({}, { get: () => (text: string) => text });
  const look = { paint, text: 100, symbols: { good: '+', bad: 'x', unknown: '?' } };
  const lines = tokenLines({ ...token, shadowed: [] } as unknown as Report['token'], look as never);
  return lines[1]?.trim() ?? '';
}

const own: WhoamiFacts['scoped'] = [{ entity: 'user', name: null, permissions: [BOX] }];
const org: WhoamiFacts['scoped'] = [{ entity: 'org', name: 'acme', permissions: [BOX] }];

it.each([
  [
    'its policy refuses',
    own,
    ['token-policy'],
    'acme',
    'x may not call Inference Providers on behalf of acme',
  ],
  ['the box is for oneself', own, [], 'acme', 'x may not call Inference Providers on behalf of acme'],
  ['nothing is asked of it', own, ['token-policy'], null, '+ may call Inference Providers'],
  ['the box is for it alone', org, [], null, 'x may not call Inference Providers'],
  ['there is no box at all', [], [], 'acme', 'x may not call Inference Providers'],
] as const)(
  'blames the organization only where it stands in the way: %s',
  (_, scoped, bars, billTo, text) => {
    expect(line(scoped, [...bars], billTo)).toBe(text);
  },
);

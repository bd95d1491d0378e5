import type { PermissionVerdict, TokenFacts, TokenKind, WhoamiFacts } from '../types/evidence.js';
import { ENDPOINTS_PERMISSION_PREFIX, PERMISSION_ID, PERMISSION_NAME } from '../types/home.js';
import { OAUTH_SCOPE } from './constants.js';

export interface PermissionQuestion {
  status: TokenFacts['status'];
  kind: TokenKind | null;
  role: TokenFacts['role'];
  whoami: WhoamiFacts | null;
  /** Organization (or resource group id) that pays, null for the own account. */
  billTo: string | null;
  /** ISO 8601. Without it nothing is called expired. */
  now?: string | null;
}

type Action = 'inference-providers';

/** What each action needs, in the words of the token form and of OAuth. */
const NEEDS: Readonly<Record<Action, { id: string; name: string; scope: string }>> = {
  'inference-providers': { id: PERMISSION_ID, name: PERMISSION_NAME, scope: OAUTH_SCOPE },
};

/** The worst first: it is the one that is told. */
const RESTRICTIONS: readonly (readonly [id: string, reason: string])[] = [
  ['token-revoked', 'an administrator has revoked this token there'],
  ['token-policy', 'its token policy does not accept this token, or has not approved it yet'],
  ['sso', 'it asks for a fresh single sign-on'],
  ['mfa', 'it asks for two-factor authentication on your account'],
  ['ip', 'it accepts requests only from its own addresses'],
];

/** May this token make the call? Says `unknown` rather than guess. */
export function permissionFor(
  question: PermissionQuestion,
  action: Action = 'inference-providers',
): PermissionVerdict {
  const { kind, role, whoami, billTo } = question;
  const expired = expiry(question);
  if (expired) return expired;
  if (question.status !== 'valid' || whoami === null) return unknown(UNREAD[question.status]);
  if (kind === 'jwt') {
    return unknown(
      'A Trusted Publisher token may call Inference Providers only where its publisher allows it, which cannot be read here.',
    );
  }
  if (billTo !== null) {
    const refused = restrictedBy(billTo, whoami);
    if (refused) return refused;
  }
  const needs = NEEDS[action];
  if (role === 'write' || role === 'god' || role === 'read') {
    return member(billTo, whoami) ?? granted(`A token with the role ${role} may call Inference Providers.`);
  }
  if (role === 'fineGrained') return fineGrained(whoami, billTo, needs);
  if (role === 'oauth') {
    if (whoami.scopes === null)
      return unknown(`It is an OAuth token, and its scopes cannot be read. It needs ${needs.scope}.`);
    if (whoami.scopes.includes(needs.scope)) {
      return member(billTo, whoami) ?? granted(`The OAuth token has the scope ${needs.scope}.`);
    }
    return denied(
      `The OAuth token lacks the scope ${needs.scope}. Sign in again with an app that asks for it.`,
    );
  }
  if (role === 'app') return unknown('It is the token of an app: whoami does not tell what it may call.');
  return unknown('Hugging Face does not tell the role of this token.');
}

/** Why nothing can be said before whoami has answered. */
const UNREAD: Readonly<Record<TokenFacts['status'], string>> = {
  missing: 'There is no token.',
  malformed: 'The value is not a usable token.',
  invalid: 'Hugging Face does not accept the token, so its permissions cannot be read.',
  unverified: 'The token could not be checked with Hugging Face.',
  valid: 'Hugging Face accepts the token, but its permissions could not be read.',
};

/** Sees the boxes of the token form, each for one account. */
function fineGrained(
  whoami: WhoamiFacts,
  billTo: string | null,
  needs: { id: string; name: string },
): PermissionVerdict {
  const holders = whoami.scoped.filter((scope) => scope.permissions.includes(needs.id));
  const own = holders.some((scope) => scope.entity === 'user');
  const orgs = holders.filter((scope) => scope.entity === 'org');
  const other = holders.some((scope) => scope.entity === 'other');
  const everywhere = whoami.global.includes(needs.id);
  const box = `"${needs.name}"`;
  if (billTo === null) {
    if (own || everywhere) return granted(`The token has the permission ${box}.`);
    if (orgs.length > 0) {
      const names = orgs.map((org) => org.name).filter((name) => name !== null);
      const whom = names.length > 0 ? names.slice(0, 3).join(', ') : 'an organization';
      return denied(
        `The token has the permission ${box} only on behalf of ${whom}, not for your own account.`,
      );
    }
    if (other) return unknown(`The token has the permission ${box} only on a resource group.`);
  } else {
    if (orgs.some((org) => equal(org.name, billTo))) {
      return granted(`The token has the permission ${box} on behalf of ${billTo}.`);
    }
    if (everywhere || other || orgs.some((org) => org.name === null) || isResourceGroup(billTo)) {
      return unknown(`Whether the permission ${box} of this token covers ${billTo} cannot be read.`);
    }
    if (own)
      return denied(`The token has the permission ${box} for your own account, not on behalf of ${billTo}.`);
    if (orgs.length > 0)
      return denied(`The token has the permission ${box} for another organization, not for ${billTo}.`);
  }
  const granting = [...whoami.global, ...whoami.scoped.flatMap((scope) => scope.permissions)];
  if (granting.some((id) => id.startsWith(ENDPOINTS_PERMISSION_PREFIX))) {
    return denied(`The token may use dedicated Inference Endpoints. That is another box: it needs ${box}.`);
  }
  return denied(`The token lacks the permission ${box}.`);
}

function expiry({ kind, role, whoami, now }: PermissionQuestion): PermissionVerdict | null {
  const end = whoami?.expiresAt;
  if (!now || !end || (kind !== 'oauth' && role !== 'oauth')) return null;
  return Date.parse(end) <= Date.parse(now)
    ? denied(`The OAuth token expired at ${end}. Sign in again.`)
    : null;
}

function restrictedBy(billTo: string, whoami: WhoamiFacts): PermissionVerdict | null {
  const restrictions = whoami.orgs.find((org) => equal(org.name, billTo))?.restrictions ?? [];
  const known = RESTRICTIONS.find(([id]) => restrictions.includes(id));
  if (known) return denied(`The organization ${billTo} refuses this token: ${known[1]}.`);
  const [unheard] = restrictions;
  return unheard === undefined
    ? null
    : unknown(`The organization ${billTo} restricts this token (${unheard}).`);
}

/** A token that may call for its owner may do so for an organization that whoami lists. */
function member(billTo: string | null, whoami: WhoamiFacts): PermissionVerdict | null {
  if (billTo === null || whoami.orgs.some((org) => equal(org.name, billTo))) return null;
  return unknown(`Hugging Face does not list ${billTo} among the organizations of this token.`);
}

function isResourceGroup(billTo: string): boolean {
  return /^[0-9a-f]{24}$/i.test(billTo);
}

function equal(a: string | null, b: string): boolean {
  return a !== null && a.toLowerCase() === b.toLowerCase();
}

function granted(reason: string): PermissionVerdict {
  return { inference: 'granted', reason };
}

function denied(reason: string): PermissionVerdict {
  return { inference: 'denied', reason };
}

function unknown(reason: string): PermissionVerdict {
  return { inference: 'unknown', reason };
}

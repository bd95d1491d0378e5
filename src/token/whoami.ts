import * as z from 'zod/mini';
import type { TokenFacts, WhoamiFacts } from '../types/evidence.js';

export type WhoamiReading = { ok: true; facts: WhoamiFacts; role: TokenFacts['role'] } | { ok: false };

/** A part that is missing or of another shape is undefined; it never spoils the rest. */
const soft = <T extends z.core.$ZodType>(schema: T) => z.catch(z.optional(schema), undefined);
const text = soft(z.string());
const texts = soft(z.array(text));

const schema = z.looseObject({
  type: text,
  name: text,
  isPro: soft(z.boolean()),
  canPay: soft(z.boolean()),
  billingMode: soft(z.enum(['prepaid', 'postpaid'])),
  orgs: soft(z.array(soft(z.looseObject({ name: text, roleInOrg: text, securityRestrictions: texts })))),
  auth: soft(
    z.looseObject({
      type: text,
      accessToken: soft(
        z.looseObject({
          role: text,
          fineGrained: soft(
            z.looseObject({
              scoped: soft(
                z.array(
                  soft(
                    z.looseObject({
                      entity: soft(z.looseObject({ type: text, name: text })),
                      permissions: texts,
                    }),
                  ),
                ),
              ),
              global: texts,
            }),
          ),
        }),
      ),
      scopes: soft(z.union([z.string(), z.array(text)])),
      expiresAt: text,
    }),
  ),
});

type Body = z.infer<typeof schema>;

/**
 * Reads the answer of `GET /api/whoami-v2`. Names of people, repositories and tokens are left out;
 * ids and organization names pass only in the form the Hub gives them.
 */
export function readWhoami(body: unknown): WhoamiReading {
  const parsed = schema.safeParse(body);
  if (!parsed.success || Array.isArray(body) || !isWhoami(parsed.data)) return { ok: false };
  const who = parsed.data;
  const fine = who.auth?.accessToken?.fineGrained;
  return {
    ok: true,
    role: roleOf(who),
    facts: {
      type: oneOf(['user', 'org', 'app'] as const, who.type) ?? 'unknown',
      isPro: who.isPro ?? null,
      canPay: who.canPay ?? null,
      billingMode: who.billingMode ?? null,
      scoped: present(fine?.scoped).map(({ entity, permissions }) => {
        const kind = oneOf(['user', 'org'] as const, entity?.type) ?? 'other';
        return {
          entity: kind,
          name: kind === 'org' ? name(entity?.name) : null,
          permissions: ids(permissions),
        };
      }),
      global: ids(fine?.global),
      scopes: scopesOf(who.auth?.scopes),
      expiresAt: time(who.auth?.expiresAt),
      orgs: present(who.orgs).flatMap((org) => {
        const orgName = name(org.name);
        if (orgName === null) return [];
        return [
          {
            name: orgName,
            role: ids([org.roleInOrg])[0] ?? null,
            restrictions: ids(org.securityRestrictions),
          },
        ];
      }),
    },
  };
}

/** A proxy's own JSON has neither a principal nor an `auth` block. */
function isWhoami(who: Body): boolean {
  if (oneOf(['user', 'org', 'app'] as const, who.type)) return true;
  return who.auth?.type !== undefined || who.auth?.accessToken !== undefined;
}

function roleOf(who: Body): TokenFacts['role'] {
  const authType = who.auth?.type ?? '';
  if (who.type === 'app' || authType.startsWith('app')) return 'app';
  if (authType === 'oauth') return 'oauth';
  const token = who.auth?.accessToken;
  // A fine-grained token whose boxes cannot be read must not look like one without any box.
  if (token?.role === 'fineGrained') return token.fineGrained ? 'fineGrained' : 'unknown';
  return oneOf(['read', 'write', 'god'] as const, token?.role) ?? 'unknown';
}

function scopesOf(scopes: string | (string | undefined)[] | undefined): string[] | null {
  if (scopes === undefined) return null;
  return ids(typeof scopes === 'string' ? scopes.split(' ') : scopes);
}

function oneOf<const T extends readonly string[]>(words: T, word: string | undefined): T[number] | null {
  return words.find((known) => known === word) ?? null;
}

function present<T>(list: readonly (T | undefined)[] | undefined): T[] {
  return (list ?? []).filter((item) => item !== undefined) as T[];
}

function ids(list: readonly (string | undefined)[] | undefined): string[] {
  return idsOnly(present(list));
}

/** Keeps what has the form of a permission, a scope or a restriction. */
export function idsOnly(words: readonly string[]): string[] {
  return words.filter((word) => /^[\w.:-]{1,64}$/.test(word));
}

function name(value: string | undefined): string | null {
  return value !== undefined && /^[\w.-]{1,96}$/.test(value) ? value : null;
}

function time(value: string | undefined): string | null {
  return value !== undefined && /^[\dTZ:.+-]{10,40}$/.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : null;
}

import { looksLikeKey } from '../safety/patterns.js';
import { RULE_IDS, type RuleId } from '../types/rule-id.js';
import { echo } from './echo.js';
import { parseModelRef } from './model-id.js';
import { nearest } from './nearest.js';
import { bad, good, type Parsed } from './parser.js';

/* What expectations and the list of what is ignored have in common: names as the report writes them. */

/** Other names than the columns of the matrix stand for several. */
const PLAIN = ['legacy', 'router', 'hf-inference', 'gateway'] as const;
const SLUG = /^[A-Za-z0-9][\w.-]{0,63}$/;
const CAPABILITY = /^[a-z]{1,20}$/;

export function ruleOf(word: unknown): Parsed<RuleId> {
  const known = 'hf-doctor rules lists them.';
  if (typeof word !== 'string') return bad('names no rule.', known);
  const rule = RULE_IDS.find((id) => id === word);
  if (rule !== undefined) return good(rule);
  const near = nearest(word, RULE_IDS);
  return bad(`does not know the rule ${echo(word)}.`, near === null ? known : `Did you mean ${near}?`);
}

/** `org/name`, with its suffix where it was asked for with one. */
export function modelOf(word: unknown): Parsed<string> {
  if (typeof word !== 'string') return bad('names no model.');
  const parsed = parseModelRef(word);
  return parsed.ok ? good(word.trim()) : bad(`has a wrong entry. ${parsed.problem}`);
}

/** As the report names it: `router`, `router:fastest`, `provider:novita`; also `novita` and `:fastest`, as the matrix does. */
export function routeOf(word: unknown): Parsed<string> {
  if (typeof word !== 'string') return bad('names no route.');
  if (looksLikeKey(word)) return notOne(word);
  const [base = '', capability, ...more] = word.trim().split('+');
  const full = base.startsWith(':') ? `router${base}` : base;
  const tail = capability === undefined ? '' : `+${capability}`;
  if (more.length > 0 || (capability !== undefined && !CAPABILITY.test(capability))) return notOne(word);
  if (PLAIN.some((name) => name === full)) return good(full + tail);
  const [kind = '', slug, ...rest] = full.split(':');
  if (rest.length > 0) return notOne(word);
  if (slug !== undefined)
    return (kind === 'router' || kind === 'provider') && SLUG.test(slug) ? good(full + tail) : notOne(word);
  const near = nearest(full, [...PLAIN, 'providers']);
  if (near === 'providers')
    return bad(`does not know the route ${echo(word)}.`, 'Name one: provider:novita.');
  if (near !== null) return bad(`does not know the route ${echo(word)}.`, `Did you mean ${near}?`);
  return SLUG.test(full) ? good(`provider:${full}${tail}`) : notOne(word);
}

function notOne(word: string): Parsed<never> {
  return bad(
    `does not know the route ${echo(word)}.`,
    `Routes are named as in the report: ${PLAIN.join(', ')}, router:fastest, provider:novita.`,
  );
}

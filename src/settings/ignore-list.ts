import type { Ignore } from '../types/excuse.js';
import { RULE_IDS } from '../types/rule-id.js';
import { echo } from './echo.js';
import { modelOf, routeOf, ruleOf } from './excuse-parts.js';
import { nearest } from './nearest.js';
import { bad, good, type Parsed, type Parser } from './parser.js';

const MOST = 200;
const MOST_REASON = 300;
const KEYS = ['rule', 'model', 'route', 'reason'] as const;
const FORM = 'In a file: {"rule": "flaky", "route": "provider:novita", "reason": "why"}';
const FLAG = 'Like this: --ignore flaky, --ignore flaky@org/name, --ignore "flaky@provider:novita=why"';

/** Findings that do not count. In a file each has its reason; as an option `rule[@model][@route][=reason]`. */
export const ignoreList: Parser<Ignore[]> = {
  shape: {
    type: 'several',
    of: {
      type: 'object',
      required: { rule: { type: 'choice', values: RULE_IDS }, reason: { type: 'text', pattern: /\S/ } },
      optional: { model: { type: 'text' }, route: { type: 'text' } },
    },
  },
  parse(raw, { from }) {
    if (!Array.isArray(raw)) return bad('takes a list.', from === 'file' ? FORM : FLAG);
    if (raw.length > MOST) return bad(`takes at most ${MOST} entries.`);
    const list = new Map<string, Ignore>();
    for (const one of raw) {
      const entry = typeof one === 'string' && from === 'flag' ? written(one) : filed(one);
      if (!entry.ok) return entry;
      list.set(placeOf(entry.value), entry.value);
    }
    return good([...list.values()]);
  },
};

/** Each thing once: the first one that says it. */
export function joined(first: readonly Ignore[], second: readonly Ignore[]): Ignore[] {
  const said = new Set(first.map(placeOf));
  return [...first, ...second.filter((entry) => !said.has(placeOf(entry)))];
}

function placeOf({ rule, model, route }: Ignore): string {
  return JSON.stringify([rule, model, route]);
}

function filed(raw: unknown): Parsed<Ignore> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return bad('takes a list of entries.', FORM);
  const entry = new Map<string, unknown>(Object.entries(raw));
  for (const key of entry.keys()) {
    if (KEYS.some((known) => known === key)) continue;
    const near = nearest(key, KEYS);
    return bad(`has an entry with ${echo(key)}.`, near === null ? FORM : `Did you mean ${near}?`);
  }
  const reason = entry.get('reason');
  if (typeof reason !== 'string' || reason.trim() === '')
    return bad('needs a reason for each entry: who reads it later wants to know why.', FORM);
  return made(entry.get('rule'), entry.get('model') ?? null, entry.get('route') ?? null, reason);
}

/** A model has a slash in its name; any other word behind the @ is a route. */
function written(text: string): Parsed<Ignore> {
  const at = text.indexOf('=');
  const [rule, ...places] = (at < 0 ? text : text.slice(0, at)).split('@');
  const models = places.filter((place) => place.includes('/'));
  const routes = places.filter((place) => !place.includes('/'));
  if (models.length > 1 || routes.length > 1)
    return bad('takes one model and one route for each rule.', FLAG);
  const reason = at < 0 ? '' : text.slice(at + 1);
  return made(rule, models[0] ?? null, routes[0] ?? null, reason);
}

function made(word: unknown, inModel: unknown, onRoute: unknown, why: string): Parsed<Ignore> {
  const rule = ruleOf(word);
  if (!rule.ok) return rule;
  const model = inModel === null ? good(null) : modelOf(inModel);
  if (!model.ok) return model;
  const route = onRoute === null ? good(null) : routeOf(onRoute);
  if (!route.ok) return route;
  const reason = why.trim();
  if (reason.length > MOST_REASON) return bad(`takes a reason of at most ${MOST_REASON} characters.`);
  return good({
    rule: rule.value,
    model: model.value,
    route: route.value,
    reason: reason === '' ? null : reason,
  });
}

import type { Expectation } from '../types/excuse.js';
import { RULE_IDS, type RuleId } from '../types/rule-id.js';
import { echo } from './echo.js';
import { modelOf, routeOf, ruleOf } from './excuse-parts.js';
import { bad, good, type Parsed, type Parser, type Shape } from './parser.js';

const MOST = 1_000;
const ALL = '*';
const EXAMPLE = 'Like this: {"org/name": {"provider:novita": "provider-outage", "router": [500, 502]}}';

const fault: Shape = {
  type: 'either',
  of: [
    { type: 'integer', min: 100, max: 599 },
    { type: 'choice', values: RULE_IDS },
  ],
};

/** `{model: {route: status or rule, or a list of them}}`; `*` is every route of the model. */
export const expectMap: Parser<Expectation[]> = {
  shape: {
    type: 'map',
    of: { type: 'map', of: { type: 'either', of: [fault, { type: 'several', of: fault }] } },
  },
  parse(raw) {
    if (!isMap(raw)) return bad('takes models with their routes and what is expected there.', EXAMPLE);
    const found: Expectation[] = [];
    for (const [key, routes] of Object.entries(raw)) {
      const model = modelOf(key);
      if (!model.ok) return model;
      if (!isMap(routes)) return bad(`takes routes and what is expected there under ${echo(key)}.`, EXAMPLE);
      for (const [name, expected] of Object.entries(routes)) {
        const route = name === ALL ? good(null) : routeOf(name);
        if (!route.ok) return route;
        const faults = faultsOf(expected, `${echo(key)} on ${echo(name)}`);
        if (!faults.ok) return faults;
        if (found.length === MOST) return bad(`takes at most ${MOST.toLocaleString('en')} entries.`);
        found.push({ model: model.value, route: route.value, faults: faults.value });
      }
    }
    return good(found);
  },
};

function faultsOf(raw: unknown, where: string): Parsed<(number | RuleId)[]> {
  const list: unknown[] = Array.isArray(raw) ? raw : [raw];
  const faults = new Set<number | RuleId>();
  for (const one of list) {
    if (typeof one === 'number') {
      if (!Number.isInteger(one) || one < 100 || one > 599)
        return bad(`takes a status of HTTP, from 100 to 599, for ${where}.`);
      faults.add(one);
    } else if (typeof one === 'string') {
      if (/^\d{3}$/.test(one)) return bad(`takes a number for ${where}.`, 'Write the status without quotes.');
      const rule = ruleOf(one);
      if (!rule.ok) return rule;
      faults.add(rule.value);
    } else return bad(`takes a status or a rule, or a list of them, for ${where}.`, EXAMPLE);
  }
  return faults.size === 0 ? bad(`has an empty list for ${where}.`, EXAMPLE) : good([...faults]);
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

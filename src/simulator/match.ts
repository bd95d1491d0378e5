import { type Capability, capabilitiesOf } from './reply.js';
import type { SimRequest, Target } from './request.js';
import type { Scenario, When } from './scenario.js';

/** Indexes of the entries of `answers` that are about such a request, however often they were played. */
export function fitting(scenario: Scenario, request: SimRequest, target: Target): number[] {
  return scenario.answers.flatMap(({ when }, index) => (fits(when, request, target) ? [index] : []));
}

/** The first of them whose turn it is. */
export function firstInTurn(scenario: Scenario, request: SimRequest, target: Target) {
  return fitting(scenario, request, target)
    .filter((index) => {
      const { after = 0, times = Infinity } = scenario.answers[index]?.when ?? {};
      const before = request.seen[index] ?? 0;
      return before >= after && before - after < times;
    })
    .map((index) => scenario.answers[index])[0];
}

function fits(when: When, request: SimRequest, target: Target): boolean {
  return (
    is(when.surface, target.surface) &&
    is(when.provider, target.provider) &&
    is(when.suffix, target.suffix ?? 'none') &&
    is(when.auth, request.auth) &&
    is(when.method, request.method) &&
    (when.capability === undefined || asksFor(when.capability, request)) &&
    (when.model === undefined || (target.model !== null && glob(when.model, target.model))) &&
    (when.path === undefined || isBelow(when.path, request.path))
  );
}

function asksFor(wanted: Capability | 'none', { body }: SimRequest): boolean {
  const asked = capabilitiesOf(body);
  return wanted === 'none' ? asked.length === 0 : asked.includes(wanted);
}

function is(wanted: string | undefined, actual: string | null): boolean {
  return wanted === undefined || wanted === actual;
}

function isBelow(pattern: string, path: string): boolean {
  return pattern.includes('*') ? glob(pattern, path) : path.startsWith(pattern);
}

/** `*` stands for any characters. Linear: each part is taken where it is found first. */
function glob(pattern: string, text: string): boolean {
  const [head = '', ...parts] = pattern.split('*');
  if (parts.length === 0) return pattern === text;
  const tail = parts.pop() ?? '';
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) return false;
  const middle = text.slice(head.length, text.length - tail.length);
  let from = 0;
  return parts.every((part) => {
    const at = middle.indexOf(part, from);
    from = at + part.length;
    return at >= 0;
  });
}

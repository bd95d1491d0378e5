import stringWidth from 'string-width';
import type { Report } from '../../report/model.js';
import type { Look } from '../look.js';
import { indent } from './findings.js';

const ROLES: Readonly<Record<string, string>> = {
  fineGrained: 'fine-grained',
  read: 'read',
  write: 'write',
  god: 'admin',
  oauth: 'OAuth',
  app: 'app',
};

/** Where only the organization that is to pay stands in the way, the reason names it. */
const FOR_ORG = /^The organization (\S{1,100}) refuses this token|not on behalf of (\S{1,100})\.$/;

export function headerLines(r: Report, look: Look): string[] {
  const { paint } = look;
  const host = (url: string) => (URL.canParse(url) ? new URL(url).host : url);
  const name = `${paint.bold('hf-doctor')} ${r.tool.version}`;
  const where = r.simulated
    ? `simulated: ${r.simulated}`
    : [`hub ${host(r.endpoints.hub)}`, `router ${host(r.endpoints.router)}`].join('   ');
  const cost = costText(r.cost);
  const left = `${name}   ${where}`;
  const room = look.text - stringWidth(left) - stringWidth(cost);
  const first = room >= 2 ? [`${left}${' '.repeat(room)}${cost}`] : [left, cost];
  return [...first, '', ...tokenLines(r.token, look)];
}

/** What was sent, and what it may have cost. */
export function costText({ measured, planned }: Report['cost']): string {
  const { requests, unsent = 0, billable, usd } = measured;
  if (requests > 0 && unsent >= requests) return `${count(requests, 'request')} tried, none could be sent`;
  const paid =
    billable > 0 ? `at most ${billable} paid (about $${dollars(usd ?? planned.usd)})` : 'none paid';
  return `${count(requests, 'request')}, ${paid}`;
}

/** The token in one line, and what it may do in a second. */
export function tokenLines(t: Report['token'], look: Look): string[] {
  const label = look.paint.bold('Token   ');
  if (t.status === 'missing') return [label + tokenState(t, look, null)];
  const role = t.role ? `, ${roleName(t.role)}` : '';
  const first = `${label}${t.source ?? 'unknown source'}, ${t.masked ?? 'masked'}${role}`;
  const shadows = t.shadowed.length > 0 ? [`shadows ${t.shadowed.map((x) => x.source).join(', ')}`] : [];
  return [
    first,
    `        ${tokenState(t, look, FOR_ORG.exec(t.permission.reason))}`,
    ...shadows.flatMap((l) => indent(l, 8, look.text)),
  ];
}

export function roleName(role: string): string {
  return Object.hasOwn(ROLES, role) ? (ROLES[role] ?? role) : role;
}

/** What the token may do; `org`: whom it is to call for, where only that stands in the way. */
export function tokenState(
  t: Report['token'],
  look: Look,
  org: readonly (string | undefined)[] | null,
): string {
  const { paint, symbols: s } = look;
  if (t.status === 'missing') return paint.red(`${s.bad} none found`);
  // Asked to pay; without it the same token may well call.
  const whose = org ? ` on behalf of ${org[1] ?? org[2]}` : '';
  const verdict = {
    granted: paint.green(`${s.good} may call Inference Providers`),
    denied: paint.red(`${s.bad} may not call Inference Providers${whose}`),
    unknown: paint.yellow(`${s.unknown} not known whether it may call Inference Providers`),
  }[t.permission.inference];
  const left =
    t.sent === false && t.status === 'unverified' ? paint.dim(`${s.none} not sent in this run`) : null;
  return (
    left ??
    (t.status === 'invalid'
      ? paint.red(`${s.bad} Hugging Face does not accept it`)
      : t.status === 'malformed'
        ? paint.red(`${s.bad} malformed, not sent`)
        : verdict)
  );
}

/** Never less than it is: cents, and below them one digit that says something, as in 0.00002. */
export function dollars(usd: number): string {
  if (usd <= 0) return '0';
  const digits = usd > 0.009 ? 2 : Math.min(7, -Math.floor(Math.log10(usd)));
  // What sums of binary fractions are off by is no digit more.
  const text = (Math.ceil(usd * 10 ** digits - 1e-6) / 10 ** digits).toFixed(digits);
  return digits > 2 ? text.replace(/0{1,7}$/, '') : text;
}

export function count(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? '' : 's'}`;
}

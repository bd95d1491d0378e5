import type { Report } from '../../report/model.js';
import { shortRoute } from '../../report/short-route.js';
import { duration } from '../human/cell.js';
import { costText, roleName, tokenState } from '../human/header.js';
import { chainOf } from '../human/instead.js';
import type { Look } from '../look.js';
import { code, fence, text } from './escape.js';

const MOST_INSTEAD = 8;

/** What answers in the place of each model that cannot be used. Empty where nothing is known. */
export function insteadBlock(report: Report): string {
  const { alternatives, cells } = report;
  if (alternatives.length === 0) return '';
  const lines = alternatives.slice(0, MOST_INSTEAD).map(({ model, instead, provenBy }) => {
    const ms = cells[provenBy]?.latencyMs ?? null;
    const name = instead.model === model ? 'the same model' : code(instead.model);
    return `- ${code(model)}: ${name} on ${text(shortRoute(instead.route))}${ms === null ? '' : `, ${duration(ms)}`}`;
  });
  const rest = alternatives.length - lines.length;
  const chain = chainOf(report);
  return [
    '#### What answers instead, asked in this run',
    [...lines, ...(rest > 0 ? [`- and ${rest} more`] : [])].join('\n'),
    ...(chain.length === 0
      ? []
      : ['Code that falls over to it:', fence(`npx hf-doctor fallback ${chain.join(' ')}`, 'sh')]),
  ].join('\n\n');
}

/** What was run, where and when. Of the token its kind alone: this is read by others. */
export function factsBlock(r: Report, look: Look): string {
  const host = (url: string | null) => (url !== null && URL.canParse(url) ? new URL(url).host : null);
  const hosts = Object.entries(r.endpoints).flatMap(([name, url]) => {
    const at = host(typeof url === 'string' ? url : null);
    return at === null ? [] : [`${text(name)} ${code(at)}`];
  });
  const where = r.simulated ? `a simulation (${code(r.simulated)})` : hosts.join(', ');
  const role = r.token.role ? `${text(roleName(r.token.role))}, ` : '';
  const at = `${r.startedAt.slice(0, 16).replace('T', ' ')} UTC`;
  return [
    `- hf-doctor ${code(r.tool.version)}, ${text(at)}, ${duration(r.durationMs)}, exit code ${r.exitCode}`,
    `- ${where}`,
    `- ${text(costText(r.cost))}`,
    // Without the organization that it was to call for.
    `- token: ${role}${text(tokenState(r.token, look, null))}`,
    ...(r.support ? [`- ${text(supportText(r.support))}`] : []),
  ].join('\n');
}

/** Where it ran, as far as it may matter. */
function supportText(s: NonNullable<Report['support']>): string {
  return [
    `Node ${s.node} on ${s.platform} ${s.arch}`,
    s.ci ? 'in CI' : '',
    s.proxy ? 'through a proxy' : 'no proxy',
    s.tlsVerification ? '' : 'the environment tells Node not to verify certificates',
    s.extraCa ? `more certificate authorities from ${s.extraCa}` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

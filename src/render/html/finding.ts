import { whyNotCounted } from '../../report/counts.js';
import type { Finding, Fix, Report, Severity } from '../../report/model.js';
import { shortRoute } from '../../report/short-route.js';
import { faultOf, fixText, OTHERS } from '../human/findings.js';
import type { Look, Symbols } from '../look.js';
import { html, type Markup } from './markup.js';
import { cellId, command, fact, facts, findingId, isListed, link } from './parts.js';

/** Cells that a finding leads to by name; the others lead to it. */
const MOST_SEEN = 12;
const SIGNS: Readonly<Record<Severity, keyof Symbols>> = { error: 'bad', warning: 'warn', info: 'info' };

/** One finding in full: what, why we think so, whose fault, what to do, how to see that it is gone. */
export function finding(
  f: Finding,
  index: number,
  report: Report,
  shown: ReadonlySet<string>,
  look: Look,
): Markup {
  const why = whyNotCounted(f);
  const tags = [f.severity, f.confidence, ...(why === null ? [] : [`does not count: ${why}`])].map(
    (t) => html` · ${t}`,
  );
  const id = findingId(index);
  const rows = [
    fact('Fault', faultOf(f)),
    ...f.fixes.map((fix, i) => fact(i === 0 ? 'Do now' : 'Or', advice(fix))),
    fact('Not this', f.notThis),
    f.requestIds[0] && OTHERS.has(f.blame)
      ? fact('Report', html`request id <code>${f.requestIds[0]}</code>`)
      : null,
    f.verify ? fact('Verify', command(f.verify)) : null,
    fact('Seen in', seenIn(f, report, shown)),
  ];
  return html`<article class="finding ${f.severity}" id="${id}" aria-labelledby="${id}-title">
<h3 id="${id}-title"><span class="mark" aria-hidden="true">${look.symbols[SIGNS[f.severity]]}</span> ${f.title}</h3>
<p class="tags"><code>${f.rule}</code>${tags}</p>
<p>${f.explanation}</p>
${facts(rows)}
</article>
`;
}

function advice(fix: Fix): Markup {
  return html`<p>${fixText(fix)}</p>${fix.commands.map(command)}${fix.links.map((url) => html`<p>${link(url)}</p>`)}${fix.snippet ? command(fix.snippet.code) : null}`;
}

function seenIn(f: Finding, { cells }: Report, shown: ReadonlySet<string>): Markup | null {
  const own = f.cells.filter((i) => cells[i] !== undefined && isListed(cells[i], shown));
  if (own.length === 0) return null;
  const named = own.slice(0, MOST_SEEN).map((i, n) => {
    const { model, route, control } = cells[i] ?? { model: '', route: '' };
    return html`${n === 0 ? '' : ', '}<a href="#${cellId(i)}">${model} on ${shortRoute(route)}${control ? ' without a token' : ''}</a>`;
  });
  const more = own.length - MOST_SEEN;
  return html`${named}${more > 0 ? ` and ${more} more` : ''}`;
}

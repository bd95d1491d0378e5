import type { Cell, CellOutcome, Report } from '../../report/model.js';
import type { Symbols } from '../look.js';
import { ourAddress } from '../our-address.js';
import { html, type Markup } from './markup.js';

/* What several parts of the document are made of. */

/** Where things of the report stand in the document. */
export const cellId = (index: number) => `cell-${index}`;
export const findingId = (index: number) => `finding-${index}`;

/** Cells that have a place in the document. */
export function isListed(c: Cell, shown: ReadonlySet<string>): boolean {
  return c.control || c.instead === true || shown.has(c.model);
}

export const MARKS: Readonly<Record<CellOutcome, keyof Symbols>> = {
  ok: 'good',
  fault: 'bad',
  flaky: 'warn',
  unknown: 'unknown',
  skipped: 'none',
};

export function stateOf(m: Report['models'][number]): 'usable' | 'dead' | 'open' {
  if (m.usable) return 'usable';
  return m.checked ? 'dead' : 'open';
}

/** One row of a list of facts; nothing where there is nothing to tell. */
export function fact(name: string, value: Markup | string | null): Markup | null {
  return value === null || value === '' ? null : html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

export function facts(rows: readonly (Markup | null)[]): Markup {
  return html`<dl>${rows.filter((row) => row !== null)}</dl>`;
}

/** Text to be pasted; the script adds a button. */
export function command(text: string): Markup {
  return html`<div class="cmd"><pre><code>${text}</code></pre></div>`;
}

/** What is no address of ours is shown, and leads nowhere. */
export function link(address: string): Markup {
  const href = ourAddress(address);
  if (href === null) return html`<span class="url">${address}</span>`;
  return html`<a class="url" href="${href}" rel="noreferrer noopener">${address}</a>`;
}

/** Ids may be broken behind the name of their organization. */
export function modelName(id: string): Markup {
  const at = id.indexOf('/') + 1;
  return html`<span class="org">${id.slice(0, at)}</span><wbr>${id.slice(at)}`;
}

export function lines(texts: readonly string[], kind: string): Markup | null {
  return texts.length === 0 ? null : html`<p class="${kind}">${texts.join(' ')}</p>`;
}

import type { Rule } from '../rules/define.js';
import { indent } from './human/findings.js';
import type { Look } from './look.js';

/** The page of a rule. All of it is our own text. */
export function renderRulePage(rule: Rule, look: Look): string {
  const { paint } = look;
  const part = (title: string, text: string | undefined) =>
    text ? ['', paint.bold(title), ...indent(text, 2, look.text)] : [];
  const lines = [
    `${paint.bold(rule.id)}   ${paint.dim(`blame: ${rule.blame}, ${rule.since ? `since ${rule.since}, ` : ''}last verified ${rule.lastVerified}`)}`,
    ...part('What it means', rule.page.meaning),
    ...part('How hf-doctor knows', rule.page.evidence),
    ...part('What to do', rule.page.repair),
    ...part('Often mistaken for', rule.page.mistakenFor),
    ...part('An earlier belief that it corrects', rule.corrects),
    '',
    paint.bold('Links'),
    ...rule.page.links.map((l) => `  ${l}`),
  ];
  return `${lines.join('\n')}\n`;
}

import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { escapeMarkdown, firstSentence, rulesList, rulesTable } from '../../src/render/rules-table.js';
import { RULES } from '../../src/rules/index.js';

describe('firstSentence', () => {
  it.each([
    ['One. Two.', 'One.'],
    [
      'The host api-inference.huggingface.co is gone. It was retired.',
      'The host api-inference.huggingface.co is gone.',
    ],
    ['Is it 1.0.0? No.', 'Is it 1.0.0?'],
    ['Over\n  two lines. More.', 'Over two lines.'],
    ['No end', 'No end'],
    ['', ''],
  ])('%j', (text, first) => {
    expect(firstSentence(text)).toBe(first);
  });
});

it('escapes what Markdown would read', () => {
  expect(escapeMarkdown('a|b `c` *d* _e_ <f> & [g](h) \\ ~i~')).toBe(
    'a\\|b \\`c\\` \\*d\\* \\_e\\_ &lt;f> &amp; \\[g\\](h) \\\\ \\~i\\~',
  );
});

describe('the table', () => {
  const [head, line, ...rows] = rulesTable(RULES).trimEnd().split('\n');

  it('has a row for each rule, in their order', () => {
    expect([head, line]).toEqual(['| rule | whose fault | what it means |', '| --- | --- | --- |']);
    expect(rows.map((row) => /^\| `([a-z-]+)` \|/.exec(row)?.[1])).toEqual(RULES.map((r) => r.id));
  });

  it('has three cells in each row, none empty', () => {
    for (const row of rows) {
      const cells = row.slice(2, -2).split(/(?<!\\) \| /);
      expect(cells).toHaveLength(3);
      for (const cell of cells) expect(cell).toMatch(/\S/);
    }
  });
});

describe('the list', () => {
  it.each([60, 80, 250])('gives each rule one line that fits %i columns', (width) => {
    const lines = rulesList(RULES, width).split('\n').slice(0, RULES.length);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    expect(lines.map((line) => line.split(' ')[0])).toEqual(RULES.map((r) => r.id));
  });

  it('says what a rule means, and cuts what does not fit', () => {
    const meaning = firstSentence(RULES[0]?.page.meaning ?? '');
    expect(rulesList(RULES, 1000).split('\n')[0]).toContain(meaning);
    expect(rulesList(RULES, 60).split('\n')[0]).toMatch(/…$/);
  });
});

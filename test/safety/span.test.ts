import { expect, it } from 'vitest';
import { cover, MARK, type Span } from '../../src/safety/span.js';

const span = (from: number, to: number, mark = MARK): Span => ({ from, to, mark });

it.each<[string, Span[], string]>([
  ['nothing', [], 'abcdefgh'],
  ['all', [span(0, 8)], '[redacted]'],
  ['two', [span(5, 6), span(1, 2)], 'a[redacted]cde[redacted]gh'],
  ['two that touch', [span(1, 3), span(3, 5)], 'a[redacted]fgh'],
  ['two that overlap', [span(2, 5), span(1, 3)], 'a[redacted]fgh'],
  ['one inside the other', [span(1, 7), span(2, 3)], 'a[redacted]h'],
  ['two from one place: the longer one has its mark', [span(1, 3, '***'), span(1, 5)], 'a[redacted]fgh'],
  ['the same the other way round', [span(1, 5), span(1, 3, '***')], 'a[redacted]fgh'],
])('covers %s', (_, spans, shown) => {
  expect(cover('abcdefgh', spans)).toBe(shown);
});

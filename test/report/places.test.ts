import { describe, expect, it } from 'vitest';
import { askedModel, byPlace, rowParts } from '../../src/report/places.js';
import { cell, DOWN, report } from '../render/support.js';

describe('a row for each place', () => {
  const eu = { vantage: 'eu' };

  it('says for each whether the model can be used there', () => {
    const { models, cells, summary } = byPlace(
      report([
        cell('org/a', 'router', eu),
        cell('org/a', 'router', { ...DOWN, vantage: '' }),
        cell('org/a', 'router+tools', { vantage: 'us' }),
      ]),
    );
    expect(models.map((m) => [m.id, m.usable, m.checked, m.best])).toEqual([
      ['org/a @eu', true, true, 'router'],
      ['org/a @unnamed', false, true, null],
      ['org/a @us', false, false, null],
    ]);
    expect(summary).toMatchObject({ models: 3, usable: 1 });
    expect(cells.map(askedModel)).toEqual(['org/a', 'org/a', 'org/a']);
  });

  it.each([
    ['one run', report([cell('org/a @eu', 'router')])],
    ['one place', report([cell('org/a', 'router', eu), cell('org/b', 'router', eu)])],
  ])('is not made of %s', (_, whole) => {
    expect(byPlace(whole)).toBe(whole);
    expect(whole.cells.map(askedModel)).toEqual(whole.cells.map((c) => c.model));
  });

  it('is made of as many cells as a report may hold', () => {
    const one = cell('org/a', 'router', eu);
    const many = Array.from({ length: 100_000 }, (_, i) => (i === 0 ? { ...one, vantage: 'us' } : one));
    expect(byPlace({ ...report([one]), cells: many }).cells).toHaveLength(100_000);
  });
});

describe('the name of a row', () => {
  it.each([
    ['org/name @eu-west', { model: 'org/name', place: ' @eu-west' }],
    ['org/name', { model: 'org/name', place: '' }],
    ['@team @org/team, (@user)', { model: '@team @org/team, (@user)', place: '' }],
    [' @x', { model: '', place: ' @x' }],
  ])('%j', (row, parts) => {
    expect(rowParts(row)).toEqual(parts);
  });
});

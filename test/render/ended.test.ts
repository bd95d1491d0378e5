import { expect, it } from 'vitest';
import { openModels } from '../../src/render/human/headline.js';
import { cell, finding, flat, REACHED, report, shown, skipped } from './support.js';

/* What the last and the first line say of a run that came to an end too early, or nowhere. */

const late = { ...skipped('the time limit of the run was reached (--deadline 5)'), unfinished: true };

it('names the time limit, and whether anything was probed', () => {
  const none = report([cell('a/b', 'router', late)], { complete: false, exitCode: 3 });
  expect(flat(none)).toContain(
    'The time limit --deadline 5 ended the run before any model was probed. Give it',
  );
  const some = report([cell('a/b', 'router'), cell('c/d', 'router', late)], { complete: false, exitCode: 3 });
  expect(flat(some)).toContain('The time limit --deadline 5 ended the run before all was asked.');
});

it('promises no run that goes on where this one ended', () => {
  const text = flat(report([cell('a/b', 'router', REACHED)], { complete: false, exitCode: 130 }));
  expect(text).toContain('A new run starts from the beginning.');
  expect(text).not.toContain('for the rest');
});

it('counts no request as made that could not be sent', () => {
  const planned = { requests: 5, billable: 0, usd: 0 };
  const measured = { requests: 5, billable: 0 };
  const first = (unsent: number) =>
    shown(report([cell('a/b', 'router')], { cost: { planned, measured: { ...measured, unsent } } })).split(
      '\n',
    )[0];
  expect(first(5)).toContain('5 requests tried, none could be sent');
  expect(first(4)).toContain('5 requests, none paid');
});

it('leaves open what the report leaves open, whatever a finding says', () => {
  const r = report([cell('a/b', 'router'), cell('c/d', 'router', { outcome: 'unknown', status: null })], {
    findings: [finding({ models: ['c/d'], cells: [1] })],
  });
  expect(openModels(r)).toEqual(r.models.filter((m) => !m.usable && !m.checked).map((m) => m.id));
});

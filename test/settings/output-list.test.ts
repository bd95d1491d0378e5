import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OUTPUT_ENDINGS } from '../../src/settings/model.js';
import { outputList } from '../../src/settings/output-list.js';
import type { Place } from '../../src/settings/parser.js';
import { load, refusal, tree } from './support.js';

const parse = (raw: unknown, from: Place['from'] = 'flag') =>
  outputList.parse(raw, { from, cwd: '/my project' });

it.each(['a.json', './a.json', '../a.json', '/tmp/x/a.json', 'A.JSON', 'a b.json', 'a.md.json', '-.json'])(
  'takes %j from the command line',
  (file) => {
    expect(parse([file])).toEqual({ ok: true, value: [file] });
  },
);

describe('refused', () => {
  it.each([
    [[''], /none of them empty/],
    [['  '], /none of them empty/],
    [[3], /none of them empty/],
    [['.'], /directory/],
    [['..'], /directory/],
    [['out/'], /directory/],
    [['out/..'], /directory/],
    [['out.json/'], /directory/],
    [['out\\'], /directory/],
    [['-'], /known ending/],
    [['report'], /known ending/],
    [['.json'], /known ending/],
    [['a.junit'], /known ending/],
    [['a.github'], /known ending/],
    [['a.json.gz'], /known ending/],
    [['/dev/stdout'], /known ending/],
    [['~/a.json'], /without ~/],
    [['a\0.json'], /control characters/],
    [['a\n.json'], /control characters/],
    [['a\u202e.json'], /control characters/],
    [[`${'a'.repeat(1_000)}.json`], /at most 1,000/],
    [['a.json', 'a.json'], /same file twice/],
    [['a.json', './b/../a.json'], /same file twice/],
    [['a.json', '/my project/a.json'], /same file twice/],
    [{}, /takes a text/],
  ])('%j', (raw, problem) => {
    expect(parse(raw)).toMatchObject({ ok: false, problem: expect.stringMatching(problem) });
  });

  it('names what is known', () => {
    const hint = `Known endings: ${[...OUTPUT_ENDINGS.keys()].join(', ')}.`;
    expect(hint).toContain('.json, .ndjson, .md, .xml');
    expect(parse(['a.txt'])).toMatchObject({ ok: false, hint });
  });
});

describe('named in a config file', () => {
  it.each(['a.json', './b/a.json', 'b/../a.json', '..a.json', '/my project/a.json'])(
    '%j is below',
    (file) => {
      expect(parse(file, 'file').ok).toBe(true);
    },
  );

  it.each(['../a.json', 'b/../../a.json', '/tmp/a.json', '/my project2/a.json', '/a.json'])(
    '%j is not',
    (file) => {
      expect(parse(file, 'file')).toMatchObject({ ok: false, problem: expect.stringContaining('below') });
    },
  );

  it('is refused where a link of the tree leads out, and fine on the command line', async () => {
    const cwd = await tree({ 'hf-doctor.config.json': '{"output": "out/deep/a.json"}' });
    const elsewhere = await tree();
    await symlink(elsewhere, join(cwd, 'out'));
    expect(await refusal({ cwd })).toContain('a link leads out');
    const flags = { output: ['out/deep/a.json'] };
    expect((await load({ cwd, flags })).outputs.origin.from).toBe('flag');
  });

  it.each(['..', '/', '../..'])('is refused where the link goes to %s', async (target) => {
    const cwd = await tree({ 'hf-doctor.config.json': '{"output": ["out/a.json"]}' });
    await symlink(target, join(cwd, 'out'));
    expect(await refusal({ cwd })).toContain('a link leads out');
  });

  it('is fine where a link stays inside, or the directory is still to be made', async () => {
    const config = '{"output": ["in/a.json", "new/deep/b.json"]}';
    const cwd = await tree({ 'hf-doctor.config.json': config });
    await mkdir(join(cwd, 'real'));
    await symlink('real', join(cwd, 'in'));
    expect((await load({ cwd })).outputs.value).toEqual(['in/a.json', 'new/deep/b.json']);
  });
});

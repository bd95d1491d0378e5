import { expect, it } from 'vitest';
import { parseModelsFile } from '../../src/settings/models-file.js';
import { load, refusal } from './support.js';

const ids = (text: string) => parseModelsFile(text).refs.map(({ id, suffix }) => [id, suffix].join(':'));

it.each([
  ['one a line', 'a/b\nc/d:novita\n', ['a/b:', 'c/d:novita']],
  ['CRLF', 'a/b\r\nc/d\r\n', ['a/b:', 'c/d:']],
  ['CR', 'a/b\rc/d', ['a/b:', 'c/d:']],
  ['a byte order mark', '\ufeffa/b\n', ['a/b:']],
  ['comments', '# all\na/b # the first\n  # end\nc/d#x', ['a/b:', 'c/d:']],
  ['blanks', '\n\n  a/b \t\n\n', ['a/b:']],
  ['duplicates', 'a/b\na/b\na/b:x\na/b', ['a/b:', 'a/b:x']],
  ['nothing', '', []],
])('%s', (_, text, expected) => {
  expect(parseModelsFile(text).problems).toEqual([]);
  expect(ids(text)).toEqual(expected);
});

it('counts lines as an editor does, whatever ends them', () => {
  const text = '# list\r\na/b\r\n\r\nc d\n\n../x\r\n';
  expect(parseModelsFile(text).problems.map(({ line }) => line)).toEqual([4, 6]);
});

it('names the line in the refusal, the first five of many', async () => {
  const flags = { modelsFile: 'list.txt' };
  const text = await refusal({ flags, modelsFile: `a/b\n${'no good\n'.repeat(8)}` });
  expect(text).toContain('--models-file line 2: "no good" has a space');
  expect(text).toContain('--models-file line 6:');
  expect(text).not.toContain('line 7');
  expect(text).toContain('And 3 more lines.');
});

it.each([
  ['no model', '# nothing\n', 'names no model'],
  ['binary', '\u0000\u0001\u0002', 'line 1'],
])('refuses %s', async (_, modelsFile, text) => {
  expect(await refusal({ flags: { modelsFile: 'list.txt' }, modelsFile })).toContain(text);
});

it('says that it cannot be read, without the words of the system', async () => {
  const text = await refusal({ flags: { modelsFile: 'a\u001b[31m.txt' } });
  expect(text).toContain('cannot be read');
  expect(text).not.toMatch(/ENOENT|\p{C}/u);
});

it('adds to the ids of the command line and overrules the environment', async () => {
  const flags = { models: ['x/y', 'a/b'], modelsFile: 'list.txt' };
  const both = await load({ flags, modelsFile: 'a/b\nc/d' });
  expect(both.models.value.map(({ id }) => id)).toEqual(['x/y', 'a/b', 'c/d']);
  expect(both.models.origin).toEqual({ from: 'flag', name: '--models-file', path: 'list.txt' });
  const env = { HF_DOCTOR_MODELS: 'e/f' };
  const stdin = await load({ flags: { modelsFile: '-' }, env, modelsFile: 'a/b' });
  expect(stdin.models).toEqual({
    value: [{ id: 'a/b', suffix: null }],
    origin: { from: 'flag', name: '--models-file' },
  });
});

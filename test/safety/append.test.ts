import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendBounded, writeNew } from '../../src/safety/write.js';
import { oddFiles } from '../support/odd-files.js';
import { openFiles } from '../support/open-files.js';

let folder = '';
const at = (name: string): string => join(folder, name);
const { linkTo, pipe } = oddFiles(at);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'append-'));
  chmodSync(folder, 0o755);
  writeFileSync(at('file'), 'old');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('writeNew', () => {
  it('writes a file that is not there yet', async () => {
    expect(await writeNew(at('new'), 'größe\n')).toEqual({ ok: true });
    expect(readFileSync(at('new'), 'utf8')).toBe('größe\n');
    expect(openFiles()).not.toContain(at('new'));
    expect(lstatSync(at('new')).mode & 0o777).toBe(0o644 & ~process.umask());
  });

  it.each<[string, () => string, string]>([
    ['a file', () => at('file'), 'it is there already'],
    ['a link to a file', () => linkTo(at('file')), 'it is there already'],
    ['a link that leads nowhere', () => linkTo(at('nowhere')), 'it is there already'],
    ['a folder', () => folder, 'it is there already'],
    ['a missing folder', () => at('no/such'), 'its folder does not exist'],
    ['NUL', () => at('a\0b'), 'the system refused it'],
  ])('does not touch %s', async (_, target, reason) => {
    expect(await writeNew(target(), 'new')).toEqual({ ok: false, reason });
    expect(readFileSync(at('file'), 'utf8')).toBe('old');
  });
});

describe('appendBounded', () => {
  const anywhere = { inside: null, most: 100 };
  const add = (path: string, inside: string | null = null) =>
    appendBounded(path, { inside, most: 100 }, () => '+new');

  it('adds to what stands there', async () => {
    expect(await add(at('file'))).toEqual({ ok: true });
    expect(await add(at('file'))).toEqual({ ok: true });
    expect(openFiles()).not.toContain(at('file'));
    expect(readFileSync(at('file'), 'utf8')).toBe('old+new+new');
  });

  it.each<[string, () => string, RegExp]>([
    ['an empty name', () => '', /^this is not a file name$/],
    ['NUL', () => at('a\0b'), /^this is not a file name$/],
    ['a missing file', () => at('none'), /^it does not exist$/],
    ['a file as folder', () => at('file/x'), /^its folder does not exist$/],
    ['a folder', () => folder, /^a folder stands there$/],
    ['a link to a file', () => linkTo(at('file')), /^a link stands there/],
    ['a device', () => '/dev/null', /^a device, a pipe or a socket/],
    ['a pipe that nobody reads', () => pipe(), /^a device, a pipe or a socket/],
    ['a name too long', () => at('x'.repeat(300)), /^the name is too long$/],
    ['a loop of links', () => join(linkTo(at('a-link')), 'x'), /leads to itself$/],
  ])('refuses %s', async (_, target, reason) => {
    expect(await add(target())).toEqual({ ok: false, reason: expect.stringMatching(reason) });
    expect(readFileSync(at('file'), 'utf8')).toBe('old');
  });

  it('tells how many bytes are left, and adds up to the last of them', async () => {
    let told = 0;
    const answer = await appendBounded(at('file'), anywhere, (room) => {
      told = room;
      return `${'ö'.repeat(48)}x`;
    });
    expect({ told, answer }).toEqual({ told: 97, answer: { ok: true } });
    expect(lstatSync(at('file')).size).toBe(100);
  });

  it.each<[string, string | null]>([
    ['nothing fits', null],
    ['one byte too many', 'x'.repeat(98)],
    ['one byte too many by a wide character', `${'ö'.repeat(48)}xy`],
  ])('adds nothing when it is full: %s', async (_, text) => {
    expect(await appendBounded(at('file'), anywhere, () => text)).toEqual({
      ok: false,
      reason: 'it is full',
    });
    expect(readFileSync(at('file'), 'utf8')).toBe('old');
  });

  it('says so when the text cannot be made', async () => {
    const answer = await appendBounded(at('file'), anywhere, () => {
      throw new Error('no');
    });
    expect(answer).toEqual({ ok: false, reason: 'the system refused it' });
  });

  describe('inside a folder', () => {
    beforeEach(() => {
      mkdirSync(at('in/deep'), { recursive: true });
      mkdirSync(at('in/..more'));
      mkdirSync(at('in-side'));
      for (const name of ['in/file', 'in/deep/file', 'in/..more/file', 'in-side/file'])
        writeFileSync(at(name), 'old');
      symlinkSync(at('in'), at('way-in'));
      symlinkSync(folder, at('in/way-out'));
    });

    it.each([
      ['in/file', 'in'],
      ['in/deep/file', 'in'],
      ['in/..more/file', 'in'],
      ['in/deep/../file', 'in'],
      ['way-in/file', 'in'],
      ['in/file', 'way-in'],
      ['in/way-out/in/file', 'in'],
    ])('%s lies in %s', async (name, inside) => {
      expect(await add(at(name), at(inside))).toEqual({ ok: true });
      expect(readFileSync(at(name), 'utf8')).toBe('old+new');
    });

    it.each([
      ['file', 'in'],
      ['in-side/file', 'in'],
      ['in/../file', 'in'],
      ['in/way-out/file', 'in'],
      ['way-in/way-out/in-side/file', 'in'],
      ['in/file', 'in/deep'],
    ])('%s does not lie in %s', async (name, inside) => {
      expect(await add(`${folder}/${name}`, at(inside))).toEqual({
        ok: false,
        reason: 'it lies outside the folder that is meant for it',
      });
      expect(readFileSync(at(name), 'utf8')).toBe('old');
    });

    it('that is missing: the file stays', async () => {
      expect(await add(at('in/file'), at('none'))).toEqual({ ok: false, reason: 'it does not exist' });
    });
  });
});

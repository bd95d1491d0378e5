import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  createWriteStream,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { isMainThread } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emit, emitAll, readBounded, readStdinBounded, writeAtomic } from '../../src/safety/write.js';
import { oddFiles } from '../support/odd-files.js';
import { openFiles } from '../support/open-files.js';

let folder = '';
const at = (name: string): string => join(folder, name);
const { file, linkTo, pipe } = oddFiles(at);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'write-'));
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Root may read and write everything: these cases need another user, which a worker thread cannot be. */
async function asSomebody<T>(act: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return act();
  process.seteuid?.(65534);
  try {
    return await act();
  } finally {
    process.seteuid?.(0);
  }
}

describe('writeAtomic', () => {
  it('writes a new file that others may read, and leaves nothing else', async () => {
    expect(await writeAtomic(at('report.json'), 'größe\n')).toEqual({ ok: true });
    expect(readFileSync(at('report.json'), 'utf8')).toBe('größe\n');
    expect(lstatSync(at('report.json')).mode & 0o777).toBe(0o644);
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  it.each([
    [0o600, 0o600],
    [0o666, 0o644],
    [0o644, 0o644],
  ])('replaces a file of mode %o by one of mode %o', async (before, after) => {
    writeFileSync(at('report'), 'old and longer');
    chmodSync(at('report'), before);
    expect(await writeAtomic(at('report'), 'new')).toEqual({ ok: true });
    expect(readFileSync(at('report'), 'utf8')).toBe('new');
    expect(lstatSync(at('report')).mode & 0o777).toBe(after);
  });

  it('writes a text in pieces', async () => {
    expect(await writeAtomic(at('report'), ['one ', 'größe ', 'three'])).toEqual({ ok: true });
    expect(readFileSync(at('report'), 'utf8')).toBe('one größe three');
    expect(await writeAtomic(at('report'), [])).toEqual({ ok: true });
    expect(readFileSync(at('report'), 'utf8')).toBe('');
  });

  it('replaces a link and leaves its target alone', async () => {
    writeFileSync(at('victim'), 'whole');
    symlinkSync(at('victim'), at('link'));
    symlinkSync(at('nowhere'), at('dangling'));
    linkSync(at('victim'), at('hard'));
    for (const name of ['link', 'dangling', 'hard']) {
      expect(await writeAtomic(at(name), 'new')).toEqual({ ok: true });
      expect(lstatSync(at(name)).isFile()).toBe(true);
      expect(readFileSync(at(name), 'utf8')).toBe('new');
    }
    expect(readFileSync(at('victim'), 'utf8')).toBe('whole');
    expect(readdirSync(folder).toSorted()).toEqual(['dangling', 'hard', 'link', 'victim']);
  });

  it.each<[string, () => string, RegExp]>([
    ['a folder', () => folder, /folder stands/],
    ['a link to a folder', () => linkTo(folder), /folder stands/],
    ['a folder by its name', () => `${at('x')}/`, /folder is named/],
    ['a pipe', () => pipe(), /device, a pipe/],
    ['a link to a pipe', () => linkTo(pipe()), /device, a pipe/],
    ['a device', () => '/dev/null', /device, a pipe/],
    ['a link to a device', () => linkTo('/dev/null'), /device, a pipe/],
    ['a new name among the devices', () => '/dev/hf-doctor-test', /belongs to the system/],
    ['a new name in /proc', () => '/proc/self/hf-doctor-test', /belongs to the system/],
    ['NUL', () => at('a\0b'), /not a file name/],
    ['an empty name', () => '', /not a file name/],
    ['a missing folder', () => at('no/such/x'), /does not exist/],
    ['a file as folder', () => join(file(), 'x'), /does not exist/],
    ['a name too long', () => at('x'.repeat(300)), /too long/],
    ['a loop of links', () => join(loop(), 'x'), /leads to itself/],
  ])('refuses %s', async (_, target, reason) => {
    const path = target();
    const before = readdirSync(folder).toSorted();
    expect(await writeAtomic(path, 'new')).toMatchObject({
      ok: false,
      reason: expect.stringMatching(reason),
    });
    expect(readdirSync(folder).toSorted()).toEqual(before);
  });

  it.skipIf(!isMainThread)('says so when it may not write, and the old file stays', async () => {
    writeFileSync(at('report'), 'old');
    const answer = await asSomebody(() => {
      if (process.geteuid?.() !== 65534) chmodSync(folder, 0o555);
      return writeAtomic(at('report'), 'new');
    });
    chmodSync(folder, 0o755);
    expect(answer).toEqual({ ok: false, reason: 'there is no permission to write there' });
    expect(readFileSync(at('report'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['report']);
  });

  it('leaves nothing behind when the writing itself fails', async () => {
    writeFileSync(at('report'), 'old');
    const answer = await writeAtomic(at('report'), Symbol('not text') as unknown as string);
    expect(answer).toEqual({ ok: false, reason: 'the system refused it' });
    expect(readdirSync(folder)).toEqual(['report']);
    expect(readFileSync(at('report'), 'utf8')).toBe('old');
  });

  it('removes its own old left-overs and nothing else', async () => {
    const names = [1, 2].map((n) => `.hf-doctor-${String(n).repeat(16)}.tmp`);
    const others = [
      '.hf-doctor-1.tmp',
      'hf-doctor-1111111111111111.tmp',
      '.hf-doctor-3333333333333333.tmp.json',
    ];
    for (const name of [...names, ...others]) writeFileSync(at(name), 'x');
    const old = new Date(Date.now() - 2 * 3_600_000);
    for (const name of [names[0] ?? '', ...others]) utimesSync(at(name), old, old);
    expect(await writeAtomic(at('report'), 'new')).toEqual({ ok: true });
    expect(readdirSync(folder).toSorted()).toEqual([names[1], ...others, 'report'].toSorted());
  });

  it('gives a reader one whole file, whoever writes last', async () => {
    const texts = Array.from({ length: 12 }, (_, n) => String.fromCharCode(97 + n).repeat(200_000));
    const answers = await Promise.all(texts.map((text) => writeAtomic(at('report'), text)));
    expect(answers).toEqual(texts.map(() => ({ ok: true })));
    expect(texts).toContain(readFileSync(at('report'), 'utf8'));
    expect(readdirSync(folder)).toEqual(['report']);
  });
});

describe('emit', () => {
  it('resolves only when the text was taken', async () => {
    let taken = '';
    const slow = new Writable({
      write(chunk, _encoding, done) {
        setTimeout(() => {
          taken += chunk;
          done();
        }, 20);
      },
    });
    expect(await emit(slow, 'report')).toBe('written');
    expect(taken).toBe('report');
  });

  it('says closed, without a crash, when the reader is gone', async () => {
    const child = spawn('true', { stdio: ['pipe', 'ignore', 'ignore'] });
    await once(child, 'exit');
    expect(await emit(child.stdin, 'x'.repeat(1_000_000))).toBe('closed');
    expect(await emit(child.stdin, 'more')).toBe('closed');
  });

  it('says closed for a stream that was ended or destroyed', async () => {
    const ended = new PassThrough();
    ended.end();
    expect(await emit(ended, 'x')).toBe('closed');
    const destroyed = new PassThrough();
    destroyed.destroy();
    expect(await emit(destroyed, 'x')).toBe('closed');
  });

  it.skipIf(process.platform !== 'linux')('says failed on a full disk', async () => {
    const full = createWriteStream('/dev/full');
    expect(await emit(full, 'report')).toBe('failed');
  });

  it('says failed for another fault, also one that is thrown', async () => {
    const broken = new Writable({ write: (_chunk, _encoding, done) => done(new Error('no')) });
    expect(await emit(broken, 'x')).toBe('failed');
    const throwing = {
      listeners: () => [],
      on: () => throwing,
      write: () => {
        throw new Error('no');
      },
    };
    expect(await emit(throwing as unknown as NodeJS.WritableStream, 'x')).toBe('failed');
  });

  it('takes a stream that names no error for one that has none', async () => {
    const plain = {
      listeners: () => [],
      on: () => plain,
      write: (_text: string, done: (error?: Error) => void) => done(),
    };
    expect(await emit(plain as unknown as NodeJS.WritableStream, 'x')).toBe('written');
  });

  it('listens once, however often it writes', async () => {
    const stream = new PassThrough();
    stream.resume();
    for (let i = 0; i < 50; i++) expect(await emit(stream, 'line\n')).toBe('written');
    expect(stream.listenerCount('error')).toBe(1);
  });
});

describe('emitAll', () => {
  it('writes all pieces in their order', async () => {
    const stream = new PassThrough({ encoding: 'utf8' });
    expect(await emitAll(stream, ['a', 'b', 'c'])).toBe('written');
    expect(stream.read()).toBe('abc');
    expect(await emitAll(stream, [])).toBe('written');
  });

  it('ends with the first that could not be written', async () => {
    const taken: string[] = [];
    const breaking = new Writable({
      decodeStrings: false,
      write: (chunk, _encoding, done) => {
        taken.push(chunk);
        done(chunk === 'b' ? new Error('no') : null);
      },
    });
    expect(await emitAll(breaking, ['a', 'b', 'c'])).toBe('failed');
    expect(taken).toEqual(['a', 'b']);
  });
});

describe('readBounded', () => {
  it.each([
    ['a small file', 'größe\n', 100],
    ['an empty file', '', 100],
    ['a byte order mark', '\ufeffhf', 100],
    ['exactly the limit', 'x'.repeat(100), 100],
    ['more than one chunk', 'x'.repeat(200_000), 300_000],
  ])('reads %s', async (_, text, max) => {
    writeFileSync(at('f'), text);
    expect(await readBounded(at('f'), max)).toEqual({ ok: true, text });
  });

  it('reads what is not UTF-8 as replacement characters', async () => {
    writeFileSync(at('f'), Buffer.from([0x61, 0xff, 0xfe, 0x62]));
    expect(await readBounded(at('f'), 10)).toEqual({ ok: true, text: 'a\ufffd\ufffdb' });
  });

  it('leaves nothing open', async () => {
    writeFileSync(at('f'), 'x'.repeat(101));
    for (const max of [100, 101]) {
      await readBounded(at('f'), max);
      expect(openFiles()).not.toContain(at('f'));
    }
  });

  it('follows a link to a file', async () => {
    expect(await readBounded(linkTo(file()), 10)).toEqual({ ok: true, text: 'file' });
  });

  it.each<[string, () => string, string]>([
    ['a missing file', () => at('none'), 'missing'],
    ['a file as folder', () => join(file(), 'x'), 'missing'],
    ['a dangling link', () => linkTo(at('none')), 'missing'],
    ['a folder', () => folder, 'not-a-file'],
    ['a pipe that nobody writes', () => pipe(), 'not-a-file'],
    ['a link to a pipe', () => linkTo(pipe()), 'not-a-file'],
    ['/dev/zero', () => '/dev/zero', 'not-a-file'],
    ['a link to /dev/zero', () => linkTo('/dev/zero'), 'not-a-file'],
    ['one byte too many', () => file('x'.repeat(101)), 'too-large'],
    ['3 GB of nothing', () => sparse(), 'too-large'],
    ['a loop of links', () => loop(), 'unreadable'],
    ['NUL', () => at('a\0b'), 'unreadable'],
  ])('refuses %s', async (_, target, reason) => {
    expect(await readBounded(target(), 100)).toEqual({ ok: false, reason });
  });

  it.skipIf(process.platform !== 'linux')('counts what a file of size 0 really holds', async () => {
    expect(lstatSync('/proc/self/environ').size).toBe(0);
    expect(await readBounded('/proc/self/environ', 10)).toEqual({ ok: false, reason: 'too-large' });
  });

  it.skipIf(!isMainThread)('says so when it may not read', async () => {
    chmodSync(file(), 0o000);
    expect(await asSomebody(() => readBounded(at('file'), 100))).toEqual({ ok: false, reason: 'denied' });
  });
});

describe('readStdinBounded', () => {
  it('reads all of a short input, also one cut inside a character', async () => {
    const bytes = Buffer.from('größe');
    expect(await readStdinBounded(Readable.from([bytes.subarray(0, 3), bytes.subarray(3)]), 100)).toBe(
      'größe',
    );
    expect(await readStdinBounded(Readable.from([]), 100)).toBe('');
  });

  it('stops an endless one at the limit, and lets go of it', async () => {
    const endless = spawn('yes', { stdio: ['ignore', 'pipe', 'ignore'] });
    const gone = once(endless, 'exit');
    expect(await readStdinBounded(endless.stdout, 100_001)).toBe(`${'y\n'.repeat(50_000)}y`);
    await gone;
  });

  it('does not wait for more than it takes', async () => {
    const open = new PassThrough();
    open.write('x'.repeat(100));
    expect(await readStdinBounded(open, 100)).toBe('x'.repeat(100));
    expect(open.destroyed).toBe(true);
  });

  it('keeps what came before a fault', async () => {
    async function* broken() {
      yield Buffer.from('before');
      throw new Error('no');
    }
    expect(await readStdinBounded(Readable.from(broken()), 100)).toBe('before');
  });

  it('takes a stream of strings', async () => {
    const stream = new PassThrough({ encoding: 'utf8' });
    stream.end('größe');
    expect(await readStdinBounded(stream, 4)).toBe('grö');
  });
});

function loop(): string {
  symlinkSync(at('loop-2'), at('loop-1'));
  symlinkSync(at('loop-1'), at('loop-2'));
  return at('loop-1');
}

function sparse(): string {
  mkdirSync(at('big'));
  writeFileSync(at('big/file'), '');
  truncateSync(at('big/file'), 3_000_000_000);
  return at('big/file');
}

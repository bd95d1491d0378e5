import { spawn } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { isMainThread } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tailOfFile, tailOfStream } from '../../src/safety/tail.js';
import { oddFiles } from '../support/odd-files.js';
import { openFiles } from '../support/open-files.js';

const MAX = 100;
/** Letters that tell where they stood. */
const letters = (size: number): string =>
  Array.from({ length: size }, (_, i) => String.fromCharCode(97 + (i % 26))).join('');

/** Each size, whether something is left out. */
const sizes: readonly [number, boolean][] = [
  [0, false],
  [1, false],
  [MAX, false],
  [MAX + 1, true],
  [2 * MAX - 1, true],
  [2 * MAX, true],
  [2 * MAX + 1, true],
  [9 * MAX + 7, true],
];

describe('tailOfStream', () => {
  for (const piece of [1, 7, MAX, 3 * MAX]) {
    it.each(sizes)(`keeps the end of %i bytes in pieces of ${piece}`, async (size, truncated) => {
      const text = letters(size);
      expect(await tailOfStream(streamOf(text, piece), MAX)).toEqual({ text: text.slice(-MAX), truncated });
    });
  }

  it('takes strings, and counts their bytes', async () => {
    const stream = new PassThrough({ encoding: 'utf8' });
    stream.end('größe');
    expect(await tailOfStream(stream, 4)).toEqual({ text: 'ße', truncated: true });
  });

  it.each(['ö', '大', '😀'])('leaves out what is left of a %s that was cut', async (char) => {
    const width = Buffer.byteLength(char);
    for (let more = 0; more < width; more++) {
      const kept = await tailOfStream(streamOf(char.repeat(60), 7), 5 * width + more);
      expect(kept).toEqual({ text: char.repeat(5), truncated: true });
    }
  });

  it('keeps bytes that are no text: only three of them can belong to a cut', async () => {
    const odd = Buffer.alloc(6, 0x80);
    expect(await tailOfStream(streamOf(odd, 6), 6)).toEqual({ text: '\ufffd'.repeat(6), truncated: false });
    expect(await tailOfStream(streamOf(odd, 6), 5)).toEqual({ text: '\ufffd'.repeat(2), truncated: true });
  });

  it('stops an endless one after twenty times what it keeps, and lets go of it', async () => {
    let pulled = 0;
    let ended = false;
    async function* endless() {
      try {
        for (;;)
          yield Buffer.from(
            letters(MAX)
              .toUpperCase()
              .slice(0, MAX - 2) + String(10 + ++pulled),
          );
      } finally {
        ended = true;
      }
    }
    const { text, truncated } = await tailOfStream(endless() as unknown as NodeJS.ReadableStream, MAX);
    expect({ pulled, ended, truncated, size: text.length }).toEqual({
      pulled: 21,
      ended: true,
      truncated: true,
      size: MAX,
    });
    expect(text.endsWith('31')).toBe(true);
  });

  it('keeps what came before a fault', async () => {
    async function* broken() {
      yield Buffer.from('before');
      throw new Error('no');
    }
    expect(await tailOfStream(Readable.from(broken()), MAX)).toEqual({ text: 'before', truncated: false });
  });
});

let folder = '';
const at = (name: string): string => join(folder, name);
const { file, linkTo, pipe } = oddFiles(at);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tail-'));
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const signal = (): AbortSignal => new AbortController().signal;

describe('tailOfFile', () => {
  it.each(sizes)('keeps the end of a file of %i bytes', async (size, truncated) => {
    const text = letters(size);
    const path = file(text);
    expect(await tailOfFile(path, MAX, signal())).toEqual({ ok: true, text: text.slice(-MAX), truncated });
    expect(openFiles()).not.toContain(path);
  });

  it('reads the end of a file that is larger than what is read of a pipe', async () => {
    const text = letters(30 * MAX + 3);
    expect(await tailOfFile(file(text), MAX, signal())).toEqual({
      ok: true,
      text: text.slice(-MAX),
      truncated: true,
    });
  });

  it('leaves out what is left of a character that was cut', async () => {
    for (let more = 0; more < 4; more++)
      expect(await tailOfFile(file('😀'.repeat(60)), 20 + more, signal())).toEqual({
        ok: true,
        text: '😀'.repeat(5),
        truncated: true,
      });
  });

  it('follows a link to a file', async () => {
    expect(await tailOfFile(linkTo(file('text')), MAX, signal())).toMatchObject({ ok: true, text: 'text' });
  });

  it.each<[string, () => string, string]>([
    ['a missing file', () => at('none'), 'missing'],
    ['a file as folder', () => join(file(), 'x'), 'missing'],
    ['a text of some length', () => at('x'.repeat(5_000)), 'missing'],
    ['a folder', () => folder, 'not-a-file'],
    ['a device', () => '/dev/zero', 'not-a-file'],
    ['a link to a device', () => linkTo('/dev/zero'), 'not-a-file'],
    ['NUL', () => at('a\0b'), 'unreadable'],
    ['a loop of links', () => linkTo(at('a-link')), 'unreadable'],
  ])('refuses %s', async (_, target, reason) => {
    expect(await tailOfFile(target(), MAX, signal())).toEqual({ ok: false, reason });
  });

  it.skipIf(!isMainThread)('says so when it may not read', async () => {
    chmodSync(file(), 0o000);
    process.seteuid?.(process.geteuid?.() === 0 ? 65534 : (process.geteuid?.() ?? 0));
    const answer = await tailOfFile(at('file'), MAX, signal());
    if (process.getuid?.() === 0) process.seteuid?.(0);
    expect(answer).toEqual({ ok: false, reason: 'denied' });
  });
});

describe.skipIf(process.platform === 'win32')('tailOfFile of a pipe', () => {
  it('waits for its writer, reads to its end and leaves nothing open', async () => {
    const path = pipe();
    const { signal } = new AbortController();
    const tail = tailOfFile(path, MAX, signal);
    // The file name comes as an argument: no shell reads it.
    const writer = spawn('tee', [path], { stdio: ['pipe', 'ignore', 'inherit'] });
    writer.stdin.end(letters(9 * MAX));
    expect(await tail).toEqual({ ok: true, text: letters(9 * MAX).slice(-MAX), truncated: true });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    await expect.poll(openFiles).not.toContain(path);
  });

  it('ends at the signal when nobody writes', async () => {
    const path = pipe();
    const stop = new AbortController();
    const tail = tailOfFile(path, MAX, stop.signal);
    await expect.poll(() => getEventListeners(stop.signal, 'abort').length).toBe(1);
    stop.abort();
    expect(await tail).toEqual({ ok: true, text: '', truncated: false });
    await expect.poll(openFiles).not.toContain(path);
  });

  it('ends an endless writer, and closes the pipe to it', async () => {
    const path = pipe();
    const tail = tailOfFile(path, MAX, signal());
    const writer = spawn('sh', ['-c', 'exec yes > "$0"', path], { stdio: 'ignore' });
    const gone = new Promise((done) => writer.once('exit', done));
    expect(await tail).toMatchObject({ ok: true, truncated: true });
    await gone;
  });
});

function streamOf(text: string | Buffer, piece: number): Readable {
  const bytes = Buffer.from(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, i) =>
    bytes.subarray(i * piece, (i + 1) * piece),
  );
  return Readable.from(pieces);
}

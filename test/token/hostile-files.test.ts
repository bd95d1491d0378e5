import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canary, sandbox, search } from './support.js';

const T = canary(1);
const FILES = ['.cache/huggingface/token', '.cache/huggingface/stored_tokens', '.env'];

function sparse(path: string, size: number): void {
  writeFileSync(path, '');
  truncateSync(path, size);
}

const HOSTILE: [string, (path: string) => void, RegExp][] = [
  ['FIFO', (path) => execFileSync('mkfifo', [path]), /not a regular file/],
  ['directory', (path) => mkdirSync(path), /not a regular file/],
  ['device', (path) => symlinkSync('/dev/zero', path), /not a regular file/],
  ['3 GB, sparse', (path) => sparse(path, 3 * 2 ** 30), /too large/],
  ['one byte over the limit', (path) => writeFileSync(path, 'x'.repeat(64 * 1024 + 1)), /too large/],
  ['link to itself', (path) => symlinkSync(path, path), /could not be read|not a regular file/],
];

describe.skipIf(process.platform === 'win32').each(FILES)('%s', (file) => {
  it.each(HOSTILE)('%s', async (_, make, note) => {
    const box = sandbox();
    const path = join(box.home, file);
    mkdirSync(dirname(path), { recursive: true });
    make(path);
    const { winner, notes } = await search(box);
    expect(winner).toBeNull();
    expect(notes).toEqual([expect.stringMatching(note)]);
    expect(notes[0]).toContain(file === '.env' ? '.env' : `~/${file}`);
  });

  it('binary noise gives no token and no error', async () => {
    const box = sandbox();
    const path = join(box.home, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, Buffer.from(Array.from({ length: 65_536 }, (_, n) => (n * 7919) % 256)), {
      mode: 0o600,
    });
    const { winner } = await search(box);
    expect(winner?.secret ?? null).toBeNull();
  });
});

describe('a token file', () => {
  const read = async (
    content: string | Buffer,
    mode = 0o600,
    platform: { platform?: NodeJS.Platform } = {},
  ) => {
    const box = sandbox();
    mkdirSync(join(box.home, '.cache/huggingface'), { recursive: true });
    const path = join(box.home, '.cache/huggingface/token');
    writeFileSync(path, content);
    chmodSync(path, mode);
    return search({ ...box, ...platform });
  };

  it.each([
    ['two lines, two tokens', `${T}\n${canary(2)}\n`, 'duplicated'],
    ['two lines, one comment', `${T}\n# my token\n`, 'whitespace'],
    ['JSON', JSON.stringify({ token: T }), 'provider-key'],
    ['byte order mark', `\ufeff${T}\n`, 'byte-order-mark'],
    ['UTF-16 of Windows PowerShell', Buffer.from(`\ufeff${T}\r\n`, 'utf16le'), 'control-character'],
    ['latin1', Buffer.from(`${T}\xe9`, 'latin1'), 'non-ascii'],
  ])('%s', async (_, content, fault) => {
    const { winner, secrets } = await read(content);
    expect(winner?.secret).toBeNull();
    expect(winner?.faults.map((f) => f.kind)).toContain(fault);
    expect(secrets.length).toBeGreaterThan(0);
  });

  it('with CRLF is fine', async () => {
    const { winner } = await read(`${T}\r\n`);
    expect(winner?.secret?.length).toBe(T.length);
  });

  it('has no such mode on Windows', async () => {
    expect((await read(T, 0o644, { platform: 'win32' })).notes).toEqual([]);
  });

  it.skipIf(process.platform === 'win32').each([
    [0o644, 1],
    [0o640, 1],
    [0o604, 1],
    [0o600, 0],
    [0o400, 0],
  ])('of mode %o', async (mode, count) => {
    const { notes } = await read(T, mode);
    expect(notes).toHaveLength(count);
    for (const note of notes) expect(note).toMatch(/chmod 600 ~\/\.cache\/huggingface\/token$/);
  });

  it.skipIf(process.platform === 'win32')('behind a link, as secret volumes have it, is read', async () => {
    const box = sandbox();
    writeFileSync(join(box.home, 'data'), T, { mode: 0o600 });
    symlinkSync('data', join(box.home, 'token'));
    const { winner } = await search({ ...box, env: { HF_TOKEN_PATH: '~/token' } });
    expect(winner?.secret?.length).toBe(T.length);
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'without permission is named',
    async () => {
      const { winner, notes } = await read(T, 0o000);
      expect(winner).toBeNull();
      expect(notes).toEqual([expect.stringContaining('may not read it')]);
    },
  );
});

describe('.env', () => {
  it('changes no environment and runs nothing', async () => {
    const box = sandbox();
    const before = JSON.stringify(process.env);
    const env = Object.freeze({ WHO: T });
    writeFileSync(join(box.cwd, '.env'), 'HF_TOKEN=$(touch ran)\nHUGGING_FACE_HUB_TOKEN=$WHO\nPATH=/evil\n');
    const { winner, candidates } = await search({ ...box, env });
    expect(winner?.secret).toBeNull();
    expect(candidates.every((c) => c.faults[0]?.kind === 'placeholder')).toBe(true);
    expect(JSON.stringify(process.env)).toBe(before);
  });
});

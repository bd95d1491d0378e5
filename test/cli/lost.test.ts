import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BIN, emptyFolder } from '../support/cli.js';

/* What was written and did not arrive is said, by every command, once. */

const FULL = '/dev/full';

function onto(argv: readonly string[]): Promise<{ code: number | null; stderr: string }> {
  const folder = emptyFolder();
  const full = openSync(FULL, 'w');
  const child = spawn(process.execPath, [BIN, ...argv], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', HOME: folder },
    stdio: ['ignore', full, 'pipe'],
  });
  closeSync(full);
  let stderr = '';
  child.stderr?.on('data', (d) => {
    stderr += d;
  });
  return new Promise((done) => {
    child.on('close', (code) => done({ code, stderr }));
  });
}

describe.skipIf(!existsSync(FULL))('stdout on a full disk', () => {
  it.each([
    ['check --simulate novita-500'],
    ['check --simulate novita-500 --format json'],
    ['check --simulate novita-500 --format ndjson'],
    ['check --simulate novita-500 --plan'],
    ['fallback --simulate novita-500'],
    ['token --simulate novita-500'],
    ['rules'],
    ['explain dns-failure'],
    ['schema report'],
    ['simulate --list'],
    ['--version'],
    ['--help'],
    ['check --help'],
  ])('%s', async (line) => {
    const { code, stderr } = await onto(line.split(' '));
    const told = 'stdout could not be written (ENOSPC: the disk is full)';
    expect(stderr.split(told)).toHaveLength(2);
    expect(code).toBe(4);
  });
});

import { execFileSync, spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import type { Report } from '../../src/report/model.js';
import { afterRound, START, type Watched } from '../../src/watch/round.js';

export const NOW = Date.parse('2026-11-21T09:00:00Z');

/** What is known after rounds with these reports, one a minute, the last one at `NOW`. */
export function afterRounds(...reports: Report[]): Watched {
  return reports.reduce((known, report, i) => {
    const at = new Date(NOW - (reports.length - 1 - i) * 60_000).toISOString();
    return afterRound(known, { report }, at).watched;
  }, START);
}

export interface Got {
  status: number;
  head: string;
  body: string;
}

/** Sends bytes as they are, and gives what comes back until the end. Never rejects. */
export async function raw(
  at: { address: string; port: number },
  text: string | Buffer,
): Promise<Got & { text: string }> {
  const socket = connect(at.port, at.address);
  const pieces: Buffer[] = [];
  socket.on('data', (piece: Buffer) => pieces.push(piece));
  socket.on('error', () => undefined);
  socket.write(text);
  await new Promise((resolve) => socket.on('close', resolve));
  const answer = Buffer.concat(pieces).toString('utf8');
  const end = answer.indexOf('\r\n\r\n');
  return {
    text: answer,
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0),
    head: answer.slice(0, Math.max(0, end)).toLowerCase(),
    body: end < 0 ? '' : answer.slice(end + 4),
  };
}

/** A request as a program sends it; `lines` are more headers, or others. */
export function get(
  at: { address: string; port: number },
  path = '/metrics',
  lines = [`Host: 127.0.0.1:${at.port}`],
  method = 'GET',
) {
  return raw(at, [`${method} ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
}

/** Where a program of Debian's package prometheus is; says so loudly where it is not. */
export function debian(program: 'prometheus' | 'promtool'): string | null {
  const found = spawnSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).stdout.trim();
  if (found !== '') return found;
  process.stderr.write(
    `\n!! ${program} is not installed: tests with it are skipped. As root: .ci/prometheus\n\n`,
  );
  return null;
}

/** What promtool prints; throws with it where promtool finds a fault. */
export function promtool(path: string, args: string[], input = ''): string {
  return execFileSync(path, args, { input, encoding: 'utf8', timeout: 60_000, stdio: 'pipe' });
}

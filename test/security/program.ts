import { type ChildProcess, spawn } from 'node:child_process';
import { expect } from 'vitest';
import { type Report, reportSchema } from '../../src/report/model.js';
import { BIN, emptyFolder } from '../support/cli.js';
import { canary, leaks, runnerCommands, terminalSafe } from '../support/leaks.js';

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: Buffer;
  stderr: Buffer;
}

export interface Start {
  env?: Readonly<Record<string, string>>;
  cwd?: string;
  home?: string;
  stdin?: string | Buffer;
  /** What Node itself is told, before the program. */
  node?: readonly string[];
  /** A shell line in which "$@" is the program: redirections, pipes, limits. */
  shell?: string;
  onStart?: (child: ChildProcess) => void;
}

/** A piece of a secret this long can be told apart from chance. */
export const LEAK = 6;
export const TOKEN = canary('security');

/** The built program with nothing of this machine's environment. Bytes stay bytes. */
export function program(argv: readonly string[], o: Start = {}): Promise<Ended> {
  const folder = emptyFolder();
  const line = [process.execPath, ...(o.node ?? []), BIN, ...argv];
  const [command = '', ...rest] = o.shell ? ['bash', '-c', o.shell, 'bash', ...line] : line;
  const child = spawn(command, rest, {
    cwd: o.cwd ?? folder,
    env: { PATH: process.env.PATH ?? '', HOME: o.home ?? folder, ...o.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (d) => out.push(d));
  child.stderr.on('data', (d) => err.push(d));
  child.stdin.on('error', () => {});
  child.stdin.end(o.stdin ?? '');
  o.onStart?.(child);
  return new Promise((done) => {
    child.on('close', (code, signal) =>
      done({ code, signal, stdout: Buffer.concat(out), stderr: Buffer.concat(err) }),
    );
  });
}

/** `check` with a token in the environment. */
export function check(argv: readonly string[], o: Start = {}): Promise<Ended> {
  return program(['check', ...argv], { ...o, env: { HF_TOKEN: TOKEN, ...o.env } });
}

const CODES = [0, 1, 2, 3, 4, 129, 130, 143];

/** What holds for every run, whatever the world did to it. */
export function expectStanding(r: Ended, canaries: readonly string[] = [TOKEN], more = ''): string {
  // Throws where the output is not valid UTF-8.
  const decode = (bytes: Buffer) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const [out, err] = [decode(r.stdout), decode(r.stderr)];
  const text = `${out}\n${err}`;
  expect(CODES).toContain(r.code);
  expect(terminalSafe(text)).toEqual([]);
  expect(runnerCommands(text)).toEqual([]);
  expect(text).not.toMatch(/^\s{1,8}at .{1,300}:\d+:\d+\)?$/m);
  expect(err).not.toMatch(/fault of its own/);
  expect(leaks(text + more, canaries)).toBeLessThan(LEAK);
  return out;
}

export function reportOf(r: Ended): Report {
  return reportSchema.parse(JSON.parse(r.stdout.toString('utf8')));
}

/** status/error of the one cell of each model on the router. */
export function verdicts(report: Report): Record<string, string> {
  const own = report.cells.filter((c) => !c.control && c.route === 'router');
  return Object.fromEntries(own.map((c) => [c.model, `${c.status ?? '-'} ${c.error ?? c.outcome}`]));
}

/** Chance with a seed that is printed, so that a failure can be played again: SEED=n. */
export function seeded(): () => number {
  let state = Number(process.env.SEED ?? Math.trunc(Math.random() * 1e9));
  console.log(`SEED=${state}`);
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Runs the tasks, so many at once. */
export async function each<T>(
  tasks: readonly T[],
  atOnce: number,
  work: (task: T) => Promise<void>,
): Promise<void> {
  const rest = [...tasks];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let task = rest.shift(); task !== undefined; task = rest.shift()) await work(task);
    }),
  );
}

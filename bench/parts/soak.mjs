/*
 * Loaded with --import into a watch: its pauses between the rounds are cut short, and at each of them it
 * tells on file descriptor 3, after a garbage collection, what the process holds.
 */
import { readdirSync, writeSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

const PAUSE_MS = 20_000;
const wait = timers.setTimeout;
timers.setTimeout = async (ms, ...rest) => {
  if (ms < PAUSE_MS) return wait(ms, ...rest);
  await wait(100);
  globalThis.gc();
  const { rss, heapUsed } = process.memoryUsage();
  const fds = readdirSync('/proc/self/fd').length;
  writeSync(3, `${JSON.stringify({ rss: rss / 2 ** 20, heap: heapUsed / 2 ** 20, fds })}\n`);
};
syncBuiltinESMExports();

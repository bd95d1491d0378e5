/*
 * npm run fuzz -- [--seed N] [--count 10000] [--only K]
 * Seeded hostile answers through the real pipeline and everything that is printed of it. A thread for
 * each of two cores; this one watches them, so that a loop that never ends is seen as well.
 * `--only K` repeats one case alone.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { type Failure, type Ground, runCase } from '../test/fuzz/case.js';
import { closeGround, makeGround } from '../test/fuzz/ground.js';
import { lookAtOwnTexts } from '../test/fuzz/own.js';

type Word = { is: 'ready' } | { is: 'end'; k: number; answers: number; failures: Failure[] };

const THREADS = 2;
/** Cases that a thread has under way: while one waits for a server, another is read. */
const ABREAST = 4;
/** Milliseconds without a word from a thread. */
const SILENCE = 60_000;
/** So many failures are enough to look at. */
const MOST = 25;

if (isMainThread) await main();
else await work();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { seed: { type: 'string' }, count: { type: 'string' }, only: { type: 'string' } },
  });
  const seed = whole(values.seed) ?? randomInt(2 ** 31);
  const count = whole(values.count) ?? 10_000;
  const only = whole(values.only);
  console.log(`seed ${seed}`);
  const started = performance.now();
  const failures: { k: number | null; failure: Failure }[] = [];
  const tell = (k: number | null, failure: Failure) => {
    failures.push({ k, failure });
    const again = k === null ? '' : `\n  again: npm run fuzz -- --seed ${seed} --only ${k}`;
    if (failures.length <= MOST)
      console.log(
        `seed ${seed}, case ${k ?? 'none'}: ${failure.fault} in ${failure.where}: ${ascii(failure.detail)}${again}`,
      );
  };
  for (const failure of lookAtOwnTexts()) tell(null, failure);

  const ground = makeGround(seed);
  const shared: Pick<Ground, 'seed' | 'folders'> = { seed, folders: ground.folders };
  let answers = 0;
  let cases = 0;
  let next = only ?? 0;
  /** The case that a thread shall do now; null: no more. */
  const hand = (): number | null => {
    if (only !== undefined) return next === only ? next++ : null;
    return answers < count && failures.length < MOST ? next++ : null;
  };
  const one = () =>
    new Promise<void>((done) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: shared });
      const under = new Set<number>();
      let silence: NodeJS.Timeout | undefined;
      const end = (failure: Failure | null) => {
        clearTimeout(silence);
        if (failure) for (const k of under) tell(k, failure);
        void worker.terminate().then(() => done());
      };
      const go = () => {
        clearTimeout(silence);
        for (let k = 0 as number | null; under.size < ABREAST && k !== null; ) {
          k = hand();
          if (k === null) continue;
          under.add(k);
          worker.postMessage(k);
        }
        if (under.size === 0) return end(null);
        silence = setTimeout(
          () => end({ fault: 'hang', where: 'the thread', detail: `silent for ${SILENCE} ms` }),
          SILENCE,
        );
      };
      worker.on('error', (error) =>
        end({ fault: 'crash', where: 'the thread', detail: error.stack ?? error.message }),
      );
      worker.on('message', (word: Word) => {
        if (word.is === 'end') {
          under.delete(word.k);
          answers += word.answers;
          cases += 1;
          for (const failure of word.failures) tell(word.k, failure);
        }
        go();
      });
    });
  await Promise.all(Array.from({ length: only === undefined ? THREADS : 1 }, one));
  closeGround(ground);

  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${cases} cases, ${seconds} s, ${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most`,
  );
  const of = (fault: Failure['fault']) => failures.filter((f) => f.failure.fault === fault).length;
  console.log(
    `${answers} answers, seed ${seed}: ${of('crash')} crashes, ${of('hang')} hangs, ${of('leak')} leaks, ${of('unsafe byte')} unsafe bytes, ${of('runner command')} runner commands, ${of('invalid document')} invalid documents`,
  );
  if (failures.length > 0) process.exitCode = 1;
}

/** A thread: several cases at once, each on servers of its own, and what nobody awaited. */
async function work(): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('no thread');
  const stray: Failure[] = [];
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      stray.push({ fault: 'crash', where: `${event}, in this case or one beside it`, detail });
    });
  const { seed, folders } = workerData as Pick<Ground, 'seed' | 'folders'>;
  const ground = makeGround(seed, folders);
  port.on('message', async (k: number) => {
    const { answers, failures } = await runCase(k, ground);
    const word: Word = { is: 'end', k, answers, failures: [...failures, ...stray.splice(0)] };
    port.postMessage(word);
  });
  const ready: Word = { is: 'ready' };
  port.postMessage(ready);
}

function whole(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,10}$/.test(text)) throw new Error(`not a whole number: ${text}`);
  return Number(text);
}

/** What was wrong must not do to this terminal what it was meant to do. */
function ascii(text: string): string {
  return text
    .replace(/[^\n -~]/g, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`)
    .replaceAll('::', ': :');
}

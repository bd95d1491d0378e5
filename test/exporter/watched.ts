import { PassThrough, Writable } from 'node:stream';
import { type WatchFlags, watchCommand } from '../../src/cli/watch.js';
import { createRedactor } from '../../src/safety/redact.js';
import { emptyFolder } from '../support/cli.js';

class Sink extends Writable {
  text = '';
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}

export interface RunningWatch {
  at: { address: string; port: number };
  /** Lets one more round begin, and waits for its end. */
  next(): Promise<void>;
  /** Ctrl-C; the exit code. */
  stop(): Promise<number>;
  ended: Promise<number>;
  stdout(): string;
  stderr(): string;
}

/**
 * `hf-doctor watch --listen 127.0.0.1:0` in this process, after its first round. Between rounds it waits
 * for the test, not for time.
 */
export async function startWatch(
  models: string[],
  flags: WatchFlags,
  env: Record<string, string> = {},
): Promise<RunningWatch> {
  const [stdout, stderr, abort] = [new Sink(), new Sink(), new AbortController()];
  const folder = emptyFolder();
  let resume = () => {};
  let told = () => {};
  let waiting = new Promise<void>((done) => {
    told = done;
  });
  const ended = watchCommand(
    models,
    { retries: '0', listen: '127.0.0.1:0', ...flags },
    {
      ...{ argv: ['watch'], env, cwd: folder, home: folder, stdin: new PassThrough().end(), stdout, stderr },
      ...{ signal: abort.signal, version: '0.0.0-test', redact: createRedactor([]) },
    },
    {
      // Waits within a round are short: they are not of interest here.
      sleep: (ms) =>
        ms < 9_000 || abort.signal.aborted
          ? Promise.resolve()
          : new Promise<void>((done) => {
              resume = done;
              told();
            }),
    },
  );
  abort.signal.addEventListener('abort', () => resume());
  const round = async () => {
    await Promise.race([waiting, ended]);
    waiting = new Promise<void>((done) => {
      told = done;
    });
  };
  await round();
  const [, address = '', port = ''] = /http:\/\/\[?([\d.:a-f]+?)\]?:(\d+)\//.exec(stderr.text) ?? [];
  return {
    at: { address, port: Number(port) },
    next: async () => {
      resume();
      await round();
    },
    stop: () => {
      abort.abort('SIGINT');
      return ended;
    },
    ended,
    stdout: () => stdout.text,
    stderr: () => stderr.text,
  };
}

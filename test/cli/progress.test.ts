import { PassThrough, Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { startProgress } from '../../src/cli/progress.js';
import { createRedactor } from '../../src/safety/redact.js';

class Screen extends Writable {
  text = '';
  isTTY: boolean;
  columns = 90;
  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
  // What a spinner asks of a terminal.
  clearLine = () => true;
  cursorTo = () => true;
  moveCursor = () => true;
}

async function told(isTTY: boolean, billable: number, quiet = false): Promise<string> {
  const stderr = new Screen(isTTY);
  const io = {
    ...{ argv: [], env: {}, cwd: '/', home: '/', stdin: new PassThrough().end(), stdout: new Screen(isTTY) },
    ...{ stderr, signal: new AbortController().signal, version: '0', redact: createRedactor([]) },
  };
  const progress = await startProgress(io, quiet, false);
  progress.tell({ text: 'probing', done: 0, total: 9, cost: { billable, usd: 0.00042, maxUsd: 0.01 } });
  progress.tell({ text: 'probing', done: 1, total: 9 });
  progress.stop();
  return stderr.text;
}

const LINE = '7 calls may be charged: about $0.0005, never more than $0.01 in all (--max-cost).\n';

it('says at a terminal what a run may cost before it is paid, once', async () => {
  expect((await told(true, 7)).split(LINE)).toHaveLength(2);
});

it.each([
  ['where nothing is paid', true, 0, false],
  ['with --quiet', true, 7, true],
  ['in a pipe', false, 7, false],
])('says nothing of it %s', async (_, isTTY, billable, quiet) => {
  expect(await told(isTTY, billable, quiet)).not.toContain('charged');
});

it('says of a long list that these are the first calls only', async () => {
  const stderr = new Screen(true);
  const io = {
    ...{ argv: [], env: {}, cwd: '/', home: '/', stdin: new PassThrough().end(), stdout: new Screen(true) },
    ...{ stderr, signal: new AbortController().signal, version: '0', redact: createRedactor([]) },
  };
  const progress = await startProgress(io, false, false);
  const cost = { billable: 100, usd: 0.0098, maxUsd: 1, models: 50 };
  progress.tell({ text: 'probing', done: 0, total: 9, cost });
  progress.stop();
  expect(stderr.text).toContain(
    '100 calls to the first 50 models may be charged: about $0.01. More follow, never more than $1 in all',
  );
});

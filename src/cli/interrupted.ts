import { EXIT, endingOf } from '../report/exit-code.js';

/** Ctrl-C, a signal or a fault of our own before there was anything to report. */
export class Interrupted extends Error {
  readonly exitCode: number;

  constructor(signal: AbortSignal) {
    super('interrupted');
    this.exitCode = exitCodeFor(signal) ?? EXIT.SIGINT;
  }
}

/** The exit code of what ended a run; null while nothing did. */
export function exitCodeFor(signal: AbortSignal): number | null {
  const ending = endingOf(signal);
  return ending && EXIT[ending];
}

/** Waits for input, but not longer than the user does. */
export function unlessInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((done, fail) => {
    const stop = () => fail(new Interrupted(signal));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(done, fail).finally(() => signal.removeEventListener('abort', stop));
  });
}

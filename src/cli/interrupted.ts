import { EXIT } from '../report/exit-code.js';

/** Ctrl-C or a signal before there was anything to report. */
export class Interrupted extends Error {
  readonly exitCode: number;

  constructor(signal: AbortSignal) {
    super('interrupted');
    this.exitCode = exitCodeFor(signal) ?? EXIT.SIGINT;
  }
}

/** The exit code of the signal that ended a run; null while none did. */
export function exitCodeFor(signal: AbortSignal): number | null {
  const name: unknown = signal.aborted ? signal.reason : null;
  return name === 'SIGINT' || name === 'SIGTERM' || name === 'SIGHUP' ? EXIT[name] : null;
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

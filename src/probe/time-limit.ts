/** A timer that fires this late means that this process was busy, not that the server was slow. */
const LATE_MS = 50;
const MAX_GRACE_MS = 1_000;

/**
 * Calls `expire` after so many milliseconds, and returns what ends the waiting. Where this process was
 * late itself, what came meanwhile waits in the sockets: it is read first, for as long again as it was late.
 */
export function startTimeLimit(ms: number, clock: () => number, expire: () => void): () => void {
  const due = clock() + ms;
  let timer = setTimeout(() => {
    const late = clock() - due;
    if (late > LATE_MS) timer = setTimeout(expire, Math.min(late, MAX_GRACE_MS));
    else expire();
  }, ms);
  return () => clearTimeout(timer);
}

/** What `work` comes to, or why it was not waited for any longer. `work` must not reject. */
export function within<T>(
  work: Promise<T>,
  ms: number,
  clock: () => number,
  signal?: AbortSignal,
): Promise<{ done: T } | { ended: 'deadline' | 'cancelled' }> {
  return new Promise((resolve) => {
    const cancel = () => finish({ ended: 'cancelled' });
    const stop = startTimeLimit(ms, clock, () => finish({ ended: 'deadline' }));
    function finish(result: { done: T } | { ended: 'deadline' | 'cancelled' }): void {
      stop();
      signal?.removeEventListener('abort', cancel);
      resolve(result);
    }
    if (signal?.aborted) return cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    void work.then((done) => finish({ done }));
  });
}

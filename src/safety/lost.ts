/** A reader that went away, as `head` does: nothing to report. */
const GONE = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END', 'EOF']);

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EIO: 'the device failed',
  EBADF: 'it is closed',
};

/** Nobody reads any more: what could not be written is missed by nobody. */
export function isGone(error: unknown): boolean {
  return GONE.has(codeOf(error));
}

/** Why a text that was written to a stream is lost, as `ENOSPC: the disk is full`; null where nobody misses it. */
export function whyLost(error: unknown): string | null {
  if (isGone(error)) return null;
  const code = codeOf(error) || 'unknown fault';
  return `${code}: ${REASONS[code] ?? 'the system refused it'}`;
}

/** The code of a fault of the system, `ENOENT`; empty for every other. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

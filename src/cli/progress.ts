import type { Progress } from '../check/check.js';
import type { Io } from './io.js';

export interface ProgressView {
  tell: (p: Progress) => void;
  stop: () => void;
}

const SILENT: ProgressView = { tell: () => {}, stop: () => {} };

/**
 * A spinner on stderr, at a terminal only. ora loops for ever where a terminal reports no columns,
 * and swallows Ctrl-C unless it leaves stdin alone.
 */
export async function startProgress(io: Io, quiet: boolean): Promise<ProgressView> {
  const columns = io.stderr.columns ?? 0;
  const usable = io.stderr.isTTY === true && columns > 20 && !io.env.CI && io.env.TERM !== 'dumb' && !quiet;
  if (!usable) return SILENT;
  const { default: ora } = await import('ora');
  const spinner = ora({
    stream: io.stderr as NodeJS.WriteStream,
    discardStdin: false,
    text: 'starting',
  }).start();
  return {
    tell: ({ text, done, total }) => {
      spinner.text = total > 0 ? `${text} ${done}/${total}` : text;
    },
    stop: () => void spinner.stop(),
  };
}

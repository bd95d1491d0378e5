import type { Progress } from '../check/input.js';
import { count, dollars } from '../render/human/header.js';
import { makeLook } from '../render/look.js';
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
export async function startProgress(
  io: Io,
  quiet: boolean,
  colour: boolean | undefined,
): Promise<ProgressView> {
  const columns = io.stderr.columns ?? 0;
  const usable = io.stderr.isTTY === true && columns > 20 && !io.env.CI && io.env.TERM !== 'dumb' && !quiet;
  if (!usable) return SILENT;
  const look = makeLook({ flag: colour, env: io.env, isTTY: true, columns });
  const { default: ora } = await import('ora');
  const spinner = ora({
    stream: io.stderr as NodeJS.WriteStream,
    discardStdin: false,
    text: 'starting',
    color: look.paint.level > 0 ? 'cyan' : false,
    spinner: look.symbols.good === 'ok' ? 'line' : 'dots',
  }).start();
  return {
    tell: ({ text, done, total, cost }) => {
      if (cost && cost.billable > 0) {
        spinner.stop();
        io.stderr.write(`${costText(cost)}\n`);
        spinner.start();
      }
      spinner.text = total > 0 ? `${text} ${done}/${total}` : text;
    },
    stop: () => void spinner.stop(),
  };
}

function costText({ billable, usd, maxUsd, each, models }: NonNullable<Progress['cost']>): string {
  if (each) {
    const rounds = usd > 0 ? ` That is enough for about ${count(Math.floor(maxUsd / usd), 'round')}.` : '';
    return `Each round: ${count(billable, 'call')} may be charged, about $${dollars(usd)}. Never more than $${maxUsd} in all rounds together (--max-cost).${rounds}`;
  }
  if (models)
    return `${count(billable, 'call')} to the first ${count(models, 'model')} may be charged: about $${dollars(usd)}. More follow, never more than $${maxUsd} in all (--max-cost).`;
  return `${count(billable, 'call')} may be charged: about $${dollars(usd)}, never more than $${maxUsd} in all (--max-cost).`;
}

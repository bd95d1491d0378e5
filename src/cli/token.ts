import { askWhoami } from '../check/gather.js';
import { stringify } from '../render/json.js';
import { makeLook } from '../render/look.js';
import { renderToken } from '../render/token.js';
import { MULTILINE } from '../report/multiline.js';
import { tokenReport } from '../report/token-report.js';
import { makeSafe } from '../safety/safe.js';
import { emit } from '../safety/write.js';
import { tokenFacts } from '../token/facts.js';
import type { Io } from './io.js';
import { openSession, type SessionFlags } from './session.js';

/** The token part alone: one free request. */
export async function tokenCommand(flags: SessionFlags & { format?: string }, io: Io): Promise<number> {
  const session = await openSession(flags, io);
  try {
    const { settings, search, bases, world } = session;
    const secret = search.winner?.secret ?? null;
    const withheld = secret ? session.withheld(bases.hub) : null;
    const limits = { timeoutMs: settings.timeoutMs.value, retries: settings.retries.value };
    const asked = secret && !withheld ? await askWhoami(bases, secret, limits, world) : null;
    const token = tokenFacts(
      search,
      asked?.answer ?? null,
      settings.billTo.value,
      new Date(world.now()).toISOString(),
    );
    const report = tokenReport(token, asked ? [asked.observation] : [], {
      bases,
      billTo: settings.billTo.value,
      now: world.now(),
    });
    const view = makeSafe(
      { ...report, notes: [...search.notes, ...(withheld ? [withheld] : [])] },
      session.redact,
      MULTILINE,
    );
    const look = makeLook({
      flag: flags.color,
      env: io.env,
      isTTY: io.stdout.isTTY === true,
      columns: io.stdout.columns,
    });
    await emit(
      io.stdout,
      settings.format.value === 'json' ? `${stringify(view)}\n` : renderToken(view, look),
    );
    return report.exitCode;
  } finally {
    await session.close();
  }
}

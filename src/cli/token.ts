import { askWhoami } from '../check/gather.js';
import { tokenReport } from '../check/token-report.js';
import { renderValue } from '../render/json.js';
import { renderToken } from '../render/token.js';
import { MULTILINE } from '../report/multiline.js';
import { makeSafe } from '../safety/safe.js';
import { emit } from '../safety/write.js';
import { tokenFacts } from '../token/facts.js';
import { shortFormat } from './format.js';
import { exitCodeFor } from './interrupted.js';
import type { Io } from './io.js';
import { lookFor } from './look.js';
import { notesOf } from './notes.js';
import { openSession, type SessionFlags } from './session.js';

/** The token part alone: one free request. */
export async function tokenCommand(flags: SessionFlags & { format?: string }, io: Io): Promise<number> {
  const session = await openSession(flags, io);
  try {
    const { settings, search, bases, world } = session;
    const format = shortFormat(settings, 'hf-doctor token');
    const secret = search.winner?.secret ?? null;
    const withheld = settings.anonymous.value
      ? 'The token is not sent: the settings say anonymous.'
      : secret
        ? session.withheld(bases.hub)
        : null;
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
      simulated: session.simulator !== null,
    });
    const view = makeSafe(
      {
        ...report,
        notes: [
          ...notesOf(session, { depth: 'catalog', instead: false }),
          ...(settings.anonymous.value && withheld ? [withheld] : []),
        ],
      },
      session.redact,
      MULTILINE,
    );
    const look = lookFor(io, flags.color);
    await emit(io.stdout, format === 'human' ? renderToken(view, look) : renderValue(view, format));
    return exitCodeFor(io.signal) ?? report.exitCode;
  } finally {
    await session.close();
  }
}

import { answerTo } from '../exporter/answer.js';
import { forReaders, invitation, isLoopback } from '../exporter/readers.js';
import { listen } from '../exporter/server.js';
import { shownOf } from '../exporter/shown.js';
import { policy } from '../render/html/policy.js';
import { loadRenderers } from '../render/index.js';
import { MULTILINE } from '../report/multiline.js';
import { makeSafe } from '../safety/safe.js';
import { emit } from '../safety/write.js';
import { echo } from '../settings/echo.js';
import type { ListenAddress } from '../settings/listen-address.js';
import { UsageError } from '../settings/usage-error.js';
import type { Watched } from '../watch/round.js';
import type { Io } from './io.js';
import { lookFor } from './look.js';
import type { Session } from './session.js';

export interface Exporter {
  /** Shows what is known from now on. */
  keep(known: Watched): void;
  close(): Promise<void>;
}

/** Serves what a watch sees. Throws UsageError where the address cannot be had. */
export async function openExporter(
  at: ListenAddress,
  pace: { everyMs: number; maxUsd: number; now(): number },
  { redact }: Pick<Session, 'redact'>,
  io: Io,
): Promise<Exporter> {
  const { everyMs, maxUsd, now } = pace;
  const begun = now();
  let isOpen = false;
  let known: Watched | null = null;
  const look = lookFor(io, false);
  const { html } = await loadRenderers(['html']);
  const shown = shownOf(
    { named: at.host, policy: policy() },
    () => ({ begun, everyMs, maxUsd, known }),
    now,
    (report) => makeSafe(forReaders(report, isOpen), redact, MULTILINE),
    (report) => html(report, look),
  );
  const server = await listen(at, (asked) => answerTo(asked, shown)).catch((error: unknown) => {
    throw refusal(at, error);
  });
  isOpen = !isLoopback(server.address);
  // At once, also while a round that was stopped comes to its end.
  const close = () => server.close();
  io.signal.addEventListener('abort', () => void close(), { once: true });
  await emit(io.stderr, invitation(server));
  return {
    keep: (after) => {
      known = after;
    },
    close,
  };
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use: another program listens there.',
  EACCES: 'may not be used by this user.',
  EADDRNOTAVAIL: 'is no address of this machine.',
  ENOTFOUND: 'is a name that leads nowhere.',
  EAI_AGAIN: 'is a name that cannot be looked up now.',
};

function refusal({ host, port }: ListenAddress, error: unknown): UsageError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = REASONS[code] ?? `cannot be used (${/^[A-Z_]{1,30}$/.test(code) ? code : 'unknown'}).`;
  const where = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return new UsageError(
    `--listen: ${echo(where)} ${reason}`,
    'Name another one; port 0 takes any that is free.',
  );
}

import { extname } from 'node:path';
import { anonymise } from '../report/anonymise.js';
import type { Report } from '../report/model.js';
import { renamed, walk } from '../report/rename.js';
import { emit } from '../safety/write.js';
import { echo } from '../settings/echo.js';
import { UsageError } from '../settings/usage-error.js';
import { refuseBesideReplay } from './beside-replay.js';
import { checked } from './checked.js';
import { notACommand } from './commands.js';
import { deliver, prepareDelivery } from './deliver.js';
import type { Io } from './io.js';
import { judgeFor } from './judged.js';
import { replayed } from './replay.js';
import { openSession, type Session, type SessionFlags } from './session.js';
import { supportOf } from './support.js';

export interface BundleFlags extends Omit<SessionFlags, 'output' | 'format'> {
  output?: string;
  anonymise?: boolean;
  replay?: string;
}

const DEFAULT_FILE = 'hf-doctor-bundle.json';

/** One file for a forum post or a ticket: what was seen and found, and where it ran, without who ran it. */
export async function bundleCommand(models: string[], flags: BundleFlags, io: Io): Promise<number> {
  notACommand(models, io.argv);
  if (flags.replay !== undefined) refuseBesideReplay(models, flags);
  const { output = DEFAULT_FILE, ...rest } = flags;
  if (!['.json', '.md'].includes(extname(output).toLowerCase()))
    throw new UsageError(
      `--output: ${echo(output)} must end in .json, or in .md for an issue.`,
      'hf-doctor bundle --output bundle.md',
    );
  const session = await openSession(
    { ...rest, output: [output], ...(models.length > 0 ? { models } : {}) },
    io,
  );
  try {
    const { settings, redact } = session;
    const delivery = await prepareDelivery(null, settings, io);
    const { report, names } = await seen(session, flags, io);
    const judge = judgeFor(session, null);
    const judged = judge.of(report);
    await judge.close(io);
    const nameless = withoutIdentity(judged, names);
    const shown = flags.anonymise ? anonymise(nameless, proxyHost(session)) : nameless;
    const code = await deliver(shown, delivery, { redact }, io);
    if (code === 4) return code;
    const whose = flags.anonymise
      ? 'Models, organizations and hosts have other names in it.'
      : 'Model ids are in it: --anonymise gives them other names.';
    if (!settings.quiet.value)
      await emit(
        io.stderr,
        `Written to ${echo(output)}. ${whose} The token is not in it. What servers answered is: read it before you share it.\n`,
      );
    return code;
  } finally {
    await session.close();
  }
}

/** The report, and the names that whoami told. */
async function seen(
  session: Session,
  flags: BundleFlags,
  io: Io,
): Promise<{ report: Report; names: readonly (string | null)[] }> {
  const { settings } = session;
  if (flags.replay !== undefined)
    return {
      report: await replayed(flags.replay, settings.failOn.value, true, io),
      names: [settings.billTo.value],
    };
  const { report, evidence } = await checked(session, flags, io, { keep: true });
  const who = evidence.token.whoami;
  const names = [...(who?.orgs ?? []), ...(who?.scoped ?? [])].map((x) => x.name);
  return {
    // An earlier report may be of another machine.
    report: { ...report, support: supportOf(session, io) },
    names: [...names, settings.billTo.value],
  };
}

/** No address of a report holds it, but an error text may. */
function proxyHost({ network }: Session): string[] {
  const { proxy } = network.facts;
  return proxy !== null && URL.canParse(proxy) ? [new URL(proxy).hostname] : [];
}

/** Organizations by number; of the token not even its end. */
function withoutIdentity(report: Report, names: readonly (string | null)[]): Report {
  const own = new Set(names.flatMap((n) => n || []));
  const masked = new Set<string>();
  // A merged report has them for each place, and an earlier one tells who paid for it.
  walk(report, (key, value) => {
    if (typeof value !== 'string' || value === '') return;
    if (key === 'billTo') own.add(value);
    if (key === 'masked') masked.add(value);
  });
  return renamed(
    report,
    new Map([
      ...[...own].map((name, i) => [name, `organization-${i + 1}`] as const),
      ...[...masked].map((end) => [end, 'hf_…'] as const),
    ]),
  );
}

import { whyNotCounted } from '../../report/counts.js';
import type { Finding, Report } from '../../report/model.js';
import type { Look } from '../look.js';
import { indent } from './findings.js';
import { enoughCost, enoughRequests } from './gaps.js';
import { count } from './header.js';
import { allWork, canBe } from './headline.js';

/** The last lines: what it comes to, what to do first, and the exit code where it is not plain. */
export function closing(report: Report, look: Look): string[] {
  const told = report.findings.filter((f) => f.severity !== 'info');
  const code = `Exit code ${report.exitCode}.`;
  const say = (...texts: (string | null)[]) => {
    const text = texts.filter((t) => t !== null).join(' ');
    return text === '' ? [] : indent(text, 0, look.text);
  };
  const { usable, models } = report.summary;
  if (report.exitCode >= 129)
    return say('Stopped early: this is what was seen until then. A new run starts from the beginning.', code);
  const limited = report.cells.some((c) => c.unfinished && /^--|time limit/.test(c.reason ?? ''));
  if (!report.complete && limited) {
    const requests = enoughRequests(report);
    const enough = [requests?.text, enoughCost(report)].filter((t) => t).join(' and ');
    return say(
      outOfTime(report) ?? 'A limit of the run left probes out. Raise it for the rest.',
      enough ? `${requests?.about ? 'About ' : ''}${enough} would do.` : null,
      code,
    );
  }
  if (report.exitCode === 3 && (report.complete || usable === 0))
    return [
      ...say(
        usable > 0
          ? `${usable} of ${count(models, 'model')} ${canBe(report)}. The rest could not be checked, so this is not green.`
          : 'Nothing could be checked, so this is neither good nor bad news.',
        code,
      ),
      ...say(nextStep(told)),
    ];
  if (!report.complete)
    return say(report.missing || report.unread ? 'Not all was merged.' : 'Not all could be asked.', code);
  if (report.exitCode === 0 && told.length === 0)
    return report.depth === 'catalog' ? [] : say(healthy(report));
  if (report.depth === 'catalog' && told.length === 0)
    return say('See who serves a model: https://huggingface.co/models?inference_provider=all', code);
  return [...say(nextStep(told) ?? 'Nothing else to do.'), code];
}

/** `--deadline 5` was too short, and how far the run came. */
function outOfTime({ cells }: Report): string | null {
  const own = cells.filter((c) => !c.control && !c.instead);
  const limit = own.map((c) => /\((--deadline [\d.]{1,12})\)$/.exec(c.reason ?? '')?.[1]).find(Boolean);
  if (!limit) return null;
  const isProbed = (c: Report['cells'][number]) =>
    c.outcome !== 'skipped' && c.error !== 'run.cancelled' && c.rule !== 'legacy-host-gone';
  const when = own.some(isProbed) ? 'before all was asked' : 'before any model was probed';
  return `The time limit ${limit} ended the run ${when}. Give it more seconds for the rest.`;
}

/** Green, with what is expected not to be. */
export function healthy(report: Report): string {
  const { models, usable } = report.summary;
  const some = `${usable} of ${count(models, 'model')} ${canBe(report)}; the rest was not checked.`;
  const more = report.findings.map((f) => `${f.title} (expected: hf-doctor explain ${f.rule}).`);
  return [usable === models ? allWork(report) : some, ...more].join(' ');
}

/** Commands that are longer stand in the finding only. */
const SHORT_COMMAND = 60;

function nextStep(told: readonly Finding[]): string | null {
  const fresh = told.filter((f) => whyNotCounted(f) === null);
  if (told.length > 0 && fresh.length === 0)
    return told.every((f) => f.known) ? 'Nothing is new.' : 'Nothing of it counts.';
  const first = fresh[0]?.fixes[0];
  if (!first) return null;
  const next = `Next: ${forWhich(fresh)}`;
  const [command, ...more] = first.commands;
  const isShort = command !== undefined && more.length === 0 && command.length <= SHORT_COMMAND;
  if (!isShort || command.includes('\n')) return `${next}${first.text}`;
  return `${next}${first.text.replace(/\.$/, '')}: ${command}`;
}

/** Faults that are no model's: what mends them mends all. */
const OF_ALL: readonly Finding['blame'][] = ['token', 'account', 'network'];
const MOST_NAMED = 3;

/** Where others failed as well: whom the first advice is for. */
function forWhich([first, ...others]: readonly Finding[]): string {
  if (!first || OF_ALL.includes(first.blame)) return '';
  const own = new Set(first.models);
  const more = others.some((f) => f.models.some((m) => !own.has(m)));
  const isNamed = first.models.every((m) => first.fixes[0]?.text.includes(m));
  return more && !isNamed && own.size <= MOST_NAMED ? `for ${first.models.join(', ')}: ` : '';
}

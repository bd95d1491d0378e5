import type { ClientVersion, ExplainView, ObservationView } from '../report/explain-view.js';
import type { Finding } from '../report/model.js';
import { findingLines, indent } from './human/findings.js';
import type { Look } from './look.js';

/** Columns before the text of a labelled line. */
const LABEL = 12;
const LANGUAGES = { python: ' (Python)', node: ' (Node)', curl: '' } as const;
const SURFACES: Readonly<Record<string, string>> = {
  legacy: 'Hugging Face, in words of its retired Inference API',
  router: 'Hugging Face, as far as the text tells',
  'hf-inference': 'hf-inference',
  provider: 'a provider behind the router',
  hub: 'huggingface.co',
  gateway: 'a server in front of Hugging Face',
  dedicated: 'a text-generation server or inference endpoint',
  other: 'another server',
};

/** What the text says, the cause, what to do. `all`: every candidate in full. */
export function renderExplained(view: ExplainView, look: Look, all: boolean): string {
  const told = new Set<ClientVersion>();
  const blocks = answersOf(view).map(({ answer, at, own }) => {
    const o = view.observations[at] as ObservationView;
    const times = answer.cells.reduce((sum, cell) => sum + (view.observations[cell]?.count ?? 0), 0);
    const version = versionOf(o, view.versions);
    const first = version !== undefined && !told.has(version);
    if (version) told.add(version);
    const versionLines = first ? labelled('Version', versionText(version), look) : [];
    const lines = all
      ? own.flatMap((f) => [...findingLines(f, look), ''])
      : [...findingLines(brief(answer), look), ...versionLines, ...perhaps(own.slice(1), o, look), ''];
    return [seenLine(o, times), '', ...lines, ...(all ? versionLines : [])];
  });
  if (blocks.length === 0) return notRecognised(view, look);
  const notes = (view.projectNotes ?? []).flatMap((note) => indent(note, 2, look.text));
  const rest = view.versions.filter((v) => !told.has(v)).flatMap((v) => indent(versionText(v), 2, look.text));
  const more = [...rest, ...notes];
  const lines = [...blocks.flat(), ...(more.length > 0 ? [look.paint.bold('Versions'), ...more] : [])];
  return `${lines.join('\n').trimEnd()}\n`;
}

function versionText(v: ClientVersion): string {
  return `${v.client} ${v.version} (${v.from}): ${v.says}${v.fixedIn ? ` Better from ${v.fixedIn} on.` : ''}`;
}

/** The version of the client that printed the error belongs to its answer; without one, any may. */
function versionOf(o: ObservationView, versions: readonly ClientVersion[]): ClientVersion | undefined {
  const python = /^(?:huggingface|langchain|litellm)/i;
  return versions.find((v) =>
    o.client && v.client.replaceAll('_', '-') === o.client.replaceAll('_', '-')
      ? true
      : o.language === 'python'
        ? python.test(v.client)
        : o.language === 'node' && v.client.startsWith('@'),
  );
}

interface Answer {
  answer: Finding;
  /** Position of the first error that shows it. */
  at: number;
  /** All that may explain that error, the answer first. */
  own: Finding[];
}

/** The best cause of each error, each told once, in the order of the findings. */
function answersOf(view: ExplainView): Answer[] {
  const answers = view.observations.map((_, at) => view.findings.find((f) => f.cells.includes(at)));
  return view.findings
    .filter((f) => answers.includes(f))
    .map((answer) => {
      const at = answers.indexOf(answer);
      return { answer, at, own: view.findings.filter((f) => f.cells.includes(at)) };
    });
}

/** `401 on router.huggingface.co/hyperbolic, seen by huggingface_hub (Python), 3 times`. */
function seenLine(o: ObservationView, times: number): string {
  const what = o.status ?? o.error ?? o.exception ?? 'an error';
  const where = o.host
    ? `${o.host}${o.provider ? `/${o.provider}` : ''}`
    : (SURFACES[o.surface] ?? o.surface);
  const version = o.clientVersion ? ` ${o.clientVersion}` : '';
  const who = o.client ? `, seen by ${o.client}${version}${o.language ? LANGUAGES[o.language] : ''}` : '';
  return `${what} on ${where}${who}${times > 1 ? `, ${times} times` : ''}`;
}

/** The two most useful fixes: the rest is one option away. */
function brief(f: Finding): Finding {
  return { ...f, fixes: f.fixes.slice(0, 2).map(({ snippet: _, ...fix }) => fix) };
}

function perhaps(others: readonly Finding[], o: ObservationView, look: Look): string[] {
  if (others.length === 0) return [];
  const rules = [...new Set(others.map((f) => f.rule))].slice(0, 4);
  return labelled('Perhaps', `${rules.join(', ')}: ${decider(others, o)}`, look);
}

function labelled(name: string, text: string, { paint, text: width }: Look): string[] {
  const head = `  ${paint.bold(name.padEnd(LABEL - 2))}`;
  return indent(text, LABEL, width).map((line, i) => (i === 0 ? head + line.slice(LABEL) : line));
}

/** A command that tells the candidates apart. */
function decider(others: readonly Finding[], o: ObservationView): string {
  if (others.some((f) => f.blame === 'token'))
    return 'hf-doctor token tells which, on the machine that fails.';
  if (o.model && /^[\w./-]{1,200}$/.test(o.model)) return `hf-doctor check ${o.model} tells which.`;
  return 'hf-doctor check tells which; --all shows each.';
}

const ADVICE = [
  'Paste the whole message, with the URL, the status and the lines below it.',
  'To ask Hugging Face directly: hf-doctor check <model>',
];

/** What it is, where that is known: then more of the same text would not help. */
function notRecognised({ reason }: ExplainView, look: Look): string {
  const known = reason?.startsWith('This looks like ') === true;
  const more = known ? ['hf-doctor explains failed inference calls at Hugging Face only.'] : ADVICE;
  const lines = [...indent(reason ?? '', 0, look.text), ...more.flatMap((l) => indent(l, 2, look.text))];
  return `${lines.join('\n')}\n`;
}

/*
 * Workflow commands of GitHub's runner, escaped as its toolkit does: `::error title=…::message`. Text that
 * is no command of ours must not look like one: a line that begins with `::` after any white space, or
 * holds `##[` anywhere.
 */

export type Kind = 'error' | 'warning' | 'notice';

/** Code points: what the page of a run shows of one. */
const LONGEST_TITLE = 200;
const LONGEST_MESSAGE = 2_000;

/** One line. Line breaks of the message are shown. */
export function annotation(kind: Kind, title: string, message: string): string {
  return inert(
    `::${kind} title=${property(cut(title, LONGEST_TITLE))}::${data(cut(message, LONGEST_MESSAGE))}`,
  );
}

/** One line that the runner only prints. */
export function plain(text: string): string {
  return inert(`hf-doctor: ${text.replace(/[\r\n]{1,100}/g, ' ')}`);
}

export function data(value: string): string {
  return value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

export function property(value: string): string {
  return data(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

function inert(line: string): string {
  return line.replaceAll('##[', '# #[');
}

function cut(value: string, most: number): string {
  const points = [...value.slice(0, 2 * most + 2)];
  return points.length > most ? `${points.slice(0, most - 1).join('')}…` : value;
}

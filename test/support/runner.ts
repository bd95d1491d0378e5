/*
 * What GitHub's runner makes of the lines of a step and of the files that it names, after its sources
 * (ActionCommand.cs, FileCommandManager.cs).
 */

export interface Command {
  name: string;
  properties: Record<string, string>;
  data: string;
}

const data = (text: string) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
const property = (text: string) => data(text.replaceAll('%3A', ':').replaceAll('%2C', ','));

/** The commands that it obeys, in the order of the lines. */
export function obeyed(text: string): Command[] {
  return text.split(/\r\n|\n|\r/).flatMap((line) => commandOf(line) ?? []);
}

function commandOf(line: string): Command | null {
  const start = line.replace(/^[\s\x85\u200b]+/, '');
  const end = start.startsWith('::') ? start.indexOf('::', 2) : -1;
  if (end > 2) return command(start.slice(2, end), start.slice(end + 2), ',');
  const from = line.indexOf('##[');
  const to = from < 0 ? -1 : line.indexOf(']', from);
  return to > from + 3 ? command(line.slice(from + 3, to), line.slice(to + 1), ';') : null;
}

function command(head: string, rest: string, separator: string): Command {
  const space = head.indexOf(' ');
  const name = space < 0 ? head : head.slice(0, space);
  const pairs = space < 0 ? [] : head.slice(space + 1).split(separator);
  const properties: Record<string, string> = {};
  for (const pair of pairs) {
    const [key = '', ...value] = pair.trim().split('=');
    if (key !== '') properties[key] = property(value.join('='));
  }
  return { name, properties, data: data(rest) };
}

/** The values of a file like GITHUB_OUTPUT. Throws where the runner would fail the step. */
export function outputsIn(file: string): Record<string, string> {
  const lines = file.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const values: Record<string, string> = {};
  while (lines.length > 0) {
    const line = lines.shift() ?? '';
    if (line === '') continue;
    const [equals, heredoc] = [line.indexOf('='), line.indexOf('<<')];
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      values[line.slice(0, equals)] = line.slice(equals + 1);
    } else if (heredoc > 0) {
      const [name, delimiter] = [line.slice(0, heredoc), line.slice(heredoc + 2)];
      const end = lines.indexOf(delimiter);
      if (delimiter === '' || end < 0) throw new Error(`Matching delimiter not found '${delimiter}'`);
      values[name] = lines
        .splice(0, end + 1)
        .slice(0, -1)
        .join('\n');
    } else throw new Error(`Invalid format '${line}'`);
  }
  return values;
}

/*
 * The text format 0.0.4, read strictly: what the format allows and we never write (blank lines, other
 * comments, time stamps, NaN) is refused too.
 */

export interface Series {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*/;
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*/;
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[-+]\d+)?$/;

/** Throws with the line that is wrong. */
export function parsePrometheus(text: string): Series[] {
  if (!text.endsWith('\n')) throw new Error('does not end with a line break');
  if (/\r/.test(text)) throw new Error('holds a carriage return');
  const series: Series[] = [];
  const seen = new Set<string>();
  const families = new Set<string>();
  let current = '';
  let described = '';
  for (const line of text.slice(0, -1).split('\n')) {
    const help = /^# HELP (\S+) (.+)$/.exec(line);
    const type = /^# TYPE (\S+) (gauge|counter)$/.exec(line);
    if (help) {
      described = fullName(help[1]);
      if (/\\(?![\\n])/.test(help[2] ?? '')) throw new Error(`escape in ${line}`);
    } else if (type) {
      current = fullName(type[1]);
      if (current !== described) throw new Error(`TYPE without HELP: ${line}`);
      if (families.has(current)) throw new Error(`${current} stands in two places`);
      families.add(current);
    } else {
      const one = sample(line);
      if (one.name !== current) throw new Error(`sample outside of its family: ${line}`);
      const key = JSON.stringify([one.name, Object.entries(one.labels).sort()]);
      if (seen.has(key)) throw new Error(`the same series twice: ${line}`);
      seen.add(key);
      series.push(one);
    }
  }
  return series;
}

function fullName(name = ''): string {
  if (NAME.exec(name)?.[0] !== name) throw new Error(`no name: ${name}`);
  return name;
}

function sample(line: string): Series {
  const name = NAME.exec(line)?.[0];
  if (name === undefined) throw new Error(`no sample: ${line}`);
  let rest = line.slice(name.length);
  const labels: Record<string, string> = {};
  if (rest.startsWith('{')) {
    rest = rest.slice(1);
    while (!rest.startsWith('}')) {
      const label = LABEL.exec(rest)?.[0];
      if (label === undefined || !rest.slice(label.length).startsWith('="'))
        throw new Error(`no label: ${line}`);
      rest = rest.slice(label.length + 2);
      let value = '';
      for (;;) {
        const c = rest[0];
        if (c === undefined) throw new Error(`open label: ${line}`);
        rest = rest.slice(1);
        if (c === '"') break;
        if (c !== '\\') value += c;
        else {
          const escaped = { '\\': '\\', '"': '"', n: '\n' }[rest[0] ?? ''];
          if (escaped === undefined) throw new Error(`unknown escape: ${line}`);
          value += escaped;
          rest = rest.slice(1);
        }
      }
      if (Object.hasOwn(labels, label)) throw new Error(`label twice: ${line}`);
      labels[label] = value;
      if (rest.startsWith(',')) rest = rest.slice(1);
      else if (!rest.startsWith('}')) throw new Error(`no end of labels: ${line}`);
    }
    rest = rest.slice(1);
  }
  if (!rest.startsWith(' ') || !NUMBER.test(rest.slice(1))) throw new Error(`no number: ${line}`);
  return { name, labels, value: Number(rest.slice(1)) };
}

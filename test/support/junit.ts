import { SaxesParser } from 'saxes';

export interface JunitCase {
  classname: string;
  name: string;
  time: number;
  result: 'passed' | 'failure' | 'error' | 'skipped';
  type: string;
  message: string;
  text: string;
}
export interface JunitSuite {
  name: string;
  cases: JunitCase[];
}

const SUITE = ['testsuites', 'testsuite'];

/** Throws where the text is no XML, or where a count is not that of the cases. */
export function parseJunit(xml: string): JunitSuite[] {
  const suites: JunitSuite[] = [];
  const open: { name: string; counts: Record<string, string>; from: number }[] = [];
  const all: JunitCase[] = [];
  const parser = new SaxesParser({ xmlns: false });
  let text = '';
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    text = '';
    const a = attributes as Record<string, string>;
    if (SUITE.includes(name)) {
      open.push({ name, counts: a, from: all.length });
      if (name === 'testsuite') suites.push({ name: a.name ?? '', cases: [] });
    } else if (name === 'testcase') {
      const one = { classname: a.classname ?? '', name: a.name ?? '', time: Number(a.time) };
      all.push({ ...one, result: 'passed', type: '', message: '', text: '' });
      suites.at(-1)?.cases.push(all.at(-1) as JunitCase);
    } else if (name === 'failure' || name === 'error' || name === 'skipped') {
      Object.assign(all.at(-1) ?? {}, { result: name, type: a.type ?? '', message: a.message ?? '' });
    } else if (name !== 'system-out') throw new Error(`unknown element ${name}`);
  });
  parser.on('text', (part) => {
    text += part;
  });
  parser.on('closetag', ({ name }) => {
    const last = all.at(-1);
    if (!SUITE.includes(name)) {
      if (name !== 'testcase' && last) last.text = text;
      text = '';
      return;
    }
    const suite = open.pop();
    const cases = all.slice(suite?.from);
    const count = (result: string) => String(cases.filter((c) => c.result === result).length);
    const right = {
      tests: String(cases.length),
      failures: count('failure'),
      errors: count('error'),
      skipped: count('skipped'),
    };
    for (const [key, value] of Object.entries(right))
      if (suite?.counts[key] !== value) throw new Error(`${key} is ${suite?.counts[key]}, not ${value}`);
    if (!/^\d+\.\d{3}$/.test(suite?.counts.time ?? '')) throw new Error('time is no number of seconds');
  });
  parser.write(xml).close();
  return suites;
}

import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/report/model.js';
import { run } from '../support/cli.js';

/* A limit that was reached is said: with its reason, with the models it left out, and never in green. */

const MODELS = [
  'meta-llama/Llama-3.1-8B-Instruct',
  'Qwen/Qwen2.5-72B-Instruct',
  'BAAI/bge-small-en-v1.5',
] as const;

async function limited(argv: string[]) {
  const base = ['check', '--simulate', 'healthy', ...argv];
  const [human, json] = [await run(base), await run([...base, '--format', 'json'])];
  const report = reportSchema.parse(JSON.parse(json.stdout));
  expect([human.code, json.code]).toEqual([report.exitCode, report.exitCode]);
  return { report, human: human.stdout };
}

describe('a limit that was reached', () => {
  it.each([
    [['--max-requests', '6', '--routes', 'router', ...MODELS.slice(0, 2)], 1],
    [['--max-requests', '4', '--depth', 'catalog'], 2],
    [['--max-cost', '0.00001', '--routes', 'router,hf-inference'], 1],
  ] as const)('%j leaves models out, and names them', async (argv, usable) => {
    const { report, human } = await limited([...argv]);
    const limit = `${argv[0]} ${argv[1]} would be passed`;
    expect(report).toMatchObject({ exitCode: 3, complete: false, ok: false, summary: { usable } });
    const open = report.models.filter((m) => !m.checked).map((m) => m.id);
    expect(open.length).toBeGreaterThan(0);
    for (const id of open) {
      expect(report.cells.some((c) => c.model === id && c.unfinished && c.reason === limit)).toBe(true);
      expect(human.replace(/\s+/g, ' ')).toMatch(new RegExp(`Not checked: [^:]*${id}`));
    }
    expect(human).not.toContain('can be used');
    expect(human.replace(/\s+/g, ' ')).toContain(limit);
    expect(human).toContain('A limit of the run left probes out');
  });

  it.each([
    ['--max-requests', '1'],
    ['--max-requests', '2', '--depth', 'catalog'],
  ])('%s %s before anything was read is no verdict', async (...argv) => {
    const { report, human } = await limited(argv);
    expect(report).toMatchObject({ exitCode: 3, complete: false, summary: { usable: 0 } });
    expect(report.cells.filter((c) => c.unfinished).length).toBeGreaterThan(0);
    expect(human).toContain('would be passed');
    // All of them: the matrix names them.
    expect(human).not.toContain('Not checked:');
  });

  it('is not said of a run that had enough', async () => {
    const { report, human } = await limited(['--max-requests', '5', '--depth', 'catalog']);
    expect(report).toMatchObject({ exitCode: 0, complete: true });
    expect(human).not.toMatch(/Not checked|would be passed/);
  });
});

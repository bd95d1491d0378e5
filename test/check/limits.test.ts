import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/report/model.js';
import { emptyFolder, run } from '../support/cli.js';

/* A limit that was reached is said: with its reason, with the models it left out, and never in green. */

const MODELS = [
  'meta-llama/Llama-3.1-8B-Instruct',
  'Qwen/Qwen2.5-72B-Instruct',
  'BAAI/bge-small-en-v1.5',
] as const;

async function limited(argv: string[], scenario = 'healthy') {
  const base = ['check', '--simulate', scenario, ...argv];
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

/** Chat models, one for pictures and one for sounds, with a gateway in front where it is asked for. */
function scenario(models: readonly string[], more = ''): string {
  const file = join(emptyFolder(), 'own.yaml');
  const lines: Record<string, string> = {
    'a/chat': '{ tags: [conversational], providers: { novita: {}, together: {} } }',
    'b/chat': '{ tags: [conversational], providers: { deepinfra: {} } }',
    'c/chat': '{ tags: [conversational], providers: { hf-inference: {} } }',
    'd/embed': '{ pipelineTag: feature-extraction, providers: { hf-inference: {} } }',
    'e/paint': '{ pipelineTag: text-to-image, providers: { fal-ai: {}, replicate: {} } }',
    'f/speech': '{ pipelineTag: automatic-speech-recognition, providers: { hf-inference: {} } }',
  };
  const world = Object.entries(lines).map(([id, spec]) => `  ${id}: ${spec}\n`);
  const head = `title: own\nstory: own\n${more}check: { models: [${models.join(', ')}] }\n`;
  writeFileSync(file, `${head}models:\n${world.join('')}`);
  return file;
}

const flat = (text: string) => text.replace(/\s+/g, ' ');

describe('the retired host', () => {
  const legacy = (report: Awaited<ReturnType<typeof limited>>['report']) =>
    report.cells.filter((c) => c.route === 'legacy' && !c.control);

  it('takes nothing of a limit that a living route needs, and the verdict is said', async () => {
    const { report, human } = await limited(['--max-requests', '12'], scenario(['a/chat', 'b/chat']));
    expect(report).toMatchObject({ exitCode: 0, complete: false, summary: { usable: 2 } });
    const open = report.cells.filter((c) => c.unfinished);
    expect(open.map((c) => c.route)).toEqual(['legacy', 'legacy']);
    expect(flat(human)).toMatch(
      /Both models can be used\..*would be passed \(2\).*A limit of the run left probes out\./,
    );
  });

  it('is asked once for each form of its addresses', async () => {
    const { report, human } = await limited([], scenario(['a/chat', 'b/chat', 'c/chat', 'd/embed']));
    const asked = legacy(report).filter((c) => c.outcome !== 'skipped');
    expect(asked.map((c) => c.model)).toEqual(['a/chat', 'd/embed']);
    expect(legacy(report)).toHaveLength(4);
    expect(report).toMatchObject({ exitCode: 0, complete: true });
    expect(flat(human)).toContain('the retired host said for another model that it is gone (2)');
  });

  it('is asked for each model where nothing else is', async () => {
    const { report } = await limited(['--routes', 'legacy'], scenario(['a/chat', 'b/chat']));
    expect(legacy(report).map((c) => c.rule)).toEqual(['legacy-host-gone', 'legacy-host-gone']);
  });
});

describe('real calls that cost cents and do not fit', () => {
  const file = scenario(['a/chat', 'e/paint', 'f/speech']);

  it('go as far as they are free, and what would do is said and does', async () => {
    const { report, human } = await limited(['--allow-costly'], file);
    expect(report).toMatchObject({ exitCode: 0, complete: true, summary: { usable: 3 } });
    expect(report.cost.planned).toMatchObject({ stoppedShort: 3 });
    expect(report.cost.measured.usd).toBeLessThan(0.01);
    const depths = (r: typeof report) =>
      r.cells
        .filter((c) => c.outcome === 'ok' && !c.control)
        .map((c) => `${c.model} ${c.depth}`)
        .sort();
    expect(new Set(depths(report))).toEqual(new Set(['a/chat live', 'e/paint auth', 'f/speech auth']));
    expect(flat(human)).toContain('1 answered; 2 were reached, nothing was generated');
    const enough = /e\/paint, f\/speech\. [^:]*: (--max-cost \S+) would do/.exec(flat(human))?.[1] ?? '';
    const real = await limited(['--allow-costly', ...enough.split(' ')], file);
    expect(new Set(depths(real.report))).toEqual(new Set(['a/chat live', 'e/paint live', 'f/speech live']));
    expect(real.human).not.toContain('would do');
  });

  it('are not named where nobody asked for them', async () => {
    const { report, human } = await limited(['--max-cost', '0.00001'], file);
    expect(report.complete).toBe(false);
    expect(human).not.toContain('not generated:');
    expect(flat(human)).toMatch(/Raise it for the rest\. --max-cost 0\.0\d+ would do/);
  });
});

it('a gateway is not judged by a call that stops short, and that is said', async () => {
  const { report, human } = await limited(['--depth', 'auth'], scenario(['a/chat'], 'gateway: {}\n'));
  const [cell] = report.cells.filter((c) => c.route === 'gateway');
  expect(cell).toMatchObject({ outcome: 'skipped', status: null });
  expect(flat(human)).toContain('a gateway can be judged at --depth live only (1)');
});

describe('ways that a limit left out', () => {
  const world = (third: string) => {
    const file = join(emptyFolder(), 'cut.yaml');
    const served = `novita: { fault: down }, together: ${third}`;
    writeFileSync(
      file,
      `title: cut\nstory: cut\ncheck: { models: [a/chat] }\nmodels:\n  a/chat: { tags: [conversational], providers: { ${served} } }\n`,
    );
    return file;
  };
  const argv = ['a/chat', '--routes', 'providers', '--retries', '0', '--max-requests'];

  it('leave the model open, and the advised limit is enough', async () => {
    const { report, human } = await limited([...argv, '5'], world('{}'));
    expect(report).toMatchObject({ exitCode: 3, models: [{ usable: false, checked: false }] });
    expect(report.findings.map((f) => f.severity)).toEqual(['warning']);
    expect(flat(human)).toContain('could not be checked: it failed on 1 of 2 routes');
    expect(human).not.toContain('cannot be used');
    expect(flat(human)).toContain('--max-requests 6 would do.');
    const more = await limited([...argv, '6'], world('{}'));
    expect(more.report).toMatchObject({ exitCode: 0, complete: true, models: [{ usable: true }] });
  });

  it('do not help a model that fails on all of them', async () => {
    const { report } = await limited([...argv, '6'], world('{ fault: down }'));
    expect(report).toMatchObject({ exitCode: 1, models: [{ usable: false, checked: true }] });
  });
});

it('a model that was not looked up is said to lack nobody, and some are asked fully', async () => {
  const ids = ['a/chat', 'b/chat', 'c/chat', 'd/embed', 'e/paint', 'f/speech'];
  const { report, human } = await limited(['--max-requests', '9', '--routes', 'providers'], scenario(ids));
  expect(human).not.toContain('neither the Hub nor the router');
  expect(report.models[0]).toMatchObject({ id: 'a/chat', usable: true });
  const open = report.models.filter((m) => m.providers.length === 0);
  expect(open.length).toBeGreaterThan(0);
  for (const { id } of open)
    expect(report.cells.filter((c) => c.model === id)).toMatchObject([
      { unfinished: true, reason: '--max-requests 9 would be passed' },
    ]);
  expect(flat(human)).toMatch(/About --max-requests \d+ would do\./);
});

it('the advised cost is enough', async () => {
  const models = scenario(['a/chat', 'b/chat']);
  const { human } = await limited(['--max-cost', '0'], models);
  const enough = /--max-cost (0\.\d+) would do/.exec(flat(human))?.[1];
  expect(enough).toBeDefined();
  const { report } = await limited(['--max-cost', enough ?? ''], models);
  expect(report).toMatchObject({ complete: true });
});

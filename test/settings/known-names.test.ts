import { describe, expect, it } from 'vitest';
import { clientProviders } from '../../src/routes/official.js';
import { TASKS } from '../../src/routes/tasks.js';
import { routeList } from '../../src/settings/route-list.js';
import { taskName } from '../../src/settings/task-name.js';
import { run } from '../support/cli.js';

/* Slips in names of tasks and providers. */

const known = { tasks: Object.keys(TASKS), providers: (await clientProviders()).names };
const place = { from: 'flag', cwd: '/', known } as const;

describe('a task', () => {
  it.each([
    ['text-to-vidoe', /Did you mean text-to-video\?/],
    ['chat', /Known: conversational, /],
    ['conversationl', /Did you mean conversational\?/],
  ])('%s is refused', (word, says) => {
    const parsed = taskName.parse(word, place);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(`${parsed.problem} ${parsed.hint}`).toMatch(says);
  });

  it.each(known.tasks)('%s is taken', (task) => {
    expect(taskName.parse(task, place)).toEqual({ ok: true, value: task });
  });
});

describe('a provider', () => {
  it.each([
    ['novitta', 'novita', 'provider:novitta'],
    ['togethr', 'together', 'provider:togethr'],
    ['fal_ai', 'fal-ai', 'provider:name'],
  ])('%s: did you mean %s', (word, near, instead) => {
    expect(routeList.parse(word, place)).toMatchObject({
      ok: false,
      hint: expect.stringContaining(`Did you mean ${near}? If it is a provider, write ${instead}.`),
    });
  });

  it.each([
    ...known.providers.map((slug) => [slug, slug === 'hf-inference' ? slug : `provider:${slug}`]),
    // New ones, and those that left.
    ...['acme-cloud', 'hyperbolic', 'nebius', 'sambanova', 'nvidia', 'black-forest-labs', 'clarifai'].map(
      (slug) => [slug, `provider:${slug}`],
    ),
    ['provider:novitta', 'provider:novitta'],
  ])('%s is taken', (word, route) => {
    expect(routeList.parse(word, place)).toEqual({ ok: true, value: [route] });
  });
});

it.each([
  [
    ['--task', 'text-to-vidoe'],
    {},
    '--task does not know the task "text-to-vidoe".\n  Did you mean text-to-video?',
  ],
  [['--routes', 'novitta'], {}, 'Did you mean novita?'],
  [[], { HF_DOCTOR_TASK: 'sumarization' }, 'HF_DOCTOR_TASK does not know the task'],
])('%j %j is exit code 2 before anything is sent', async (argv, env, says) => {
  const { code, stdout, stderr } = await run(['check', 'a/b', ...argv], { env });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(says);
});

import { describe, expect, it } from 'vitest';
import { run } from '../support/cli.js';
import { canary } from '../support/leaks.js';

/* What a run would cost, said before anything is sent. */

async function plan(...argv: string[]): Promise<string> {
  const { code, stdout } = await run(['check', '--plan', 'a/b', ...argv], {
    env: { HF_TOKEN: canary('plan') },
  });
  expect(code).toBe(0);
  return stdout.replace(/\s+/g, ' ');
}

describe('--plan', () => {
  it('names the price of each call that is cents, and the most of all', async () => {
    const text = await plan('--allow-costly', '--max-cost', '2');
    expect(text).toMatch(/Each call for [\w, -]*text-to-image[\w, -]*: about \$0\.05\./);
    expect(text).toMatch(/Each call for [\w, -]*text-to-video[\w, -]*: about \$0\.50\./);
    expect(text).toMatch(/Each call for [\w, -]*text-to-speech[\w, -]*: about \$0\.02\./);
    expect(text).toContain('A run never costs more than $2 in all (--max-cost).');
  });

  it('of the task that was named alone', async () => {
    const text = await plan('--allow-costly', '--max-cost', '2', '--task', 'text-to-image');
    expect(text.match(/Each call for/g)).toHaveLength(1);
    expect(text).toContain('at most about $0.05');
  });

  it('says nothing of prices that nobody would pay', async () => {
    for (const argv of [[], ['--allow-costly', '--depth', 'auth'], ['--allow-costly', '--anonymous']])
      expect(await plan(...argv)).not.toContain('Each call for');
  });

  it('says what a limit leaves out, and not what only the Hub would tell', async () => {
    const text = await plan('--max-requests', '4');
    expect(text).toMatch(/\d+ requests left out: --max-requests 4 would be passed\./);
    expect(await plan()).not.toContain('left out');
  });

  it('says what --max-cost lets stop before an answer, and what is enough', async () => {
    const text = await plan('--allow-costly', '--task', 'text-to-image');
    expect(text).toContain('that do not fit into --max-cost 0.01 stop before an answer is made. About $0.05');
    expect(text).toContain('none of them is charged');
    expect(await plan('--allow-costly', '--task', 'text-to-image', '--max-cost', '2')).not.toContain(
      'do not fit',
    );
  });

  it('names the model and the route of each call, and what the Hub has to say first', async () => {
    const text = await plan();
    expect(text).toMatch(/\/v1\/chat\/completions a\/b on router token, [^)]*?, only if it is for chat/);
    expect(text).toContain(
      'a/b on hf-inference token, at most about $0.0001, only if the Hub lists it there',
    );
    expect(text).toMatch(/Up to \d+ requests as above/);
    expect(text).not.toContain('At least');
    expect(text).toContain('the calls above are those to a chat model');
    // Nothing of that where the task is given.
    const told = await plan('--task', 'conversational');
    expect(told).not.toMatch(/if it is for chat|those to a chat model/);
  });

  it('at depth catalog holds all there is, free', async () => {
    const text = await plan('--depth', 'catalog', '--retries', '0');
    expect(text).toMatch(/ 3 requests as above, none of them is charged\. Nothing was sent\. $/);
    expect(text).not.toMatch(/provider|up to six|--max-cost/);
    expect(await plan('--depth', 'auth')).not.toContain('--max-cost)');
  });

  it('counts what follows the mapping for the routes of the run alone', async () => {
    const providers = 'for each provider that the Hub lists';
    expect(await plan()).toContain(`One more request ${providers}`);
    expect(await plan('--with', 'stream', '--suffixes')).toContain(`Up to 3 more requests ${providers}`);
    expect(await plan('--routes', 'legacy')).not.toContain(providers);
    expect(await plan('--routes', 'novita')).toContain('for each model that the Hub lists at novita.');
  });

  it('never says that a gateway gets the token', async () => {
    const gateway = ['--gateway', 'http://127.0.0.1:9/v1', '--routes', 'gateway'];
    expect(await plan(...gateway)).toContain('a/b on gateway no key');
  });

  it.each([
    ['healthy', []],
    ['healthy', ['--depth', 'auth']],
    ['matrix', ['--depth', 'catalog']],
    ['novita-500', ['--with', 'stream', '--suffixes', '--max-cost', '1']],
  ])('%s %j: no more is sent than was told', async (name, more) => {
    const argv = ['check', '--simulate', name, '--retries', '0', '--format', 'json', ...more];
    const [told, done] = await Promise.all([run([...argv, '--plan']), run(argv)]);
    const view = JSON.parse(told.stdout);
    const { cells, cost } = JSON.parse(done.stdout);
    const own = cells.filter((c: { instead?: boolean }) => !c.instead);
    // As many more for each provider as the plan says, and one without a token.
    const each = /(\d+) more/.exec(view.notYetKnown.join())?.[1] ?? '1';
    const providers = new Set(
      own.flatMap((c: { model: string; route: string; outcome: string }) =>
        c.outcome !== 'skipped' && /^(?:provider|router):/.test(c.route)
          ? [`${c.model} ${c.route.replace(/^[^:]{1,10}:|\+.{1,10}$/g, '')}`]
          : [],
      ),
    );
    const searched = cells.length - own.length;
    const most = view.requests.length + providers.size * Number(each) + 1;
    expect(cost.measured.requests).toBeLessThanOrEqual(view.final ? view.requests.length : most + searched);
    if (more.includes('catalog')) expect(view.final).toBe(true);
    if (!view.paid) expect(cost.measured.billable).toBe(0);
  });
});

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
    const text = await plan('--allow-costly', '--task', 'text-to-image');
    expect(text).toContain('1 request left out: --max-cost 0.01 would be passed.');
    expect(text).toContain('A run never costs more than $0.01 in all');
    expect(await plan()).not.toContain('left out');
  });
});

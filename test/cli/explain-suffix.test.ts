import { expect, it } from 'vitest';
import { run } from '../support/cli.js';

it('explains a suffix by its page', async () => {
  const { code, stdout } = await run(['explain', ':pro']);
  expect(code).toBe(0);
  expect(stdout.replace(/\s+/g, ' ')).toContain('PRO and Enterprise are plans, not routes');
});

import { expect, it, vi } from 'vitest';
import { load, refusal, tree } from './support.js';

vi.mock('yaml', () => {
  throw new Error('yaml was loaded');
});
vi.mock('zod/mini', () => {
  throw new Error('zod was loaded');
});
vi.mock('lilconfig', () => ({
  lilconfig: () => ({
    search: () => Promise.reject(new Error('EACCES: permission denied, open /secret/place')),
    load: () => Promise.reject(new Error('EACCES: permission denied, open /secret/place')),
  }),
}));

it('loads no reader where there is no file to read', async () => {
  expect((await load({ flags: { timeout: '3' } })).timeoutMs.value).toBe(3_000);
});

it('turns a failed read into a usage error without the words of the system', async () => {
  const cwd = await tree({ 'hf-doctor.config.json': '{}' });
  for (const flags of [{}, { config: 'hf-doctor.config.json' }]) {
    const told = await refusal({ cwd, flags });
    expect(told).toContain('hf-doctor.config.json cannot be read');
    expect(told).not.toContain('EACCES');
  }
});

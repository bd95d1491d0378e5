import type { LookupAddress } from 'node:dns';
import { afterEach, describe, expect, it } from 'vitest';
import { createLookup } from '../../src/probe/lookup.js';
import { brief, cleanUp, get, network, rawServer } from './raw.js';

afterEach(cleanUp);

const BOTH: LookupAddress[] = [
  { address: '::1', family: 6 },
  { address: '127.0.0.1', family: 4 },
];

function setup(answers: (LookupAddress[] | string)[]) {
  const asked: string[] = [];
  let now = 0;
  const lookup = createLookup(
    () => now,
    async (name) => {
      asked.push(name);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (typeof answer === 'string') throw Object.assign(new Error(answer), { code: answer });
      return answer ?? [];
    },
  );
  const find = (
    name: string,
    options: { all?: boolean; family?: number | 'IPv4' | 'IPv6' } = { all: true },
  ) =>
    new Promise((resolve) => {
      lookup(name, options, (error, address, family) => resolve(error ? error.code : (family ?? address)));
    });
  return { asked, find, pass: (ms: number) => (now += ms) };
}

describe('a name look-up', () => {
  it.each(['legacy.invalid', 'a.b.INVALID', 'invalid', 'x.invalid.'])('of %s asks nobody', async (name) => {
    const { asked, find } = setup([BOTH]);
    expect(await find(name)).toBe('ENOTFOUND');
    expect(asked).toEqual([]);
  });

  it('of a name that only looks like it asks', async () => {
    const { asked, find } = setup([BOTH]);
    await find('invalid.example');
    await find('notinvalid');
    expect(asked).toEqual(['invalid.example', 'notinvalid']);
  });

  it('is shared and kept for a minute', async () => {
    const { asked, find, pass } = setup([BOTH]);
    expect(await Promise.all([find('a'), find('a'), find('a')])).toEqual([BOTH, BOTH, BOTH]);
    pass(59_999);
    await find('a');
    expect(asked).toHaveLength(1);
    pass(2);
    await find('a');
    expect(asked).toHaveLength(2);
  });

  it('never keeps a failure', async () => {
    const { find } = setup(['EAI_AGAIN', BOTH]);
    expect(await find('a')).toBe('EAI_AGAIN');
    expect(await find('a')).toEqual(BOTH);
  });

  it('gives one address of the family that was asked for', async () => {
    const { find } = setup([BOTH]);
    expect(await find('a', {})).toBe(6);
    expect(await find('a', { family: 4 })).toBe(4);
    expect(await find('a', { family: 'IPv4' })).toBe(4);
    expect(await find('a', { family: 6, all: true })).toEqual([BOTH[0]]);
  });

  it('without an address is an error of its own', async () => {
    const { find } = setup([[]]);
    expect(await find('a')).toBe('ENODATA');
  });
});

describe('a connection that cannot be made', () => {
  it('tells a name that does not exist', async () => {
    const outcome = await get('https://api-inference.invalid/models/x');
    expect(brief(outcome)).toMatchObject({ status: null, error: 'dns.not-found' });
  });

  it('tells a refused connection, also for all that wait behind it', async () => {
    const server = await rawServer(() => {});
    await cleanUp();
    const { send } = await network();
    const all = await Promise.all(
      Array.from({ length: 30 }, () =>
        send({ method: 'GET', url: server.url, headers: {}, timeoutMs: 5_000 }),
      ),
    );
    expect(new Set(all.map((o) => brief(o).error))).toEqual(new Set(['net.refused']));
  });
});

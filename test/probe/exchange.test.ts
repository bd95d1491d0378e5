import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ConnectError } from '../../src/probe/connect.js';
import { createSend, type SendRequest } from '../../src/probe/transport.js';
import { brief } from './raw.js';

/*
 * The exchange with a dispatcher of our own: for what a real one does seldom, or never at the same place.
 */

type Line = Parameters<typeof createSend>[0];
type Handler = Required<Parameters<Line['dispatcher']['dispatch']>[1]>;

const code = (value: string) => Object.assign(new Error(value), { code: value });
const bytes = (...texts: string[]) => texts.map((text) => Buffer.from(text));

/** One exchange in which the connection does what `play` says. */
function exchanged(
  play: (on: Handler, answer: Answer) => void,
  given: Partial<SendRequest> = {},
  clock = () => 0,
) {
  const aborted: Error[] = [];
  const line = {
    dispatcher: {
      dispatch(_: unknown, on: Handler) {
        const controller = { abort: (error: Error) => aborted.push(error), rawHeaders: [] as Buffer[] };
        const answer: Answer = (status, headers = []) => {
          controller.rawHeaders = headers;
          on.onResponseStart(controller as never, status, {}, '');
        };
        on.onRequestStart(controller as never, {});
        play(on, answer);
        return true;
      },
    },
    stage: () => 'connect',
    breaking: () => false,
    clock,
    mayCarryToken: () => true,
    proxyOn: () => null,
  } as unknown as Line;
  const request = { method: 'GET', url: 'http://x.test/', headers: {}, timeoutMs: 5_000, ...given } as const;
  return createSend(line)(request);
}
type Answer = (status: number, headers?: Buffer[]) => void;
const data = (on: Handler, text: string): void => on.onResponseData(null as never, Buffer.from(text));
const end = (on: Handler): void => on.onResponseEnd(null as never, {});
const fault = (on: Handler, error: Error): void => on.onResponseError(null as never, error);

describe('a status', () => {
  it.each([100, 102, 103, 199])('%i is no answer yet', async (interim) => {
    const outcome = await exchanged((on, answer) => {
      answer(interim);
      answer(200);
      end(on);
    });
    expect(brief(outcome)).toMatchObject({ status: 200, error: null });
  });

  it.each([200, 599])('%i is one', async (status) => {
    const outcome = await exchanged((on, answer) => {
      answer(status);
      end(on);
    });
    expect(brief(outcome)).toMatchObject({ status, error: null });
  });

  it.each([0, 99, 600])('%i does not exist', async (status) => {
    expect(await exchanged((_, answer) => answer(status))).toMatchObject({
      kind: 'failure',
      error: 'http.odd-status',
      detail: `the status ${status} does not exist`,
      status,
    });
  });
});

describe('an error', () => {
  it.each([
    ['ETIMEDOUT after the request', code('ETIMEDOUT'), 'net.no-answer'],
    [
      'a connection that never was',
      new ConnectError(code('ETIMEDOUT'), 'connect', null),
      'net.connect-timeout',
    ],
    ['the end of the network', code('UND_ERR_DESTROYED'), 'run.cancelled'],
  ])('before an answer: %s', async (_, error, expected) => {
    const outcome = await exchanged((on) => fault(on, error));
    expect(outcome).toMatchObject({ kind: 'failure', error: expected, status: null });
  });

  it('because the network was closed is a stop, also in the body', async () => {
    const outcome = await exchanged((on, answer) => {
      answer(200);
      data(on, 'half');
      fault(on, code('UND_ERR_DESTROYED'));
    });
    expect(outcome).toMatchObject({ kind: 'failure', error: 'run.cancelled', status: 200, detail: null });
  });

  it.each([
    [204, '', null],
    [304, '', null],
    [204, 'x', 'http.truncated'],
    [200, '', 'http.truncated'],
  ])('after %i and the body %j: %s', async (status, body, error) => {
    const outcome = await exchanged((on, answer) => {
      answer(status);
      if (body) data(on, body);
      fault(on, code('ECONNRESET'));
    });
    expect(brief(outcome)).toMatchObject({ status, error, text: body });
  });

  it('that comes too late changes nothing', async () => {
    const outcome = await exchanged((on, answer) => {
      answer(200);
      end(on);
      data(on, 'more');
      fault(on, code('ECONNRESET'));
      end(on);
    });
    expect(brief(outcome)).toEqual({ status: 200, error: null, text: '' });
  });
});

describe('the time', () => {
  it.each([
    [
      'the headers did not end',
      (on: Handler) => on.onResponseStarted?.(),
      'the headers of the answer did not end in time',
    ],
    ['no byte came', () => {}, 'connected, but no byte of an answer came in time'],
  ])('ends the exchange: %s', async (_, play, detail) => {
    expect(await exchanged(play, { timeoutMs: 5 })).toMatchObject({ kind: 'failure', detail });
  });

  it.each([
    [[100, 130], 30],
    [[100, 90], 0],
  ])('is measured, and never negative: %j', async ([first = 0, later = 0], ms) => {
    let now = first;
    const outcome = await exchanged(
      (on, answer) => {
        answer(200);
        now = later;
        end(on);
      },
      {},
      () => now,
    );
    expect(outcome.ms).toBe(ms);
  });

  it('leaves no timer and no listener behind', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const { signal } = new AbortController();
    for (let i = 0; i < 9; i += 1)
      await exchanged(
        (on, answer) => {
          answer(200);
          end(on);
        },
        { timeoutMs: 60_000, signal },
      );
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    // Those of the test itself come and go.
    expect(timers()).toBeLessThan(before + 5);
  });
});

describe('the headers', () => {
  it('come in pairs: one without a value is none', async () => {
    const outcome = await exchanged((on, answer) => {
      answer(200, bytes('A', 'b', 'c'));
      end(on);
    });
    expect(outcome.kind === 'answer' && { ...outcome.headers }).toEqual({ a: 'b' });
  });
});

describe('a body', () => {
  it('that is too large says so', async () => {
    const outcome = await exchanged(
      (on, answer) => {
        answer(200);
        data(on, 'x'.repeat(2_049));
      },
      { maxBytes: 2_048 },
    );
    expect(outcome).toMatchObject({ bodyError: 'http.too-large', detail: 'the body is larger than 2 KiB' });
  });

  const json = ['Content-Type', 'application/json'];
  it.each<[string, string[], string, boolean]>([
    ['JSON that ends in the middle', json, '{"a":', true],
    ['after blanks', json, ' \r\n\t{"a":', true],
    ['after a byte order mark', json, '\ufeff{"a":', true],
    ['a text of JSON', json, '"a', true],
    ['a list', ['content-type', 'application/problem+JSON; charset=utf-8'], '[1,', true],
    ['whole JSON', json, ' {"a":1}', false],
    ['whole JSON after a byte order mark', json, '\ufeff{"a":1}', false],
    ['JSON with such a mark inside, cut', json, '{"a":"\ufeff', true],
    ['a page that is called JSON', json, '<a href="x">[1', false],
    ['a page with JSON as a parameter of its type', ['content-type', 'text/html; x=json'], '{"a":', false],
    ['no type', [], '{"a":', false],
    ['a length that was kept', [...json, 'content-length', '5'], '{"a":', false],
    ['chunks that were whole', [...json, 'transfer-encoding', 'chunked'], '{"a":', false],
  ])('looks cut, or not: %s', async (_, headers, body, cut) => {
    const outcome = await exchanged((on, answer) => {
      answer(200, bytes(...headers));
      data(on, body);
      end(on);
    });
    expect(outcome).toMatchObject({
      bodyError: cut ? 'http.truncated' : null,
      detail: cut ? 'the answer ends in the middle of its JSON' : null,
    });
  });
});

import { describe, expect, it } from 'vitest';
import { readBody } from '../../src/probe/body.js';
import { judgeShape, remarkOn } from '../../src/probe/shape.js';
import { chatStream } from '../../src/simulator/outputs.js';

const asked = { task: 'conversational', provider: null, capability: 'stream' } as const;
const judge = (body: string, type: string) => judgeShape(asked, readBody(Buffer.from(body), type));
const reply = (message: object) => JSON.stringify({ choices: [{ message, finish_reason: 'stop' }] });
const events = (...data: unknown[]) =>
  data.map((d) => `data: ${typeof d === 'string' ? d : JSON.stringify(d)}\n\n`).join('');
const piece = (delta: object, finish_reason: string | null = null) => ({
  choices: [{ delta, finish_reason }],
});

describe('a stream', () => {
  const word = piece({ content: 'a' });
  const end = piece({}, 'stop');
  it.each([
    ['whole', events(word, end, '[DONE]'), 'ok'],
    ['whole, as the simulator sends it', chatStream('m'), 'ok'],
    ['without [DONE]', events(word, end), 'ok'],
    ['without a reason', events(word, '[DONE]'), 'ok'],
    ['with the usage at its end', events(word, end, { choices: [], usage: {} }, '[DONE]'), 'ok'],
    ['with comments and names', `: ping\n\nevent: message\nid: 1\n${events(word, end)}`, 'ok'],
    ['with CRLF', events(word, end).replaceAll('\n', '\r\n'), 'ok'],
    [
      'with a value over two lines',
      'data: {"choices":[{"delta":\ndata: {"content":"a"},"finish_reason":"stop"}]}\n\n',
      'ok',
    ],
    ['without its last blank line', events(word, end).trimEnd(), 'ok'],
    ['of reasoning that ran out of tokens', events(piece({ reasoning: 'a' }), piece({}, 'length')), 'ok'],
    ['of nothing that ran out of tokens', events(piece({ content: '' }, 'length')), 'ok'],
    ['cut off', events(word), 'unexpected'],
    ['cut inside an event', `${events(word)}data: {"choices":[{"del`, 'unexpected'],
    ['of another form', events({ text: 'a' }, '[DONE]'), 'unexpected'],
    ['of [DONE] alone', events('[DONE]'), 'empty'],
    ['of comments', ': ping\n\n: ping\n\n', 'empty'],
    ['of no words', events(piece({ role: 'assistant', content: '' }), end, '[DONE]'), 'empty'],
    ['with an error at its end', events(word, { error: { message: 'no' } }), 'error-inside'],
    ['with an error of no words', events(word, { error: {} }), 'error-inside'],
    ['with an error by its name', `${events(word)}event: error\ndata: {"message":"no"}\n\n`, 'error-inside'],
    [
      'with an error after many words',
      events(...Array.from({ length: 500 }, () => word), { error: 'no' }),
      'error-inside',
    ],
  ] as const)('%s', (_, body, shape) => {
    expect(judge(body, 'text/event-stream')).toBe(shape);
  });

  it.each([
    ['a plain answer', reply({ content: 'a' }), 'application/json', 'unexpected'],
    ['an error', '{"error":"no"}', 'application/json', 'error-inside'],
    ['an error under the type of a stream', '{"error":"no"}', 'text/event-stream', 'error-inside'],
    ['a page', '<html></html>', 'text/html', 'unexpected'],
    ['nothing', '', 'text/event-stream', 'empty'],
  ] as const)('is not %s', (_, body, type, shape) => {
    expect(judge(body, type)).toBe(shape);
  });

  it.each(['application/json', 'text/plain', 'application/octet-stream', null])(
    'is none for the official client when it comes as %s',
    (type) => {
      const body = readBody(Buffer.from(events(word, end, '[DONE]')), type);
      expect(judgeShape(asked, body)).toBe('unexpected');
      expect(remarkOn(asked, body, 'unexpected')).toBe(
        `sent ${type ?? 'nothing that has a type'} and not text/event-stream, which the official client refuses`,
      );
    },
  );

  it('that names its type gets no remark, and what failed otherwise neither', () => {
    const cut = readBody(Buffer.from(events(word)), 'text/event-stream');
    expect(remarkOn(asked, cut, 'unexpected')).toBeNull();
    const refused = readBody(Buffer.from(events({ error: 'no' })), 'text/plain');
    expect(judgeShape(asked, refused)).toBe('error-inside');
    expect(remarkOn(asked, refused, 'error-inside')).toBeNull();
  });

  it('quotes the error that it holds', () => {
    const body = events(word, { error: { message: 'too long', code: 'e' } });
    expect(readBody(Buffer.from(body), 'text/event-stream').facts).toMatchObject({
      message: 'too long',
      code: 'e',
    });
  });
});

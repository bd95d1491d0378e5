import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBody, readText } from '../../src/probe/body.js';
import { judgeShape } from '../../src/probe/shape.js';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('error bodies of all shapes', () => {
  it.each([
    ['router', '{"error":"Invalid username or password."}', 'Invalid username or password.', null, null],
    [
      'OpenAI',
      '{"error":{"message":"The requested model \'x\' does not exist.","type":"invalid_request_error","param":"model","code":"model_not_found"}}',
      "The requested model 'x' does not exist.",
      'model_not_found',
      'invalid_request_error',
    ],
    [
      'old validation',
      '{"error":["Error in `inputs.context`: field required"]}',
      'Error in `inputs.context`: field required',
      null,
      null,
    ],
    [
      'TGI',
      '{"error":"Template error: template not found","error_type":"template_error"}',
      'Template error: template not found',
      null,
      'template_error',
    ],
    ['novita', '{"code":400,"reason":"INVALID_REQUEST_BODY","message":"no"}', 'no', '400', null],
    [
      'FastAPI',
      '{"detail":[{"type":"missing","loc":["body","messages"],"msg":"Field required"}]}',
      'body.messages: Field required',
      null,
      null,
    ],
    ['FastAPI text', '{"detail":"Unsupported data URL"}', 'Unsupported data URL', null, null],
    [
      'problem+json',
      '{"detail":"- input: text is required\\n","status":422,"title":"Input validation failed"}',
      '- input: text is required\n',
      null,
      null,
    ],
    ['error null, message set', '{"error":null,"message":"m"}', 'm', null, null],
    ['nothing to read', '{"a":1}', null, null, null],
  ])('%s', (_, text, message, code, type) => {
    const { facts } = readBody(bytes(text), 'application/json');
    expect(facts).toMatchObject({ kind: 'json', message, code, type });
  });

  it('reads how long a model needs to load', () => {
    const text = '{"error":"Model a/b is currently loading","estimated_time":20.5}';
    expect(readBody(bytes(text), 'application/json').facts.estimatedTime).toBe(20.5);
  });

  it('takes the title of a page, not its markup', () => {
    const page = '<!DOCTYPE html><html><head><title> 502: Bad gateway </title></head></html>';
    expect(readBody(bytes(page), 'application/json').facts).toMatchObject({
      kind: 'html',
      message: '502: Bad gateway',
    });
  });

  it('finds the error inside an event stream', () => {
    const text = 'data:{"error":"Input validation error: too long","error_type":"validation"}\n\n';
    const body = readBody(bytes(text), 'text/event-stream');
    expect(body.facts).toMatchObject({
      kind: 'sse',
      message: 'Input validation error: too long',
      type: 'validation',
    });
    expect(judgeShape({ task: 'text-generation', provider: null }, body)).toBe('error-inside');
  });

  it('does not call bytes a text', () => {
    expect(readBody(new Uint8Array([0xff, 0xd8, 0xff, 0, 1]), null).facts).toMatchObject({
      kind: 'binary',
      message: null,
    });
    expect(readBody(bytes('x'), 'image/png').facts.kind).toBe('binary');
  });

  it('never throws and keeps at most 2,000 characters', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), fc.option(fc.string(), { nil: null }), (b, type) => {
        expect([...readBody(b, type).facts.excerpt].length).toBeLessThanOrEqual(2000);
      }),
    );
    fc.assert(fc.property(fc.jsonValue(), (value) => void readText(JSON.stringify({ error: value }))));
  });
});

describe('the shape of a 2xx', () => {
  const judge = (task: string | null, text: string, type = 'application/json') =>
    judgeShape({ task, provider: null }, readBody(bytes(text), type));
  it.each([
    ['conversational', '{"choices":[{"message":{"content":null,"reasoning_content":"…"}}]}', 'ok'],
    ['conversational', '{"choices":[]}', 'empty'],
    ['conversational', '{}', 'unexpected'],
    ['conversational', '{"error":{"message":"no"}}', 'error-inside'],
    ['conversational', '', 'empty'],
    ['conversational', '<html><title>Log in</title></html>', 'unexpected'],
    ['conversational', 'ok', 'unexpected'],
    ['text-generation', '[{"generated_text":"a"}]', 'ok'],
    ['text-generation', '[]', 'empty'],
    ['text-generation', '{"choices":[{"text":"a"}]}', 'ok'],
    ['feature-extraction', '[0.1,0.2]', 'ok'],
    ['feature-extraction', '[[0.1]]', 'ok'],
    ['feature-extraction', '{"data":[{"embedding":[0.1]}]}', 'ok'],
    ['feature-extraction', '[]', 'empty'],
    ['feature-extraction', '{"a":1}', 'unexpected'],
    [null, '{"error":null,"id":"x"}', 'ok'],
    [null, '{}', 'empty'],
    [null, '[{"label":"POSITIVE"}]', 'ok'],
  ] as const)('%s %s is %s', (task, text, shape) => {
    expect(judge(task, text)).toBe(shape);
  });
});

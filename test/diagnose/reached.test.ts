import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.js';
import { isReached, PROOFS } from '../../src/diagnose/reached.js';
import { evidence } from '../support/evidence.js';

const at = (status: number, message: string, more = {}) =>
  evidence({
    observations: [
      {
        surface: 'provider',
        route: 'provider:together',
        provider: 'together',
        url: 'https://router.huggingface.co/together/v1/images/generations',
        model: 'a/b',
        task: 'text-to-image',
        depth: 'auth',
        status,
        body: { message, kind: 'json', excerpt: message },
        ...more,
      },
    ],
  });
const seen = (status: number, message: string, more = {}) => {
  const e = at(status, message, more);
  const o = e.observations[0];
  return o ? isReached(o) : null;
};

/** Bodies of recorded exchanges, and what servers of the same make say. */
const COMPLAINTS: [status: number, message: string][] = [
  [
    422,
    'Failed to deserialize the JSON body into the target type: missing field `messages` at line 1 column 143',
  ],
  [
    422,
    'Failed to deserialize the JSON body into the target type: missing field `inputs` at line 1 column 161',
  ],
  [400, 'Error in `inputs.context`: field required'],
  [422, '{"detail":[{"type":"missing","loc":["body","messages"],"msg":"Field required","input":{}}]}'],
  [422, 'Field required'],
  [422, '- input: text is required'],
  [422, 'Input validation failed'],
  [400, "'messages' is a required property"],
  [400, 'Invalid JSON'],
  [400, 'Unexpected end of JSON input'],
  [415, 'Field required'],
];

describe('a probe that was meant to be refused', () => {
  it.each(COMPLAINTS)('%i %s proves that token, route and model passed', (status, message) => {
    expect(seen(status, message)).toBe(true);
  });

  it.each([
    [400, 'Model not supported by provider together'],
    [400, "The requested model 'a/b' is not supported by any provider you have enabled."],
    [400, "The requested model 'a/b' does not exist."],
    [400, 'Invalid request'],
    // The model is refused, whatever stands beside it.
    [400, 'model a/b not found; could not parse request'],
    [400, 'Model not supported by provider together: messages is required'],
    [400, 'missing required parameter; "code":"model_not_found"'],
    [400, 'The model a/b is deprecated and no longer supported by provider together'],
    [401, 'Invalid username or password.'],
    [402, 'You have exceeded your monthly included credits for Inference Providers.'],
    [403, 'This authentication method does not have sufficient permissions to call Inference Providers'],
    [404, 'Not Found'],
    [500, 'missing field `messages`'],
  ])('%i %s proves nothing', (status, message) => {
    expect(seen(status, message)).toBe(false);
  });

  it.each([
    '{"detail":[{"type":"missing","loc":["header","authorization"],"msg":"Field required"}]}',
    'image input is not possible, a PRO subscription is required',
  ])('what is missing is the token or a plan: %s', (message) => {
    expect(seen(422, message)).toBe(false);
  });

  it('is read in the excerpt too, where no message was found', () => {
    const said = (excerpt: string) => seen(422, '', { body: { message: null, kind: 'text', excerpt } });
    expect(said('Field required')).toBe(true);
    expect(said('Unprocessable')).toBe(false);
    expect(said('Field required: authorization')).toBe(false);
  });

  it('proves nothing when the call without a token got the same complaint', () => {
    expect(seen(422, 'Field required', { unproven: true })).toBe(false);
  });

  it('counts only at depth auth, with the token, and not as a control', () => {
    const [status, message] = COMPLAINTS[0] ?? [0, ''];
    expect(seen(status, message, { depth: 'live' })).toBe(false);
    expect(seen(status, message, { auth: 'anonymous' })).toBe(false);
    expect(seen(status, message, { control: true })).toBe(false);
  });

  it('each family has a recorded answer or says that it has none', () => {
    expect(PROOFS.filter((p) => p.recorded).length).toBeGreaterThan(3);
    for (const { pattern } of PROOFS)
      expect(
        COMPLAINTS.some(([, message]) => pattern.test(message)),
        String(pattern),
      ).toBe(true);
  });
});

describe('the cell', () => {
  const cell = (status: number, message: string) => {
    const { cells, findings } = diagnose(at(status, message));
    return { ...cells[0], rules: findings.map((f) => f.rule) };
  };

  it('is good when the probe got through', () => {
    expect(cell(422, 'missing field `prompt`')).toMatchObject({ outcome: 'ok', rules: [] });
  });
  it('is unknown when the refusal does not tell how far it came, and nobody is blamed', () => {
    expect(cell(400, 'Invalid request')).toMatchObject({ outcome: 'unknown', rules: [] });
  });
  it('is a fault when the route refuses the model', () => {
    expect(cell(400, 'Model not supported by provider together').outcome).toBe('fault');
  });
});

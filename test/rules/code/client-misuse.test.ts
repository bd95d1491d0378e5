import { expect, it } from 'vitest';
import { claims } from '../../../src/diagnose/claim.js';
import { clientMisuse } from '../../../src/rules/code/client-misuse.js';
import { evidence } from '../../support/evidence.js';

// Alone, as candidates for a pasted text are asked: no rule before it takes the observation away.
it.each([
  ["AttributeError: 'InferenceClient' object has no attribute 'list_deployed_models'", 0],
  ["TypeError: InferenceClient.__init__() got an unexpected keyword argument 'proxies'", 0],
  ["AttributeError: 'InferenceClient' object has no attribute 'generate'", 1],
])('%s', (message, hits) => {
  const body = { kind: 'text', message, excerpt: message } as const;
  const e = evidence({ run: { live: false }, observations: [{ origin: 'text', status: null, body }] });
  expect(claims(e, [clientMisuse])).toHaveLength(hits);
});

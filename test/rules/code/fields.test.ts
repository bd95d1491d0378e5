import { expect, it } from 'vitest';
import { readText } from '../../../src/probe/body.js';
import { refusedField } from '../../../src/rules/code/fields.js';
import type { Observation } from '../../../src/types/observation.js';
import { evidence } from '../../support/evidence.js';

it.each([
  ['{"error":["Error in `inputs.context`: field required"]}', 'inputs.context'],
  ['{"detail":[{"type":"missing","loc":["body","height"],"msg":"Field required","input":{}}]}', 'height'],
  ['{"detail":"- input: text is required\\n","title":"Input validation failed","invalid_fields":[]}', 'text'],
  ['{"detail":"- Additional property provider is not allowed\\n"}', 'provider'],
  ['{"message":"store: property \'store\' is unsupported","code":"wrong_api_format"}', 'store'],
  [
    '{"error":"The following `model_kwargs` are not used by the model: [\'watermark\', \'stop\']"}',
    'watermark',
  ],
  [
    'Failed to deserialize the JSON body into the target type: inputs: invalid type: map, expected a string at line 1 column 11',
    'inputs',
  ],
  [
    'Failed to deserialize the JSON body into the target type: missing field `messages` at line 1 column 75',
    'messages',
  ],
  [
    '{"error":{"message":"Invalid request","type":"invalid_request_error","param":"model","code":null}}',
    'model',
  ],
  [
    '{"error":"Input validation error: `max_new_tokens` must be <= 192","error_type":"validation"}',
    'max_new_tokens',
  ],
  [
    '{"error":{"message":"Unsupported parameter: \'max_tokens\' is not supported with this model."}}',
    'max_tokens',
  ],
  ['"voice is required"', 'voice'],
  ['{"error":"Bad Request"}', null],
  ['', null],
])('%s names %s', (text, field) => {
  const e = evidence({ observations: [{ status: 422, body: readText(text).facts }] });
  expect(refusedField(e.observations[0] as Observation)).toBe(field);
});

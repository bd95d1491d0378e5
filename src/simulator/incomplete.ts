import { type Answer, answer } from './answer.js';
import type { SimRequest } from './request.js';
import type { ProviderEntry } from './target.js';
import { makerOf } from './upstream.js';

/** Status and body of a refusal; `field` is null when the body is no JSON at all. */
type Dialect = (field: string | null) => { status: number; json: unknown; type?: string };

/* Where no recording shows what a provider says to broken JSON, the usual words of its software are taken. */

const openAi: Dialect = (field) => {
  const message = field
    ? `'${field}' is a required property`
    : 'We could not parse the JSON body of your request.';
  const error = { message, type: 'invalid_request_error', param: field, code: null };
  return { status: 400, json: { error } };
};

const vllm: Dialect = (field) => {
  const message = `[{'type': 'missing', 'loc': ('body', '${field}'), 'msg': 'Field required', 'input': {}}]`;
  return { status: 400, json: { object: 'error', message, type: 'BadRequestError', param: null, code: 400 } };
};

const fastApi: Dialect = (field) => {
  const detail =
    field === null
      ? { type: 'json_invalid', loc: ['body', 1], msg: 'JSON decode error', input: {} }
      : { type: 'missing', loc: ['body', field], msg: 'Field required', input: {} };
  return { status: 422, json: { detail: [detail] } };
};

const replicate: Dialect = (field) => {
  const type = 'application/problem+json';
  if (field === null) {
    const detail = 'The request body is not valid JSON';
    return { status: 400, json: { detail, status: 400, title: 'Bad request' }, type };
  }
  const invalid = { type: 'required', field: '', description: `${field} is required` };
  const detail = `- ${field} is required\n`;
  return {
    status: 422,
    json: { detail, status: 422, title: 'Input validation failed', invalid_fields: [invalid] },
    type,
  };
};

const novita: Dialect = (field) => {
  const message = field ? `${field} is required` : 'invalid request body: unexpected EOF';
  return { status: 400, json: { code: 400, reason: 'INVALID_REQUEST_BODY', message, metadata: {} } };
};

const DIALECTS: Readonly<Record<string, Dialect>> = {
  cerebras: (field) => ({
    status: 400,
    json: {
      message: `body.${field}: Field required`,
      type: 'invalid_request_error',
      param: 'validation_error',
      code: 'wrong_api_format',
    },
  }),
  deepinfra: fastApi,
  'fal-ai': fastApi,
  'featherless-ai': vllm,
  novita,
  nscale: vllm,
  ovhcloud: vllm,
  publicai: vllm,
  replicate,
  scaleway: vllm,
  wavespeed: (field) => ({
    status: 400,
    json: { code: 400, message: field ? `property "${field}" is missing` : 'invalid JSON: unexpected EOF' },
  }),
  'zai-org': (field) => ({
    status: 400,
    json: { error: { code: '1213', message: `${field} parameter not received properly` } },
  }),
};

/** A provider's refusal of a request that lacks `field`, or is broken. Nothing was made, nothing is charged. */
export function incomplete(entry: ProviderEntry, request: SimRequest, field: string): Answer {
  const speak = Object.hasOwn(DIALECTS, entry.provider) ? DIALECTS[entry.provider] : openAi;
  const { status, json, type } = (speak ?? openAi)(request.body === null ? null : field);
  return answer(makerOf(entry), request, status, { json }, type ? { 'content-type': type } : {});
}

/** How the Rust servers of hf-inference complain. */
export function missingField(request: SimRequest, name: string): Answer {
  const text = `Failed to deserialize the JSON body into the target type: missing field \`${name}\` at line 1 column ${request.size}`;
  return answer('backend', request, 422, { text });
}

/** How its pipelines in Python do. */
export function missingInPipeline(request: SimRequest, name: string): Answer {
  return answer('backend', request, 400, { json: { error: [`Error in \`${name}\`: field required`] } });
}

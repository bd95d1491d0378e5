import { address, type Check, fields, type Judge, record, text, ticket } from './form.js';

/*
 * Tasks that are handed in and fetched later. The answer to handing in is judged: it must hold what
 * the client needs to go on. The result is not waited for; it is what costs.
 */

const submit =
  (accepted: Check, status: (json: unknown) => unknown, failed: readonly string[]): Judge =>
  (json) => {
    if (failed.includes(String(status(json)).toLowerCase())) return 'error-inside';
    return accepted(json) ? 'ok' : 'unexpected';
  };

const own = (json: unknown) => record(json)?.status;

export const falQueue = submit(fields({ request_id: ticket, response_url: address }), own, [
  'failed',
  'error',
]);

export const wavespeedTask = submit(
  fields({ data: fields({ urls: fields({ get: address }) }) }),
  (json) => own(record(json)?.data),
  ['failed'],
);

const running: Check = (v) => v === undefined || v === 'queued' || v === 'in_progress';
const finished = fields({
  id: ticket,
  status: (v) => v === 'completed',
  outputs: fields({ video_url: address }),
});
export const togetherVideo = submit(
  (json) => fields({ id: ticket, status: running })(json) || finished(json),
  own,
  ['failed'],
);

export const novitaTask = submit(fields({ task_id: ticket }), own, ['failed', 'task_status_failed']);

export const zaiTask = submit(
  (json) => fields({ id: text })(json) && 'task_status' in Object(json),
  (json) => record(json)?.task_status,
  ['fail'],
);

const WAITING = ['starting', 'processing', 'queued'];

/** Replicate waits a minute for the result, and answers with the job where that was not enough. */
export const prediction =
  (output: Check): Judge =>
  (json) => {
    const job = record(json);
    if (!job) return 'unexpected';
    if (['failed', 'canceled', 'aborted'].includes(String(job.status))) return 'error-inside';
    if (output(job.output)) return 'ok';
    if (WAITING.includes(String(job.status)) && ticket(job.id)) return 'ok';
    return Array.isArray(job.output) && job.output.length === 0 ? 'empty' : 'unexpected';
  };

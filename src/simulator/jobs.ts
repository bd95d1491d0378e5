import { mediaUrl, mediumOf } from './media.js';
import type { SimRequest } from './request.js';
import type { ProviderEntry } from './target.js';

/*
 * Providers that make media answer in two steps: a job is handed out (and charged), its result is
 * fetched later. The name of a job holds its task, so the simulator need not remember any.
 */

const CREATED = '2026-05-01T00:00:00.000Z';
const nameOf = (task: string) => `simulator-${task}`;

/** The task of the job that a request asks about; null when it asks about none. */
export function jobIn({ path, query }: SimRequest): string | null {
  return /\bsimulator-([a-z-]{1,40})/.exec(path + query)?.[1] ?? null;
}

/** What comes back at once, by provider. */
export const SUBMITTED: Readonly<Record<string, (entry: ProviderEntry) => unknown>> = {
  'fal-ai': ({ id, task }) => {
    const url = `https://queue.fal.run/${id}/requests/${nameOf(task)}`;
    const urls = { response_url: url, status_url: `${url}/status`, cancel_url: `${url}/cancel` };
    return {
      status: 'IN_QUEUE',
      request_id: nameOf(task),
      ...urls,
      logs: null,
      metrics: {},
      queue_position: 0,
    };
  },
  novita: ({ task }) => ({ task_id: nameOf(task) }),
  replicate: ({ id, task }) => {
    const get = `https://api.replicate.com/v1/predictions/${nameOf(task)}`;
    const output = replicateOutput(task);
    const about = { id: nameOf(task), model: id, version: 'hidden', input: {}, logs: '', output };
    const state = { data_removed: false, error: null, status: 'processing', created_at: CREATED };
    return { ...about, ...state, urls: { cancel: `${get}/cancel`, get } };
  },
  together: ({ id, task }) => ({ id: nameOf(task), object: 'video', model: id, status: 'queued' }),
  wavespeed: ({ id, task }) => {
    const urls = { get: `https://api.wavespeed.ai/api/v3/predictions/${nameOf(task)}/result` };
    const data = { id: nameOf(task), model: id, outputs: [], urls, status: 'created', created_at: CREATED };
    return { code: 200, message: 'success', data };
  },
  'zai-org': ({ id, task }) => ({
    id: nameOf(task),
    request_id: nameOf(task),
    model: id,
    task_status: 'PROCESSING',
  }),
};

/** `Prefer: wait` holds the request until there is an output, although the state lags behind. */
function replicateOutput(task: string): unknown {
  if (task === 'automatic-speech-recognition') return { transcription: 'hello' };
  return mediumOf(task) === 'image' ? [mediaUrl(task)] : mediaUrl(task);
}

/** A finished job, by provider. */
export const FINISHED: Readonly<Record<string, (task: string, request: SimRequest) => unknown>> = {
  'fal-ai': (task, { path }) => (path.endsWith('/status') ? { status: 'COMPLETED' } : falResult(task)),
  novita: (task, { path }) =>
    path.includes('/minimax/')
      ? { task: { id: nameOf(task), status: 'succeeded', content: { url: mediaUrl(task) } } }
      : {
          task: { task_id: nameOf(task), status: 'TASK_STATUS_SUCCEED' },
          videos: [{ video_url: mediaUrl(task), video_type: 'mp4' }],
        },
  replicate: (task) => ({ id: nameOf(task), status: 'succeeded', output: replicateOutput(task) }),
  together: (task) => ({ id: nameOf(task), status: 'completed', outputs: { video_url: mediaUrl(task) } }),
  wavespeed: (task) => ({
    code: 200,
    message: 'success',
    data: { id: nameOf(task), status: 'completed', outputs: [mediaUrl(task)] },
  }),
  'zai-org': (task) => ({ task_status: 'SUCCESS', image_result: [{ url: mediaUrl(task) }] }),
};

/** fal answers by task, in the queue and without it. */
export function falResult(task: string): unknown {
  if (task === 'automatic-speech-recognition') return { text: 'hello', chunks: [] };
  const file = { url: mediaUrl(task) };
  if (task === 'image-segmentation') return { image: file };
  const medium = mediumOf(task);
  return medium === 'image' ? { images: [{ ...file, width: 64, height: 64 }] } : { [medium]: file };
}

import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { onHuggingFace, says } from '../match.js';

/* What the rules of this group share: which failures may be the network's at all. */

/** Look-ups on the Hub that come before an inference call; a text about any other path there is a download. */
const LOOK_UP = /^\/api\/(?:whoami|tasks|inference-proxy|models(?:\/[^/]{1,120}){0,2}\/?$)/;

const FILES = /cdn-lfs|\/resolve\/|hf_hub_download|snapshot_download|from_pretrained|git clone/i;

/** A pasted text about the Hub that has nothing to do with inference: files, repositories, pages. */
export function isDownload(o: Observation, e: Evidence): boolean {
  if (e.run.live || o.surface !== 'hub') return false;
  return o.path === null ? says(o, FILES) : !LOOK_UP.test(o.path);
}

/**
 * The retired host fails for everybody. In a run it speaks for the network only when another host
 * of Hugging Face fails in the same way.
 */
export function mayBeNetwork(o: Observation, e: Evidence): boolean {
  if (o.surface === 'other' || isDownload(o, e)) return false;
  // The second try got through: flaky says so.
  if (o.retry !== null && o.retry.status !== null) return false;
  if (o.surface !== 'legacy' || !e.run.live) return true;
  const group = (x: Observation) => x.error?.split('.')[0] ?? null;
  return e.observations.some(
    (x) => x.surface !== 'legacy' && onHuggingFace(x) && group(x) !== null && group(x) === group(o),
  );
}

/** Faults of the way to Hugging Face are one finding; another server has its own. */
export function subjectOf(o: Observation): string {
  return onHuggingFace(o) ? 'network' : (o.host ?? o.surface);
}

/** Host names, each once, without the port that everybody uses. */
export function hostsOf(observations: readonly Observation[]): string[] {
  const hosts = observations.flatMap((o) => (o.host === null ? [] : [o.host.replace(/:443$/, '')]));
  return [...new Set(hosts)];
}

import type { Blame } from '../../report/model.js';
import type { Evidence } from '../../types/evidence.js';
import type { ErrorCode, Observation } from '../../types/observation.js';
import { answeredBy } from '../answered-by.js';
import { isPage, pageMaker } from '../gateway/page.js';
import { onHuggingFace, says } from '../match.js';
import { commonFault } from '../router/router-down.js';

/* Calls that ended because of the time, and who was late. */

export interface Late {
  who: string;
  blame: Blame;
  /** No connection at all, or a connection and no answer. */
  connected: boolean;
  status: number | null;
  /** Another call to the same side was answered in this run. */
  othersAnswer: boolean;
}

const ROUTER = { who: 'the router of Hugging Face', blame: 'router' } as const;

const CODES: readonly ErrorCode[] = ['net.deadline', 'net.no-answer', 'net.stalled', 'net.connect-timeout'];

/** Surfaces behind the host of the router. */
const ROUTED: readonly string[] = ['router', 'hf-inference', 'provider'];

const SENTENCES =
  /timed? ?-?out\b|ReadTimeout|ConnectTimeout|TimeoutError|ETIMEDOUT|UND_ERR_(?:HEADERS|BODY|CONNECT)_TIMEOUT|CONNECTION_TIMEOUT|deadline exceeded/i;
const CONNECT = /connect(?:ion)?[ _]?time(?:d )?[ _]?out|ConnectTimeout|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT/i;

function isLate(o: Observation): boolean {
  if (o.error !== null) return CODES.includes(o.error);
  if (o.status === 504) return !(isPage(o) && pageMaker(o) !== 'unknown');
  return o.status === null && says(o, SENTENCES);
}

/** Who is late. Only the other calls of the run can tell the network from one slow provider. */
function whoIsLate(o: Observation, e: Evidence): Omit<Late, 'connected' | 'status'> {
  const there = answeredBy(o, e);
  const same = (x: Observation) =>
    onHuggingFace(o) ? onHuggingFace(x) && x.surface !== 'legacy' : x.host === o.host;
  const othersAnswer = e.observations.some(
    (x) => x.id !== o.id && x.status !== null && x.status !== 504 && same(x),
  );
  if (o.status === 504)
    return commonFault(e)?.how === 'front' ? { ...ROUTER, othersAnswer } : { ...there, othersAnswer };
  if (!e.run.live)
    return { ...there, blame: there.blame === 'provider' ? 'provider' : 'unknown', othersAnswer };
  if (!onHuggingFace(o)) return { ...there, othersAnswer };
  if (!othersAnswer) return { who: 'your network', blame: 'network', othersAnswer };
  // All paths of the router share one host: no connection to it is never a provider's doing.
  if (o.error === 'net.connect-timeout')
    return { who: 'the way to Hugging Face', blame: 'network', othersAnswer };
  const routerAnswers = e.observations.some((x) => x.status !== null && ROUTED.includes(x.surface));
  if (ROUTED.includes(o.surface) && !routerAnswers) return { ...ROUTER, othersAnswer };
  return { ...there, othersAnswer };
}

/** Null when the call did not end because of the time. */
export function lateness(o: Observation, e: Evidence): Late | null {
  if (!isLate(o)) return null;
  const unconnected = o.error === 'net.connect-timeout' || (o.error === null && says(o, CONNECT));
  return { ...whoIsLate(o, e), status: o.status, connected: !unconnected };
}

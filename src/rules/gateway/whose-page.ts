import type { Evidence } from '../../types/evidence.js';
import type { Observation } from '../../types/observation.js';
import { answeredBy } from '../answered-by.js';
import type { Hit } from '../define.js';
import { isGood } from '../match.js';
import { isPage, type PageMaker, pageMaker } from './page.js';

export interface Page {
  who: string;
  maker: PageMaker;
  status: number | null;
  /** Route on which the same model answered in this run. */
  works: string | null;
  own: boolean;
}

const PAGE_STATUS = [403, 429];
const HUGGING_FACE: readonly string[] = ['router', 'hf-inference', 'provider'];

/** The same model, asked at Hugging Face itself in this run. */
function worksAt(o: Observation, e: Evidence): string | null {
  const good = e.observations.filter(
    (x) => x.purpose === 'inference' && isGood(x) && HUGGING_FACE.includes(x.surface),
  );
  return good.find((x) => x.model !== null && x.model === o.model)?.route ?? null;
}

/** Who sent a web page where JSON was due; null when no page came, or its status is somebody else's. */
export function whosePage(o: Observation, e: Evidence): Hit<Page> | null {
  if (!isPage(o) || o.purpose !== 'inference') return null;
  const { status } = o;
  const refused = status !== null && (status >= 500 || PAGE_STATUS.includes(status));
  const { who, blame } = answeredBy(o, e);
  const maker = pageMaker(o);
  if (o.surface === 'gateway') {
    // A page with status 200 is no answer either.
    if (!refused && !(status !== null && status >= 200 && status < 300)) return null;
    const works = worksAt(o, e);
    const args = { who, maker, status, works, own: true };
    return {
      confidence: works && e.run.live ? 'certain' : 'likely',
      subject: `${o.host ?? 'gateway'} ${status} ${maker}`,
      args,
    };
  }
  if (!refused || !HUGGING_FACE.includes(o.surface)) return null;
  const args = { who, maker, status, works: worksAt(o, e), own: false };
  if (maker === 'cloudflare') return { confidence: 'likely', subject: who, blame, args };
  const edge = { ...args, who: 'the edge of Hugging Face' };
  if (maker === 'cloudfront') return { confidence: 'likely', subject: 'edge', blame: 'router', args: edge };
  // A refusal as a page without any mark may come from anything on the way.
  return PAGE_STATUS.includes(status ?? 0)
    ? { confidence: 'possible', subject: 'page', blame: 'unknown', args }
    : null;
}

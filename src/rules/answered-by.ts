import type { Blame } from '../report/model.js';
import { isHuggingFace } from '../safety/trust.js';
import type { Evidence } from '../types/evidence.js';
import type { Observation, Surface } from '../types/observation.js';
import { providerBehind } from './match.js';

export interface Answerer {
  blame: Blame;
  /** As a sentence names it. */
  who: string;
}

/** Who gave this answer, or should have: the party that can repair it. */
export function answeredBy(o: Observation, e: Evidence): Answerer {
  switch (o.surface) {
    case 'hf-inference':
      return { blame: 'provider', who: 'hf-inference' };
    case 'provider':
    case 'router': {
      const provider = o.surface === 'provider' ? o.provider : providerBehind(o, e);
      return provider
        ? { blame: 'provider', who: provider }
        : { blame: 'router', who: elsewhere(o, e) ?? 'the router of Hugging Face' };
    }
    case 'hub':
      return { blame: 'hub', who: elsewhere(o, e) ?? 'huggingface.co' };
    case 'legacy':
      return { blame: 'hub', who: 'the legacy host' };
    case 'gateway':
      return { blame: 'gateway', who: o.host ? `the gateway ${o.host}` : 'the gateway' };
    case 'dedicated':
      return { blame: 'gateway', who: 'the dedicated endpoint' };
    default:
      return { blame: 'unknown', who: o.host ?? 'the server' };
  }
}

/**
 * The host that was asked, where the user named another one in the place of Hugging Face; null where it is
 * Hugging Face, or the simulator plays it.
 */
export function elsewhere({ surface, host }: Observation, { run }: Evidence): string | null {
  if (!run.live || run.simulated || host === null) return null;
  const base = BASES[surface];
  const url = base === undefined ? undefined : run.endpoints[base];
  return url && URL.canParse(url) && !isHuggingFace(new URL(url)) ? host : null;
}

/** The base URL that calls of a surface go to. */
const BASES: Partial<Record<Surface, 'hub' | 'router' | 'legacy'>> = {
  ...{ hub: 'hub', legacy: 'legacy', router: 'router', provider: 'router', 'hf-inference': 'router' },
};

/** `The` at the start of a sentence; slugs and host names stay as they are written. */
export function sentenceCase(who: string): string {
  return who.startsWith('the ') ? `T${who.slice(1)}` : who;
}

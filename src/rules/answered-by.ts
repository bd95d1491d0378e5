import type { Blame } from '../report/model.js';
import type { Evidence } from '../types/evidence.js';
import type { Observation } from '../types/observation.js';
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
        : { blame: 'router', who: 'the router of Hugging Face' };
    }
    case 'hub':
      return { blame: 'hub', who: 'huggingface.co' };
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

/** `The` at the start of a sentence; slugs and host names stay as they are written. */
export function sentenceCase(who: string): string {
  return who.startsWith('the ') ? `T${who.slice(1)}` : who;
}

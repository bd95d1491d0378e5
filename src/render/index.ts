import type { Report } from '../report/model.js';
import type { Safe } from '../safety/safe.js';
import type { Look } from './look.js';

type Renderer = (report: Safe<Report>, look: Look) => string;

/** The formats by name; each one is loaded when it is asked for. */
export const RENDERERS = {
  human: async (): Promise<Renderer> => (await import('./human/human.js')).renderHuman,
  json: async (): Promise<Renderer> => (await import('./json.js')).renderJson,
  ndjson: async (): Promise<Renderer> => (await import('./ndjson.js')).renderNdjson,
} as const satisfies Record<string, () => Promise<Renderer>>;

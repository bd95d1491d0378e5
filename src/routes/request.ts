import type { Adapter } from '../types/evidence.js';
import type { Capability, RouteId, Surface } from '../types/observation.js';

/** A request that is ready to be sent, without its credential. */
export interface ProbeRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  /** Text as it is; an image or a sound as bytes. */
  body: string | Uint8Array | null;
}

/** One way to reach one model. */
export interface Target extends Adapter {
  model: string;
  suffix: string | null;
  /** The model as the user asked for it: what the cell is filed under. */
  ref: string;
  capability: Capability | null;
  route: RouteId;
  surface: Surface;
  provider: string | null;
  /** What the provider calls the model; the Hub id for all other routes. */
  providerId: string;
  task: string;
}

export interface BaseUrls {
  hub: string;
  router: string;
  legacy: string;
  gateway: string | null;
}

/** Model id as a URL path; the slash between organization and name stays. */
export function idPath(id: string): string {
  return id.split('/').map(encodeURIComponent).join('/');
}

/** The id as it is sent to the router: `org/name` or `org/name:suffix`. */
export function sentId({ model, suffix }: { model: string; suffix: string | null }): string {
  return suffix ? `${model}:${suffix}` : model;
}

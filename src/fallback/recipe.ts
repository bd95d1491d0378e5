import type { Report } from '../report/model.js';
import { HOME } from '../types/home.js';
import type { Link } from './chain.js';

/** All that a generator writes down. */
export interface Recipe {
  /** As the router takes them, the first one first. */
  models: readonly string[];
  /** Base URL of the router, with `/v1`. */
  baseUrl: string;
  /** The organization that pays. */
  billTo: string | null;
  /** The scenario, when nothing real was asked. */
  simulated: string | null;
  version: string;
  /** When the run began, ISO 8601. */
  at: string;
  links: readonly Link[];
}

export function recipeOf(report: Report, links: readonly Link[], billTo: string | null): Recipe {
  // The addresses of a simulation are closed when the code runs.
  const router = report.simulated === null ? report.endpoints.router : HOME.router;
  return {
    models: links.map((l) => l.ref),
    baseUrl: `${router}/v1`,
    billTo,
    simulated: report.simulated,
    version: report.tool.version,
    at: report.startedAt,
    links,
  };
}

/** One line for the head of what is generated. */
export function origin({ version, at, simulated }: Recipe): string {
  const when = simulated === null ? `in a run of ${at}` : 'in a simulation only';
  return `Made by hf-doctor ${version}. Each model answered ${when}.`;
}

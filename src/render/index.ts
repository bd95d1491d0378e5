import type { Report } from '../report/model.js';
import { byPlace } from '../report/places.js';
import type { Safe } from '../safety/safe.js';
import type { Look } from './look.js';

/** In pieces: the text of a long report is larger than the report. */
type Renderer = (report: Safe<Report>, look: Look) => Iterable<string>;

/** The formats by name; each one is loaded when it is asked for. */
export const RENDERERS = {
  human: async (): Promise<Renderer> => {
    const { renderHuman } = await import('./human/human.js');
    return (report, look) => [renderHuman(report, look)];
  },
  json: async (): Promise<Renderer> => (await import('./json.js')).renderJson,
  ndjson: async (): Promise<Renderer> => (await import('./ndjson.js')).renderNdjson,
  markdown: async (): Promise<Renderer> => (await import('./markdown/markdown.js')).renderMarkdown,
  github: async (): Promise<Renderer> => (await import('./github/github.js')).renderGithub,
  junit: async (): Promise<Renderer> => (await import('./junit/junit.js')).renderJunit,
  html: async (): Promise<Renderer> => (await import('./html/page.js')).renderHtml,
  prometheus: async (): Promise<Renderer> => (await import('./prometheus.js')).renderPrometheus,
} as const satisfies Record<string, () => Promise<Renderer>>;

export type Format = keyof typeof RENDERERS;

const AS_IT_IS: ReadonlySet<Format> = new Set(['json', 'ndjson', 'junit', 'prometheus']);

/** Only those that are named; the others stay unloaded. */
export async function loadRenderers(formats: readonly Format[]): Promise<Record<Format, Renderer>> {
  const loaded = await Promise.all(
    [...new Set(formats)].map(async (f) => {
      const render: Renderer = await RENDERERS[f]();
      // A person gets a row for each place of a merged report; the others name the place themselves.
      const forPeople: Renderer = (report, look) => render(byPlace(report), look);
      return [f, AS_IT_IS.has(f) ? render : forPeople] as const;
    }),
  );
  return Object.fromEntries(loaded) as Record<Format, Renderer>;
}

import type { RouteChoice } from '../types/observation.js';
import { echo } from './echo.js';
import { ROUTE_NAMES } from './model.js';
import { nearest } from './nearest.js';
import { bad, good, type Parsed, type Parser, texts } from './parser.js';

const SLUG = /^[a-z0-9][a-z0-9-]{0,63}$/;
const MAX = 100;

/** `legacy,router,novita`: names of routes and slugs of providers. */
export const routeList: Parser<RouteChoice[]> = {
  shape: { type: 'list' },
  parse(raw, { known }) {
    const words = texts(raw, (list) => list.split(','));
    if (!words.ok) return words;
    if (words.value.length > MAX) return bad(`takes at most ${MAX} routes.`);
    const routes = new Set<RouteChoice>();
    for (const word of words.value) {
      const route = parseRoute(word.toLowerCase(), known?.providers ?? []);
      if (!route.ok) return route;
      routes.add(route.value);
    }
    return routes.size === 0 ? bad('names no route.', names()) : good([...routes]);
  },
};

function parseRoute(word: string, providers: readonly string[]): Parsed<RouteChoice> {
  if (word === '') return bad('has an empty place in its list.', 'Remove the comma that stands too much.');
  const [kind, slug, more] = word.split(':');
  if (kind === 'provider' && slug !== undefined && more === undefined) {
    return SLUG.test(slug) ? good(provider(slug)) : bad(`needs a provider after "provider:".`, names());
  }
  const exact = ROUTE_NAMES.find((route) => route === word);
  if (exact !== undefined) return good(exact);
  if (slug !== undefined) {
    const hint = 'A suffix belongs to the model: org/name:suffix. A provider is written provider:name.';
    return bad(`does not know ${echo(word)}.`, hint);
  }
  if (providers.includes(word)) return good(provider(word));
  // A slip in a name must not become a provider that nobody has heard of.
  const near = nearest(word, [...ROUTE_NAMES, ...providers]);
  if (near !== null) {
    return bad(
      `does not know ${echo(word)}.`,
      `Did you mean ${near}? If it is a provider, write provider:${slugOr(word)}.`,
    );
  }
  return SLUG.test(word) ? good(provider(word)) : bad(`does not know ${echo(word)}.`, names());
}

function provider(slug: string): RouteChoice {
  return slug === 'hf-inference' ? 'hf-inference' : `provider:${slug}`;
}

function slugOr(word: string): string {
  return SLUG.test(word) ? word : 'name';
}

function names(): string {
  return `Known: ${ROUTE_NAMES.join(', ')}, or the name of a provider, like novita.`;
}

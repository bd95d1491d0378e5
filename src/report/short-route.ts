/**
 * A route as people read it: `novita`, `:novita` for a suffix of the router, `providers` where no mapping
 * told which. Reports keep the whole id.
 */
export function shortRoute(route: string): string {
  if (route === 'provider:?') return 'providers';
  return route.replace(/^provider:/, '').replace(/^router:/, ':');
}

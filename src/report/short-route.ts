/** A route as people read it: `novita`, and `:novita` for a suffix of the router. Reports keep the whole id. */
export function shortRoute(route: string): string {
  return route.replace(/^provider:/, '').replace(/^router:/, ':');
}

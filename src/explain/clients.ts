import type { ClientVersion } from '../report/explain-view.js';
import type { Observation } from '../types/observation.js';
import type { Project } from './project.js';
import { canonicalName, knowledgeOf } from './versions/versions.js';

/**
 * What is known of the client versions that a text or a project names. The text comes first: it is
 * the client that failed. A version of which nothing is known is left out.
 */
export function clientVersions(
  observations: readonly Observation[],
  project: Project | null,
): ClientVersion[] {
  const told = observations.flatMap(({ client }) =>
    client?.version ? [{ name: client.name, version: client.version, from: 'the text' }] : [],
  );
  const seen = new Set<string>();
  return [...told, ...(project?.clients ?? [])].flatMap(({ name, version, from }) => {
    const key = canonicalName(name);
    const known = seen.has(key) ? null : knowledgeOf(name, version);
    seen.add(key);
    return known ? [{ client: name, version, from, ...known }] : [];
  });
}

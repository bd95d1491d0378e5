import { HOME } from '../types/home.js';
import { bareId } from '../types/model-ref.js';
import type { Report } from './model.js';
import { renamed, walk } from './rename.js';

/** An id in a sentence, in an address, and in the name of a folder such as `models--org--name`. */
const SLASHES = ['/', '%2F', '--'] as const;

/** Words too short or too common to be looked for by themselves. */
const LEAST = 4;

/**
 * The report with stable names in the place of models, organizations and hosts: the same name gets the
 * same number everywhere in it. `hosts`: names of machines that stand in no address of the report.
 */
export function anonymise<R extends Report>(report: R, hosts: readonly string[] = []): R {
  const ids = [...modelsOf(report)].sort();
  const organizations = [...new Set(ids.flatMap((id) => partsOf(id).org ?? []))];
  const known = providersOf(report);
  const names = new Map<string, string>();
  const add = (name: string, other: string) => {
    if (name.length >= LEAST && !known.has(name.toLowerCase()) && !names.has(name)) names.set(name, other);
  };
  for (const [i, id] of ids.entries()) {
    const { org } = partsOf(id);
    const other = `${org === null ? '' : `org-${organizations.indexOf(org) + 1}/`}model-${i + 1}`;
    for (const sign of SLASHES) names.set(id.replaceAll('/', sign), other.replaceAll('/', sign));
  }
  for (const [i, id] of ids.entries()) add(partsOf(id).name, `model-${i + 1}`);
  for (const [i, org] of organizations.entries()) add(org, `org-${i + 1}`);
  for (const [i, host] of [...new Set([...hostsOf(report), ...hosts])].sort().entries())
    names.set(host, `host-${i + 1}`);
  return renamed(report, names);
}

/** An id of the Hub in its two parts; what a provider calls a model may have any form. */
function partsOf(id: string): { org: string | null; name: string } {
  const [, org, name] = /^([\w.-]+)\/([\w.-]+)$/.exec(id) ?? [];
  return { org: org ?? null, name: name ?? id };
}

/** Providers are public, and some are named like the organization of their models. */
function providersOf({ routes, evidence }: Report): Set<string> {
  const names = new Set(routes.flatMap((r) => r.provider?.toLowerCase() ?? []));
  walk(evidence, (key, value) => {
    if (key === 'provider' && typeof value === 'string') names.add(value.toLowerCase());
    if (key === 'clientProviders' && Array.isArray(value))
      for (const name of value) if (typeof name === 'string') names.add(name.toLowerCase());
  });
  return names;
}

function modelsOf(report: Report): Set<string> {
  const ids = new Set<string>();
  const add = (name: unknown) => {
    if (typeof name === 'string' && name !== '') ids.add(bareId(name));
  };
  for (const m of report.models) add(m.id);
  for (const c of report.cells) add(c.model);
  for (const f of report.findings) f.models.forEach(add);
  for (const a of report.alternatives) add(a.instead.model);
  // What providers call a model tells as much as its id.
  walk(report.evidence, (key, value) => {
    if (['model', 'ref', 'canonical', 'providerId', 'adapterWeightsPath'].includes(key)) add(value);
    if (key === 'models' && typeof value === 'object' && value !== null && !Array.isArray(value))
      Object.keys(value).forEach(add);
  });
  return ids;
}

const PUBLIC: readonly string[] = Object.values(HOME).map((url) => new URL(url).host);

/** Hosts that only the user knows; those of Hugging Face and this machine are no secret. */
function hostsOf(report: Report): Set<string> {
  const hosts = new Set<string>();
  const add = (text: unknown) => {
    if (typeof text !== 'string' || !URL.canParse(text)) return;
    const { hostname } = new URL(text);
    const known = PUBLIC.includes(hostname) || hostname === 'localhost' || hostname.startsWith('127.');
    if (hostname !== '' && hostname !== '[::1]' && !known) hosts.add(hostname);
  };
  for (const url of Object.values(report.endpoints)) add(url);
  for (const c of report.cells) add(c.url);
  return hosts;
}

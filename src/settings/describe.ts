import type { Expectation, Ignore } from '../types/excuse.js';
import type { Origin, SettingName, Settings, SettingValues } from './model.js';
import { modelRefText } from './model-id.js';
import { SETTING_NAMES, SETTINGS } from './table.js';

export interface SettingRow {
  /** As a config file names it. */
  name: string;
  /** As a config file would hold it. */
  value: unknown;
  origin: Origin;
}

/** One row a setting, in the order of the table. */
export function describeSettings(settings: Settings): SettingRow[] {
  return SETTING_NAMES.map((name) => ({
    name: SETTINGS[name].key,
    value: filed(name, settings[name].value),
    origin: settings[name].origin,
  }));
}

/** What is used inside in another form than it is written. */
const FILED: { readonly [K in SettingName]?: (value: SettingValues[K]) => unknown } = {
  models: (refs) => refs.map(modelRefText),
  timeoutMs: (ms) => ms / 1_000,
  deadlineMs: (ms) => ms / 1_000,
  shard: (shard) => shard && `${shard.index}/${shard.of}`,
  expect: filedExpectations,
  ignore: (list) => list.map(filedIgnore),
};

function filed<K extends SettingName>(name: K, value: SettingValues[K]): unknown {
  const form = FILED[name];
  return form ? form(value) : value;
}

function filedExpectations(list: readonly Expectation[]): unknown {
  const models = new Map<string, [string, unknown][]>();
  for (const { model, route, faults } of list) {
    const [first, ...more] = faults;
    const entry: [string, unknown] = [route ?? '*', more.length > 0 ? faults : first];
    models.set(model, [...(models.get(model) ?? []), entry]);
  }
  return Object.fromEntries([...models].map(([model, routes]) => [model, Object.fromEntries(routes)]));
}

function filedIgnore(entry: Ignore): unknown {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null));
}

/** The value for a person; what has many parts has a line for each. */
export function valueLines(settings: Settings, { name, value }: SettingRow): string[] {
  if (name === 'expect' && settings.expect.value.length > 0)
    return settings.expect.value.map((e) => `${e.model} on ${e.route ?? '*'}: ${e.faults.join(', ')}`);
  if (name === 'ignore' && settings.ignore.value.length > 0)
    return settings.ignore.value.map(
      ({ rule, model, route, reason }) =>
        [rule, model, route].filter((part) => part !== null).join('@') + (reason ? `: ${reason}` : ''),
    );
  const text = Array.isArray(value) ? value.join(', ') : typeof value === 'object' ? '' : String(value);
  return [text === '' ? 'none' : text];
}

export function originText(origin: Origin): string {
  if (origin.from === 'env') return `environment ${origin.name}`;
  return origin.from === 'flag' ? `option ${origin.name}` : origin.name;
}

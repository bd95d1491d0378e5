import { sanitise } from '../safety/sanitise.js';
import type { Origin, Settings } from './model.js';
import { modelRefText } from './model-id.js';
import { SETTING_NAMES, SETTINGS } from './table.js';

/** One row a setting, as a config file would name it, in the order of the table. */
export function describeSettings(settings: Settings): { name: string; value: string; origin: string }[] {
  return SETTING_NAMES.map((name) => ({
    name: SETTINGS[name].key,
    value: sanitise(shown(name, settings), { max: 500 }),
    origin: sanitise(from(settings[name].origin), { max: 200 }),
  }));
}

function shown(name: (typeof SETTING_NAMES)[number], settings: Settings): string {
  if (name === 'models') return settings.models.value.map(modelRefText).join(', ') || 'none';
  // Written and shown in seconds, used in milliseconds.
  if (name === 'timeoutMs' || name === 'deadlineMs') return String(settings[name].value / 1_000);
  const { value } = settings[name];
  if (value === null) return 'none';
  return Array.isArray(value) ? value.join(', ') || 'none' : String(value);
}

function from(origin: Origin): string {
  if (origin.from === 'env') return `environment ${origin.name}`;
  return origin.from === 'flag' ? `option ${origin.name}` : origin.name;
}

import type { SettingKey } from './flags.js';
import { nearest } from './nearest.js';
import { SETTING_NAMES, SETTINGS } from './table.js';

export const CONFIG_KEYS: readonly SettingKey[] = SETTING_NAMES.map((name) => SETTINGS[name].key);

/**
 * Keys that people expect and that no file may hold: whoever writes the files of a repository would
 * otherwise choose which secret is used, where it goes, or what runs.
 */
const REFUSED: readonly { pattern: RegExp; reason: string; hint: string | null }[] = [
  {
    pattern: /^(?!max).{0,200}token|secret|password|credential|authorization|bearer|cookie|headers?$|key$/,
    reason: 'Secrets are never read from a config file.',
    hint: 'Set HF_TOKEN, or HF_DOCTOR_GATEWAY_KEY for the gateway, in the environment. A secret that is already in the file should be replaced.',
  },
  {
    pattern: /proxy/,
    reason: 'A proxy is never read from a config file.',
    hint: 'Set HTTPS_PROXY in the environment.',
  },
  {
    pattern: /cert|^ca$|^ca(file|bundle|path)|insecure|rejectunauthorized|^tls|^ssl|verify/,
    reason: 'How connections are verified is never read from a config file.',
    hint: 'Set NODE_EXTRA_CA_CERTS in the environment.',
  },
  {
    pattern: /plugin|command|^scripts?$|hook|^extends|require|^import|preset|exec/,
    reason: 'A config file is data only: it loads and runs nothing.',
    hint: null,
  },
];

/** Why a config file may not hold `key`; null when it may. */
export function refuseKey(key: string): { problem: string; hint: string | null } | null {
  if (key === '$schema' || CONFIG_KEYS.some((known) => known === key)) return null;
  const folded = key
    .slice(0, 200)
    .toLowerCase()
    .replace(/[^a-z]/g, '');
  const refused = REFUSED.find(({ pattern }) => pattern.test(folded));
  if (refused !== undefined) return { problem: `is not allowed. ${refused.reason}`, hint: refused.hint };
  if (folded === 'modelsfile') {
    return { problem: 'is not known.', hint: 'Write the ids under "models", or use --models-file.' };
  }
  const near = nearest(key.replace(/^--/, ''), CONFIG_KEYS);
  return {
    problem: 'is not known.',
    hint: near === null ? `Known keys: ${CONFIG_KEYS.join(', ')}.` : `Did you mean ${near}?`,
  };
}

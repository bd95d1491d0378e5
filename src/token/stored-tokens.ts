/** One profile of `hf auth login`: an INI section. */
export interface Profile {
  name: string;
  token: string | null;
  /** Also secret, never sent. */
  refresh: string | null;
}

const MAX_PROFILES = 100;

/** Reads the INI file `stored_tokens`. Lines that are no section and no `key = value` are skipped. */
export function parseStoredTokens(text: string): Profile[] {
  const profiles: Profile[] = [];
  for (const raw of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    const line = raw.trim();
    if (line.startsWith('[') && line.endsWith(']')) {
      if (profiles.length === MAX_PROFILES) break;
      profiles.push({ name: line.slice(1, -1), token: null, refresh: null });
      continue;
    }
    const profile = profiles.at(-1);
    const at = line.search(/[=:]/);
    if (profile === undefined || at <= 0) continue;
    const key = line.slice(0, at).trim().toLowerCase();
    const value = line.slice(at + 1).trim();
    if (key === 'hf_token') profile.token = value;
    if (key === 'refresh_token') profile.refresh = value;
  }
  return profiles;
}

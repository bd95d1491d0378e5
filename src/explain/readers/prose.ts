import type { Facts, Reader } from '../facts.js';
import { statusIn } from '../heads.js';
import { proseIn } from '../prose.js';

/** What a person tells in a sentence, where no client and no server speaks. */
export const proseOf: Reader = ({ said, short }): Facts => {
  const lines = short ? said.split('\n') : [];
  if (lines.some((line) => statusIn(line) !== null)) return {};
  for (const line of lines) {
    const found = proseIn(line);
    if (!found || !URL.canParse(found.url)) continue;
    const { href, host, pathname } = new URL(found.url);
    return {
      status: found.status,
      ...{ url: href, host, path: pathname },
      ...(found.partial ? { partial: true } : {}),
    };
  }
  return {};
};

import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** The browser of this machine; null, and said loudly, where there is none. */
export function findBrowser(what: string): string | null {
  const { CHROMIUM_PATH, PATH = '' } = process.env;
  const places = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const found = [...(CHROMIUM_PATH ? [CHROMIUM_PATH] : []), ...places].find(canRun);
  if (found) return found;
  process.stderr.write(
    `\n!! SKIPPED: ${what}. No Chromium here: run .ci/browser as root on Debian, or set CHROMIUM_PATH.\n\n`,
  );
  return null;
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

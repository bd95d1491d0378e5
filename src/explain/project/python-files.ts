import { type Found, found, linesOf, pythonClient } from './found.js';

/* Files of pip, uv, poetry and pyproject. Lines are enough: no reader understands more than it needs. */

/** `huggingface_hub[inference]==0.27.1`, `huggingface-hub >= 0.24, <1`. */
const REQUIREMENT =
  /^([A-Za-z][\w.-]{1,60})(?:\[[\w ,.-]{0,100}\])? {0,4}((?:[<>=!~]=?=?) {0,4}[\w.*+!-]{1,40}(?: {0,2}, {0,2}[<>=!~]=?=? {0,4}[\w.*+!-]{1,40}){0,4})/;

function requirement(text: string): Found[] {
  const [, name, range] = REQUIREMENT.exec(text) ?? [];
  const client = name ? pythonClient(name) : null;
  if (!client || !range) return [];
  const pinned = /^={2,3} {0,4}([\w.+!-]{1,40})$/.exec(range)?.[1];
  const one = found(client, pinned ?? range);
  return one ? [pinned ? one : { ...one, exact: false }] : [];
}

export function readRequirements(text: string): Found[] {
  return linesOf(text).flatMap((line) => requirement(line.trim()));
}

/** uv.lock, poetry.lock and pdm.lock: tables `[[package]]` with a name and a version. */
export function readTomlLock(text: string): Found[] {
  let inPackage = false;
  let client: string | null = null;
  return linesOf(text).flatMap((line) => {
    if (line.startsWith('[')) {
      inPackage = /^\[\[package\]\]\s{0,4}(?:#|$)/.test(line);
      client = null;
    }
    const [, key, value] = (inPackage && /^(name|version) = "([^"\n]{1,100})"/.exec(line)) || [];
    if (key === 'name') client = pythonClient(value ?? '');
    if (key !== 'version' || client === null) return [];
    const one = found(client, value ?? '');
    return one ? [one] : [];
  });
}

/** A dependency of poetry: `huggingface-hub = "^0.27"`, or a table with a version in it. */
const POETRY = /^([A-Za-z][\w.-]{1,60}) = (?:\{[^}\n]{0,200}version = )?"([^"\n]{1,60})"/;

export function readPyproject(text: string): Found[] {
  let poetry = false;
  return linesOf(text).flatMap((line) => {
    if (line.startsWith('[')) poetry = /^\[tool\.poetry\.[\w.-]{0,60}dependencies\]/.test(line);
    if (poetry) {
      const [, name, version] = POETRY.exec(line) ?? [];
      const client = name ? pythonClient(name) : null;
      const one = client && version ? found(client, version) : null;
      return one ? [one] : [];
    }
    return [...line.matchAll(/["']([^"'\n]{2,160})["']/g)].flatMap((m) => requirement(m[1] ?? ''));
  });
}

/** Names of folders such as `huggingface_hub-1.28.0.dist-info`. */
export function readDistInfo(names: readonly string[]): Found[] {
  return names.flatMap((entry) => {
    const [, name, version] = /^([\w.]{1,60})-(\d[\w.+!]{0,40})\.dist-info$/.exec(entry) ?? [];
    const client = name ? pythonClient(name) : null;
    const one = client && version ? found(client, version) : null;
    return one ? [one] : [];
  });
}

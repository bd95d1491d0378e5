import { extname, isAbsolute, relative, resolve, sep } from 'node:path';
import { echo } from './echo.js';
import { OUTPUT_ENDINGS } from './model.js';
import { bad, good, type Parsed, type Parser, type Place, texts } from './parser.js';

/** Files to write, the format by their ending. A config file may name only files below the working directory. */
export const outputList: Parser<string[]> = {
  shape: { type: 'list' },
  parse(raw, place) {
    const files = texts(raw, (one) => [one]);
    if (!files.ok) return files;
    const seen = new Set<string>();
    for (const file of files.value) {
      const fault = faultOf(file, place);
      if (fault !== null) return fault;
      const path = resolve(place.cwd, file);
      if (seen.has(path)) return bad(`names the same file twice: ${echo(file)}.`);
      seen.add(path);
    }
    return good(files.value);
  },
};

function faultOf(file: string, place: Place): Parsed<never> | null {
  if (file.length > 1_000 || /\p{C}/u.test(file)) {
    return bad('takes the path of a file: no control characters, at most 1,000 characters.');
  }
  if (file.startsWith('~')) return bad('takes a path without ~.', 'Write out the home directory.');
  const known = `Known endings: ${[...OUTPUT_ENDINGS.keys()].join(', ')}.`;
  if (/(?:^|[\\/])\.{0,2}$/.test(file)) return bad(`takes a file, and ${echo(file)} is a directory.`, known);
  if (!OUTPUT_ENDINGS.has(extname(file).toLowerCase())) {
    return bad(`takes a file name with a known ending, not ${echo(file)}.`, known);
  }
  if (place.from === 'file' && !isWithin(place.cwd, resolve(place.cwd, file))) {
    return bad('may only name files below the working directory.', 'Use --output for other places.');
  }
  return null;
}

/** Whether `path` is `directory` or inside it; both absolute, by their spelling alone. */
export function isWithin(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';

/** Things that may stand where a file is expected; `at` names a place in a folder of the test's own. */
export function oddFiles(at: (name: string) => string) {
  return {
    file: (text = 'file'): string => {
      writeFileSync(at('file'), text);
      return at('file');
    },
    linkTo: (target: string): string => {
      symlinkSync(target, at('a-link'));
      return at('a-link');
    },
    pipe: (): string => {
      execFileSync('mkfifo', [at('pipe')]);
      return at('pipe');
    },
  };
}

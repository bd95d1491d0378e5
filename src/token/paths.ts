import { dirname, join, resolve } from 'node:path';

export type Env = Readonly<Record<string, string | undefined>>;

/** Where huggingface_hub looks, after `~` and `$NAME` are expanded as it does. */
export interface ClientPaths {
  token: string;
  storedTokens: string;
  /** True when the user named the token file: then a missing file is worth a word. */
  named: boolean;
  /** Path variables that are set to nothing. */
  empty: string[];
}

/** Variables that move the token file. The first one wins. */
export const PATH_NAMES = ['HF_TOKEN_PATH', 'HF_HOME', 'XDG_CACHE_HOME'] as const;

export function clientPaths(env: Env, home: string, cwd: string): ClientPaths {
  const from = (name: string) => {
    const value = env[name];
    return value ? resolve(cwd, expand(value, env, home)) : null;
  };
  const cache = from('XDG_CACHE_HOME') ?? join(home, '.cache');
  const hfHome = from('HF_HOME') ?? join(cache, 'huggingface');
  const token = from('HF_TOKEN_PATH') ?? join(hfHome, 'token');
  return {
    token,
    storedTokens: join(dirname(token), 'stored_tokens'),
    named: Boolean(env.HF_TOKEN_PATH),
    empty: PATH_NAMES.filter((name) => env[name] === ''),
  };
}

/** `~` at the start and `$NAME`, `${NAME}`; an unknown name stays as it is. */
function expand(path: string, env: Env, home: string): string {
  const atHome = path === '~' || path.startsWith('~/') ? home + path.slice(1) : path;
  return atHome.replace(
    /\$(?:(\w{1,128})|\{([^{}]{1,128})\})/g,
    (whole, bare, braced) => env[bare ?? braced] ?? whole,
  );
}

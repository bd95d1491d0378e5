import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TokenSearchInput } from '../../src/token/sources.js';
import { braced, canary, letters, oauthCanary, sandbox, search } from './support.js';

const [ENV, OLD, FILE, TREE, ONE, TWO] = [canary(1), canary(2), canary(3), canary(4), canary(5), canary(6)];
const CACHE = '.cache/huggingface';

interface Place {
  env?: Record<string, string>;
  stdin?: string;
  platform?: NodeJS.Platform;
  files?: Record<string, string>;
}

async function searchIn({ env = {}, stdin, platform, files = {} }: Place) {
  const box = sandbox();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(box.home, name)), { recursive: true });
    writeFileSync(join(box.home, name), content, { mode: 0o600 });
  }
  const input: Partial<TokenSearchInput> = { env, stdin: stdin ?? null };
  if (platform) input.platform = platform;
  return { ...(await search({ ...box, ...input })), box };
}

describe('precedence', () => {
  const stored = `[one]\nhf_token = ${ONE}\n`;
  const full: Place = {
    stdin: `${canary(9)}\n`,
    env: { HF_TOKEN: ENV, HUGGING_FACE_HUB_TOKEN: OLD },
    files: { [`${CACHE}/token`]: FILE, '.env': `HF_TOKEN=${TREE}\n`, [`${CACHE}/stored_tokens`]: stored },
  };
  const order = [
    'stdin',
    'env HF_TOKEN',
    'env HUGGING_FACE_HUB_TOKEN',
    `file ~/${CACHE}/token`,
    '.env HF_TOKEN',
    'stored profile "one"',
  ];

  it('is the order of the official clients, then .env, then profiles', async () => {
    const { candidates, winner, shadowed } = await searchIn(full);
    expect(candidates.map((c) => c.source)).toEqual(order);
    expect(candidates.map((c) => c.origin)).toEqual(['stdin', 'env', 'env', 'home', 'tree', 'home']);
    expect(winner?.source).toBe('stdin');
    expect(shadowed).toEqual(order.slice(1).map((source) => ({ source, sameValue: false })));
  });

  it.each([
    ['without stdin', { ...full, stdin: undefined }, 'env HF_TOKEN'],
    [
      'without HF_TOKEN',
      { env: { HUGGING_FACE_HUB_TOKEN: OLD }, files: full.files },
      'env HUGGING_FACE_HUB_TOKEN',
    ],
    ['without environment', { files: full.files }, `file ~/${CACHE}/token`],
    ['.env only', { files: { '.env': `HF_TOKEN=${TREE}` } }, '.env HF_TOKEN'],
    [
      '.env with the old name',
      { files: { '.env': `HUGGING_FACE_HUB_TOKEN=${TREE}` } },
      '.env HUGGING_FACE_HUB_TOKEN',
    ],
    [
      'an empty HF_TOKEN',
      { env: { HF_TOKEN: '', HUGGING_FACE_HUB_TOKEN: OLD } },
      'env HUGGING_FACE_HUB_TOKEN',
    ],
    ['a blank HF_TOKEN', { env: { HF_TOKEN: ' \n' }, files: full.files }, `file ~/${CACHE}/token`],
    ['an empty file', { files: { [`${CACHE}/token`]: '\n', '.env': `HF_TOKEN=${TREE}` } }, '.env HF_TOKEN'],
    [
      'a broken HF_TOKEN is still what is sent',
      { env: { HF_TOKEN: `"${ENV}"` }, files: full.files },
      'env HF_TOKEN',
    ],
    ['an empty stdin, asked for', { stdin: '\n', env: { HF_TOKEN: ENV } }, 'stdin'],
  ] as [string, Place, string][])('%s', async (_, place, source) => {
    const { winner } = await searchIn(place);
    expect(winner?.source).toBe(source);
  });

  it.each([
    ['nothing', {}],
    ['stored profiles only', { files: { [`${CACHE}/stored_tokens`]: stored } }],
    ['an empty .env entry', { files: { '.env': 'HF_TOKEN=\n' } }],
    // huggingface_hub: `get("HF_TOKEN") or get("HUGGING_FACE_HUB_TOKEN")`, stripped only afterwards.
    ['blanks that hide the older name', { env: { HF_TOKEN: ' ', HUGGING_FACE_HUB_TOKEN: OLD } }],
  ] as [string, Place][])('no winner: %s', async (_, place) => {
    const { winner, shadowed } = await searchIn(place);
    expect({ winner, shadowed }).toEqual({ winner: null, shadowed: [] });
  });
});

describe('where the token file is', () => {
  it.each([
    ['default', {}, `${CACHE}/token`, `~/${CACHE}/token`],
    ['XDG_CACHE_HOME', { XDG_CACHE_HOME: '~/xdg' }, 'xdg/huggingface/token', '~/xdg/huggingface/token'],
    ['HF_HOME', { HF_HOME: '~/hf', XDG_CACHE_HOME: '~/xdg' }, 'hf/token', '~/hf/token'],
    ['HF_TOKEN_PATH', { HF_TOKEN_PATH: '~/my/tok', HF_HOME: '~/hf' }, 'my/tok', '~/my/tok'],
    [
      'a variable inside',
      { HF_HOME: `~/$WHO/${braced('SUB')}`, WHO: 'me', SUB: 'hf' },
      'me/hf/token',
      '~/me/hf/token',
    ],
    ['an unknown variable stays', { HF_HOME: '~/$NOBODY' }, '$NOBODY/token', '~/$NOBODY/token'],
    ['relative', { HF_HOME: 'rel' }, 'rel/token', '~/rel/token'],
  ])('%s', async (_, env, file, shown) => {
    const { winner, box } = await searchIn({ env, files: { [file]: FILE } });
    expect(winner).toMatchObject({ source: `file ${shown}`, path: join(box.home, file), origin: 'home' });
  });

  it('shows a path outside of home in full', async () => {
    const { home } = sandbox();
    writeFileSync(join(home, 'tok'), FILE, { mode: 0o600 });
    const { winner } = await searchIn({ env: { HF_TOKEN_PATH: join(home, 'tok') } });
    expect(winner?.source).toBe(`file ${join(home, 'tok')}`);
  });

  it('notes a named file that is missing, and path variables set to nothing', async () => {
    expect((await searchIn({ env: { HF_TOKEN_PATH: '~/gone' } })).notes).toEqual([
      'HF_TOKEN_PATH names ~/gone, and there is no such file.',
    ]);
    expect((await searchIn({ env: { HF_HOME: '' } })).notes).toEqual([
      expect.stringContaining('HF_HOME is set but empty'),
    ]);
  });

  it.each(['/data/hf_cache_dir', `/var/${'0a1b2c3d'.repeat(8)}/hf`])(
    'takes no folder for a token: %s',
    async (folder) => {
      const { notes, secrets } = await searchIn({ env: { HF_HOME: folder } });
      expect({ notes, secrets }).toEqual({ notes: [], secrets: [] });
    },
  );

  it('hides a token that was put where the path belongs', async () => {
    const found = await searchIn({ env: { HF_TOKEN_PATH: ENV } });
    expect(found.notes).toEqual([
      expect.stringMatching(/^HF_TOKEN_PATH seems to hold a token/),
      expect.stringContaining('names ~/…'),
    ]);
    expect(found.notes.join()).not.toContain(ENV.slice(3, 9));
    expect(found.secrets).toHaveLength(1);
  });
});

describe('what is shadowed', () => {
  it('tells whether it is the same token', async () => {
    const { shadowed } = await searchIn({
      env: { HF_TOKEN: ENV },
      files: { [`${CACHE}/token`]: `${ENV}\n`, '.env': `HF_TOKEN=${TREE}` },
    });
    expect(shadowed).toEqual([
      { source: `file ~/${CACHE}/token`, sameValue: true },
      { source: '.env HF_TOKEN', sameValue: false },
    ]);
  });

  it('leaves out what holds no token, and the active profile', async () => {
    const { shadowed, candidates } = await searchIn({
      env: { HF_TOKEN: ENV, HUGGING_FACE_HUB_TOKEN: '' },
      files: {
        [`${CACHE}/token`]: FILE,
        [`${CACHE}/stored_tokens`]: `[active]\nhf_token = ${FILE}\n[other]\nhf_token = ${TWO}\n[none]\n`,
        '.env': 'HF_TOKEN=hf_xxx\n',
      },
    });
    expect(shadowed.map((s) => s.source)).toEqual([`file ~/${CACHE}/token`, 'stored profile "other"']);
    expect(candidates).toHaveLength(7);
  });

  it('counts a broken value of another source', async () => {
    const { shadowed } = await searchIn({ env: { HF_TOKEN: ENV, HUGGING_FACE_HUB_TOKEN: `"${ENV}"` } });
    expect(shadowed).toEqual([{ source: 'env HUGGING_FACE_HUB_TOKEN', sameValue: false }]);
  });
});

describe('faults × sources', () => {
  const faults = [
    ['quotes', `"${ENV}"`, false],
    ['bearer-prefix', `Bearer ${ENV}`, false],
    ['byte-order-mark', `\ufeff${ENV}`, false],
    ['non-ascii', `${ENV}\u200b`, false],
    ['non-ascii', `\u2018${ENV}\u2019`, false],
    ['non-ascii', `${ENV}é`, false],
    ['control-character', `${ENV.slice(0, 9)}\0${ENV.slice(9)}`, false],
    ['duplicated', ENV + ENV, false],
    ['provider-key', `sk-${letters(20)}`, false],
    ['refresh-token', `hf_oauth__refresh_${letters(21)}`, false],
    ['org-token', `api_org_${letters(22)}`, false],
    ['trusted-publisher-token', `hf_jwt_${letters(23)}`, true],
    ['placeholder', braced('HF_TOKEN'), false],
    ['too-short', 'hf_abc12', false],
    ['whitespace', ` ${ENV}`, true],
    ['newline', `${ENV.slice(0, 9)}\n${ENV.slice(9)}`, true],
  ] as const;
  const sources: [string, (raw: string) => Place][] = [
    ['env HF_TOKEN', (raw) => ({ env: { HF_TOKEN: raw } })],
    ['env HUGGING_FACE_HUB_TOKEN', (raw) => ({ env: { HUGGING_FACE_HUB_TOKEN: raw } })],
    [`file ~/${CACHE}/token`, (raw) => ({ files: { [`${CACHE}/token`]: raw } })],
    ['.env HF_TOKEN', (raw) => ({ files: { '.env': `HF_TOKEN='${raw}'\n` } })],
    ['stdin', (raw) => ({ stdin: `${raw}\n` })],
  ];
  const cases = sources.flatMap(([source, place]) =>
    faults.map(([kind, raw, usable]) => [kind, source, place(raw), usable] as const),
  );
  it.each(cases)('%s in %s', async (kind, source, place, usable) => {
    const { winner, secrets } = await searchIn(place);
    expect(winner?.source).toBe(source);
    expect(winner?.secret !== null).toBe(usable);
    expect(winner?.faults.map((f) => f.kind)).toContain(kind);
    // Whatever is wrong with a token, the redactor must know it. Stand-ins are no secrets.
    expect(secrets.length > 0).toBe(kind !== 'placeholder');
  });

  it('does not call the line break that echo adds a fault of stdin, and does so for a file', async () => {
    expect((await searchIn({ stdin: `${ENV}\r\n` })).winner?.faults).toEqual([]);
    const { winner } = await searchIn({ files: { [`${CACHE}/token`]: `${ENV}\n` } });
    expect(winner?.faults.map((f) => f.kind)).toEqual(['newline']);
  });
});

describe('notes', () => {
  const cases: [string, Place, RegExp][] = [
    ['empty variable', { env: { HF_TOKEN: '' } }, /^HF_TOKEN is set but empty/],
    ['blank variable', { env: { HF_TOKEN: ' ' } }, /^HF_TOKEN holds only blanks/],
    [
      'blank hides the older',
      { env: { HF_TOKEN: ' ', HUGGING_FACE_HUB_TOKEN: OLD } },
      /does not look at HUGGING_FACE_HUB_TOKEN/,
    ],
    ['OIDC', { env: { HF_TOKEN: ENV, HF_OIDC_RESOURCE: 'me/repo' } }, /^HF_OIDC_RESOURCE is set/],
    ['token of .env', { files: { '.env': `HF_TOKEN=${TREE}` } }, /^The token comes from \.env/],
    [
      'profiles, none active',
      { files: { [`${CACHE}/stored_tokens`]: `[a]\nhf_token=${ONE}` } },
      /hf auth switch$/,
    ],
    ['empty token file', { files: { [`${CACHE}/token`]: '' } }, /token is empty/],
    ['no equals sign', { files: { '.env': `HF_TOKEN ${TREE}` } }, /line 1: HF_TOKEN has no =/],
    ['YAML form', { files: { '.env': `# x\nHF_TOKEN: ${TREE}` } }, /line 2: HF_TOKEN has no =/],
    ['export', { files: { '.env': `export HF_TOKEN=${TREE}` } }, /line 1: HF_TOKEN is written with export/],
    ['quotes', { files: { '.env': `\nHF_TOKEN="${TREE}"` } }, /line 2: HF_TOKEN is written with quotes/],
    ['comment', { files: { '.env': `HF_TOKEN=${TREE} # key` } }, /written with comment/],
    ['spaces', { files: { '.env': `HF_TOKEN = ${TREE}` } }, /written with spaces/],
    [
      'twice',
      { files: { '.env': `HF_TOKEN=${ONE}\nHF_TOKEN=${TREE}` } },
      /sets HF_TOKEN 2 times; the last one, in line 2/,
    ],
    ['empty in .env', { files: { '.env': 'HF_TOKEN=' } }, /line 1: HF_TOKEN is empty/],
    [
      'BOM',
      { files: { '.env': `\ufeffHF_TOKEN=${TREE}` } },
      /byte order mark\. Some loaders then do not see HF_TOKEN/,
    ],
    ['CRLF', { files: { '.env': `HF_TOKEN=${TREE}\r\n` } }, /Windows line ends/],
    [
      'open quote',
      { files: { '.env': `A=1\nHF_TOKEN="${TREE}` } },
      /line 2: the quote after HF_TOKEN= is never closed/,
    ],
    [
      'open quote above',
      { files: { '.env': `A="x\nHF_TOKEN="${TREE}"` } },
      /line 1: the quote after A stays open and swallows HF_TOKEN/,
    ],
    [
      'other name',
      { files: { '.env': `HUGGINGFACE_TOKEN=${TREE}` } },
      /line 1 sets HUGGINGFACE_TOKEN, a name that no official/,
    ],
  ];
  it.each(cases)('%s', async (_, place, expected) => {
    const { notes } = await searchIn(place);
    expect(notes).toContainEqual(expect.stringMatching(expected));
  });

  it('there are none for a .env without a token', async () => {
    const names = `HF_API_KEY=1\nOTHER=${TREE}\n`;
    expect((await searchIn({ files: { '.env': names } })).notes).toEqual([]);
    expect((await searchIn({ files: { '.env': '\ufeffA="1\r\n2"\r\nB 3\r\n' } })).notes).toEqual([]);
  });

  it('there are none when all is as it should be', async () => {
    const { notes } = await searchIn({
      env: { HF_TOKEN: ENV },
      files: { [`${CACHE}/token`]: ENV, '.env': `export HF_TOKEN="${ENV}"\r\n` },
    });
    expect(notes).toEqual([]);
  });
});

describe('lookalikes', () => {
  it('names those that hold a Hugging Face token, and who reads them', async () => {
    const { lookalikes, secrets, winner } = await searchIn({
      env: {
        HUGGINGFACEHUB_API_TOKEN: ENV,
        HUGGINGFACE_API_KEY: `"${OLD}"`,
        HF_API_TOKEN: ONE,
        HUGGINGFACE_TOKEN: 'undefined',
        INFERENCE_TOKEN: letters(30),
        HF_ACCESS_TOKEN: TWO,
        UNRELATED: canary(31),
      },
    });
    expect(lookalikes).toEqual([
      { name: 'HUGGINGFACEHUB_API_TOKEN', readBy: 'LangChain' },
      { name: 'HUGGINGFACE_API_KEY', readBy: 'litellm and the Vercel AI SDK' },
      { name: 'HF_API_TOKEN', readBy: 'Haystack' },
      { name: 'HF_ACCESS_TOKEN', readBy: null },
    ]);
    expect({ winner, secrets: secrets.length }).toEqual({ winner: null, secrets: 4 });
  });
});

describe('secrets for the redactor', () => {
  it('holds every profile, refresh tokens, commented lines and other names', async () => {
    const refresh = `hf_oauth__refresh_${letters(40)}`;
    const oauth = oauthCanary({ scope: 'openid' });
    const { secrets } = await searchIn({
      env: { HF_TOKEN: ENV },
      files: {
        [`${CACHE}/stored_tokens`]: `[a]\nhf_token = ${ONE}\n[b]\nhf_token = ${oauth}\nrefresh_token = ${refresh}\n`,
        '.env': `# HF_TOKEN=${TWO}\nHF_TOKEN=sk-${letters(42)}x\nHF_TOKEN=sk-${letters(41)}\nOTHER='${TREE}'\n`,
      },
    });
    const lengths = [ENV, ONE, oauth, refresh, TWO, `sk-${letters(42)}x`, `sk-${letters(41)}`, TREE].map(
      (value) => value.length,
    );
    expect(secrets.map((s) => s.length).sort()).toEqual(lengths.sort());
  });
});

describe('a file that cannot be read is named once, and nothing else happens', () => {
  it.each([
    ['not-a-file', /is not a regular file/],
    ['too-large', /too large/],
    ['denied', /may not read it/],
    ['unreadable', /could not be read/],
  ] as const)('%s', async (reason, note) => {
    const read = async () => ({ ok: false as const, reason });
    const found = await search({ ...sandbox(), env: { HF_TOKEN: ENV }, read });
    expect(found.notes).toHaveLength(3);
    for (const text of found.notes) expect(text).toMatch(note);
    expect(found.winner?.source).toBe('env HF_TOKEN');
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tokenFacts } from '../../src/token/facts.js';
import { canary, everything, letters, longestPiece, oauthCanary, sandbox, search } from './support.js';

/** Ways in which a value goes wrong. None may bring a piece of it into what we return. */
const DRESS: [string, (token: string) => string][] = [
  ['as it is', (t) => t],
  ['newline', (t) => `${t}\r\n`],
  ['broken over two lines', (t) => `${t.slice(0, 15)}\n${t.slice(15)}`],
  ['quotes', (t) => `"${t}"`],
  ['open quote', (t) => `'${t}`],
  ['Bearer', (t) => `Bearer ${t}`],
  ['Bearer twice in quotes', (t) => `"Bearer: Bearer ${t}"`],
  ['byte order mark', (t) => `\ufeff${t}`],
  ['null inside', (t) => `${t.slice(0, 15)}\0${t.slice(15)}`],
  ['zero-width inside', (t) => `${t.slice(0, 15)}\u200b${t.slice(15)}`],
  ['smart quotes', (t) => `\u201c${t}\u201d`],
  ['comment', (t) => `${t} # mine`],
  ['twice', (t) => t + t],
  ['two lines', (t) => `${t}\n${t}\n`],
  ['JSON', (t) => JSON.stringify({ token: t })],
  ['brackets', (t) => `<${t}>`],
  ['assignment', (t) => `export HF_TOKEN=${t}`],
  ['reference', (t) => `\${HF_TOKEN:-${t}}`],
  ['UTF-16', (t) => [...t].join('\0')],
];
const TOKENS: [string, string][] = [
  ['user', canary(1)],
  ['OAuth', oauthCanary({ scope: 'openid inference-api', exp: 1 })],
  ['other vendor', `sk-${letters(7, 40)}`],
  ['no prefix', letters(8, 40)],
];
const CACHE = '.cache/huggingface';

describe.each(TOKENS)('%s', (_, token) => {
  it.each(DRESS)('%s', async (_name, dress) => {
    const value = dress(token);
    const places: [Record<string, string>, Record<string, string>, string | null][] = [
      [{ HF_TOKEN: value, HUGGING_FACE_HUB_TOKEN: value, HUGGINGFACE_TOKEN: value }, {}, null],
      [{ HF_TOKEN_PATH: value }, {}, null],
      [{}, { [`${CACHE}/token`]: value }, null],
      [{}, { '.env': `HF_TOKEN=${value}\n` }, null],
      [{}, { '.env': value }, null],
      [{}, { '.env': `HF_TOKEN="${value}\nHF_API_KEY: ${value}\n` }, null],
      [{}, { [`${CACHE}/stored_tokens`]: `[me]\nhf_token = ${value}\nrefresh_token = ${value}\n` }, null],
      [{}, { [`${CACHE}/stored_tokens`]: `[${value.replace(/[\r\n]/g, '')}]\nhf_token = ${value}\n` }, null],
      [{}, {}, value],
    ];
    for (const [env, files, stdin] of places) {
      const box = sandbox();
      mkdirSync(join(box.home, CACHE), { recursive: true });
      for (const [name, content] of Object.entries(files)) writeFileSync(join(box.home, name), content);
      const found = await search({ ...box, env, stdin });
      const whoami = { status: 200, error: null, body: { type: 'user', auth: { type: 'oauth' } } };
      const text =
        everything(found) +
        everything(tokenFacts(found, whoami, 'lab')) +
        everything(tokenFacts(found, null, null));
      expect(longestPiece(text, token).length, text).toBeLessThan(6);
    }
  });
});

it('the search itself can find a piece', () => {
  const token = canary(1);
  expect(longestPiece(`x${token.slice(5, 12)}y`, token)).toBe(token.slice(5, 12));
});

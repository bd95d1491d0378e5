import { describe, expect, it } from 'vitest';
import { secretValuesOfEnv } from '../../src/safety/redact.js';

const word = 'kolibri'.repeat(2);

describe('secretValuesOfEnv', () => {
  it.each([
    ['HF_TOKEN', word],
    ['OPENAI_API_KEY', word],
    ['TOGETHER_APIKEY', word],
    ['my_secret', word],
    ['DB_PASSWORD', word],
    ['PGPASS', word],
    ['BASIC_AUTH', word],
    ['AWS_SECRET_ACCESS_KEY', `/${word}/${word}`],
    ['SHORTEST_KEY', word.slice(0, 8)],
  ])('takes %s', (label, value) => {
    expect(secretValuesOfEnv({ [label]: value })).toEqual([{ value, label }]);
  });

  it('takes a value without the blanks around it', () => {
    expect(secretValuesOfEnv({ HF_TOKEN: ` ${word}\n` })).toEqual([{ value: word, label: 'HF_TOKEN' }]);
  });

  it.each(['$HF_TOKEN', '$' + '{HF_TOKEN}', '%HF_TOKEN%', 'hf_token'])(
    'leaves the name of a variable: %s',
    (value) => {
      expect(secretValuesOfEnv({ HF_TOKEN: undefined, API_KEY: value })).toEqual([]);
      expect(secretValuesOfEnv({ API_KEY: value })).toEqual([{ value, label: 'API_KEY' }]);
    },
  );

  it.each([
    ['SSH_AUTH_SOCK', '/tmp/ssh-agent/agent.123'],
    ['XAUTHORITY', '/home/someone/.Xauthority'],
    ['GIT_ASKPASS', '/usr/lib/git-askpass'],
    ['HF_TOKEN_PATH', '/home/someone/token'],
    ['GIT_AUTHOR_NAME', 'Someone Else'],
    ['TOKENIZERS_PARALLELISM', 'disabled'],
    ['HF_HUB_DISABLE_IMPLICIT_TOKEN', 'some-long-setting'],
    ['KEYBOARD_LAYOUT', 'dvorak-intl'],
    ['AUTH_PROVIDER', 'huggingface'],
    ['AUTH_DOMAIN', 'huggingface'],
    ['AUTH_HOST', 'router.huggingface.co'],
    ['npm_package_keywords_0', 'inference-providers'],
    ['SOME_KEY', '1234567890'],
    ['SECRET_NAME_SHORT', 'abc1234'],
    ['MY_TOKEN', 'undefined'],
    ['HF_ENDPOINT', 'https://mirror.example.org'],
    ['PATH', '/usr/local/bin:/usr/bin'],
    ['EMAIL', 'first.last@example.org'],
    ['HTTPS_PROXY_NOTE', `me:${word}@proxy:8080`],
    ['HTTPS_PROXY', `ask me:${word}@proxy:8080`],
    ['MY_KEY', undefined],
  ])('leaves %s=%s', (label, value) => {
    expect(secretValuesOfEnv({ [label]: value })).toEqual([]);
  });

  it.each([
    ['HTTPS_PROXY', `http://me:${word}@proxy:8080`, [word]],
    ['https_proxy', `me:${word}@proxy:8080`, [word]],
    ['ALL_PROXY', `http://me:${word}%40x@proxy:8080`, [`${word}%40x`, `${word}@x`]],
    ['HTTP_PROXY', `http://me:${word}%zz@proxy:8080`, [`${word}%zz`]],
    ['HTTP_PROXY', `http://me:${word}@x@proxy:8080`, [`${word}@x`]],
    ['DATABASE_URL', `postgres://me:${word}@db/x`, [word]],
    ['HF_ENDPOINT', `https://${word}@mirror.example.org`, [word]],
    ['HTTP_PROXY', 'http://proxy:8080/a@b', []],
    ['HTTP_PROXY', 'http://me:short@proxy:8080', []],
  ])('finds the password in %s=%s', (label, text, values) => {
    expect(secretValuesOfEnv({ [label]: text })).toEqual(values.map((value) => ({ value, label })));
  });
});

import { describe, expect, it } from 'vitest';
import { looksLikeKey } from '../../src/safety/patterns.js';
import { createRedactor } from '../../src/safety/redact.js';
import { canary, leaks } from '../support/leaks.js';

const redact = (text: string): string => createRedactor([])(text);
const letters = canary('pattern', '');
/** Of letters only: nothing but the name of the header tells. */
const short = letters.slice(0, 12);
const mixed = `${letters}09`;
const uuid = ['0a1b2c3d', '1111', '2222', '3333', '0123456789ab'].join('-');
const part = Buffer.from(`{"a":"${letters}"}`).toString('base64url');

describe('secrets that nobody told us about', () => {
  it.each<[string, string, string]>([
    ['a user token', `hf_${letters}`, letters],
    ['a token with digits', `hf_${mixed}`, mixed],
    ['a short token of mixed case', `hf_${letters.slice(0, 10)}`, letters.slice(0, 10)],
    ['an OAuth token', `hf_oauth_ey${part}.${part}.${letters}`, part],
    ['a refresh token', `hf_oauth__refresh_${mixed}`, mixed],
    ['a publisher token', `hf_jwt_ey${part}.${part}.${letters}`, part],
    ['an organization token', `api_org_${letters}`, letters],
    ['a bare JWT', `eyJ${part}.${part}.${letters}`, part],
    ['an OpenAI key', `sk-${mixed}`, mixed],
    ['a project key', `sk-proj-${mixed}`, mixed],
    ['a Groq key', `gsk_${mixed}`, mixed],
    ['a Replicate key', `r8_${mixed}`, mixed],
    ['a Fireworks key', `fw_${mixed}`, mixed],
    ['a Cerebras key', `csk-${mixed}`, mixed],
    ['an NVIDIA key', `nvapi-${mixed}`, mixed],
    ['a Together key', `tgp_v1_${mixed}`, mixed],
    ['a fal key', `${uuid}:${'0123456789abcdef'.repeat(2)}`, '0123456789abcdef'],
    ['a GitHub token', `ghp_${mixed}`, mixed],
    ['an xAI key', `xai-${mixed}`, mixed],
    ['a Perplexity key', `pplx-${mixed}`, mixed],
    ['a Google key', `AIza${mixed}`, mixed],
    ['a fine-grained GitHub token', `github_pat_${mixed}`, mixed],
    ['a GitLab token', `glpat-${mixed}`, mixed],
    ['an npm token', `npm_${mixed}`, mixed],
    ['a Slack token', `xoxb-${mixed}`, mixed],
    ['an AWS key id', `AKIA${letters.slice(0, 16).toUpperCase()}`, letters.slice(0, 16)],
    ['a Bearer value', `Bearer ${mixed}`, mixed],
    ['a Bearer value of letters', `bearer: ${letters}`, letters],
    ['an Authorization header', `Authorization: Basic ${letters}=`, letters],
    ['one without a scheme', `authorization: ${letters}`, letters],
    ['one with a doubled mark', `Authorization: Bearer: ${short}`, short],
    ['one in a Python dict', `{'Authorization': 'Token ${letters}'}`, letters],
    ['one in a list of headers', `['authorization', 'Bearer ${letters}']`, letters],
    ['one in a HAR file', `{"name": "x-api-key", "value": "${letters}"}`, letters],
    ['one in JSON in JSON', JSON.stringify(JSON.stringify({ 'x-api-key': letters })), letters],
    ['a proxy header', `Proxy-Authorization: Basic ${letters}`, letters],
    ['a key header', `x-api-key: ${letters}`, letters],
    ['a plain key header', `api-key: ${short}`, short],
    ['an x- key header', `"x-api-key": "${short}"`, short],
    ['an ElevenLabs header', `xi-api-key: ${short}`, short],
    ['an auth token header', `X-Auth-Token: ${short}`, short],
    ['an API token header', `x-api-token: ${short}`, short],
    ['an AWS session header', `x-amz-security-token: ${short}`, short],
    ['an Azure header', `Ocp-Apim-Subscription-Key: ${short}`, short],
    ['a token header', `x-hf-token: ${short}`, short],
    ['a passphrase', `passphrase: ${mixed}`, mixed],
    ['a key pair', `https://cdn.x/y?Key-Pair-Id=${letters}`, letters],
    ['a cookie', `Cookie: token=${letters}; theme=dark`, letters],
    ['a set cookie', `set-cookie: session=${letters}; Path=/`, letters],
    ['a query', `https://x.y/z?model=a&token=${letters}&b=1`, letters],
    ['an api_key query', `https://x.y/z?api_key=${letters}`, letters],
    ['an encoded query', `next=%3Ftoken%3D${letters}%26a`, letters],
    ['a signed URL', `https://s3.x/y?X-Amz-Credential=${letters}%2Fus&X-Amz-Signature=${letters}`, letters],
    ['an Azure signature', `https://x.y/z?sv=1&sig=${letters}%3D`, letters],
    [
      'a CDN signature',
      `https://cdn.x/y?Expires=1&Policy=${letters}&Signature=${letters}&Key-Pair-Id=K1`,
      letters,
    ],
    ['a user in a URL', `http://me:${letters}@proxy.x:8080/`, letters],
    ['a user with @ in the password', `http://me:p@${letters}@proxy.x:8080/`, letters],
    ['a user without a scheme', `//me:${letters}@proxy.x:8080/`, letters],
    ['a JSON member', `{"access_token":"${mixed}"}`, mixed],
    ['a variable', `export TOGETHER_API_KEY=${mixed}`, mixed],
    ['an argument', `InferenceClient(api_key="${mixed}")`, mixed],
    [
      'a private key',
      `-----BEGIN PRIVATE KEY-----\n${letters}\n${letters}\n-----END PRIVATE KEY-----`,
      letters,
    ],
    ['a token cut by a colour', `hf_${letters.slice(0, 9)}\x1b[31m${letters.slice(9)}`, letters],
    ['a token cut by zero width', `hf_${letters.slice(0, 9)}\u200b${letters.slice(9)}`, letters],
    ['a token cut by quoted-printable', `hf_${letters.slice(0, 9)}=\r\n${letters.slice(9)}`, letters],
    ['an encoded token', `hf%5F${letters}`, letters],
    ['a token after a written line break', `\\nhf_${letters}`, letters],
    ['a key after a written line break', `\\nsk-${mixed}`, mixed],
    [
      'an AWS key id cut by quoted-printable',
      `AKIA${letters.slice(0, 9)}=\r\n${letters.slice(9, 16)}`.toUpperCase(),
      letters.slice(0, 9),
    ],
    ['a token cut by an octal colour', `hf_${letters.slice(0, 9)}\\033[31m${letters.slice(9)}`, letters],
    ['a token cut by a short colour', `hf_${letters.slice(0, 9)}\\e[31m${letters.slice(9)}`, letters],
    ['a token beside a number that is no character', `&#9999999;hf%5F${letters}`, letters],
    // Each is nearly a word, a placeholder, a mask or a link.
    ['a short password', 'password: abc123de', 'abc123de'],
    ['20 letters', `token: ${letters.slice(0, 20)}`, letters.slice(0, 20)],
    ['a key that ends in a word', `token: 7${letters.slice(0, 6)}7.abcdefgh.ijklmnop`, letters.slice(0, 6)],
    [
      'a key that starts with a word',
      `token: abcdefgh.ijklmnop.7${letters.slice(0, 7)}`,
      letters.slice(0, 7),
    ],
    ['a key that ends like a scheme', `x-api-key: ${short}token`, short],
    ['a key that starts like a scheme', `x-api-key: token${short}`, short],
    ['a key that ends like a variable', `x-api-key: ${short}_THE_KEY`, short],
    ['a key that starts like a variable', `x-api-key: THE_KEY_${short}`, short],
    ['a key with a placeholder inside', `x-api-key: ${short}_your_key`, short],
    ['a key with slashes', `x-api-key: ${short}/ab/cd`, short],
    ['a key that ends in a mask', `x-api-key: ${short}xxxx`, short],
    ['a key that starts like a mask', `x-api-key: xxxx${short}`, short],
    ['a key with env inside', `x-api-key: 7env${short}`, short],
  ])('%s', (_, text, secret) => {
    const out = redact(`saw ${text} there`);
    expect(leaks(out, [secret])).toBeLessThan(6);
    expect(out).toMatch(/\[redacted\]|\/\/\*\*\*@/);
    expect(redact(out)).toBe(out);
  });

  it('leave the words around them', () => {
    expect(redact(`curl -H 'Authorization: Bearer hf_${letters}' https://x.y/z`)).toBe(
      "curl -H 'Authorization: Bearer [redacted]' https://x.y/z",
    );
    expect(redact(`https://u:${letters}@x.y/z?token=${letters}&a=1`)).toBe(
      'https://***@x.y/z?token=[redacted]&a=1',
    );
    expect(redact(`{"error":"Incorrect API key: sk-${mixed}.","code":401}`)).toBe(
      '{"error":"Incorrect API key: [redacted].","code":401}',
    );
  });
});

it.each([
  ['to the last character', `hf%5F${letters}`, '[redacted]'],
  ['from the first', `%68f_${letters}`, '[redacted]'],
  ['and no more', `%22hf_${letters}%22`, '%22[redacted]%22'],
])('an encoded token is covered %s', (_, text, shown) => {
  expect(redact(`saw ${text} there`)).toBe(`saw ${shown} there`);
});

describe('what is no secret stays', () => {
  it.each([
    'hf_raise_for_status(response) in hf_hub_download, hf_endpoints, hf_mcp_course',
    'hf_oauth: true, hf_oauth_expiration_minutes: 480, hf_oauth_scopes: inference-api',
    '-H "Authorization: Bearer $HF_TOKEN"',
    '-H "Authorization: Bearer $' + '{HF_TOKEN}"',
    'Authorization: Bearer <your token>',
    'Authorization: Bearer YOUR_HF_TOKEN',
    'Authorization: Bearer your-token-goes-here-2025',
    'token: my_token_from_2025',
    'token: environ/SOME_LONG_NAME_2',
    'Authorization: Bearer hf_xxxxxxxxxxxxxxxx',
    'Authorization: Bearer hf_...',
    'headers={"Authorization": f"Bearer {os.environ[\'HF_TOKEN\']}"}',
    'client = InferenceClient(token=os.environ["HF_TOKEN"], provider="novita")',
    'InferenceClient(api_key=os.getenv("HF_TOKEN"))',
    'new InferenceClient({ accessToken: process.env.HF_TOKEN })',
    'apiKey: process.env.HF_TOKEN,',
    'api_key: os.environ/HF_TOKEN',
    'HF_TOKEN: $' + '{{ secrets.HF_TOKEN }}',
    'export HF_TOKEN=hf_…',
    'api_key=settings.huggingface_api_token',
    'Authorization header is correct, but the token seems invalid',
    'WWW-Authenticate: Bearer error="invalid_token"',
    'Bearer authentication required',
    'https_proxy=http://user:password@host:port',
    'const token = who.auth?.accessToken;',
    'token: readTheToken(first.candidate),',
    'New token: https://huggingface.co/settings/tokens/new?ownUserPermissions=inference.serverless.write&tokenType=fineGrained',
    'token: ~/.cache/huggingface/token',
    '{"max_tokens":1000000000,"next_token_id":151643}',
    'SyntaxError: Unexpected token \'<\', "<!DOCTYPE "... is not valid JSON',
    'https://huggingface.co/@user/thing and mail me@example.org',
    'org/sk-learn-something-very-long and task-force-of-nineteen',
    'Qwen/Qwen2.5-72B-Instruct:novita at 10:02:11, request Root=1-6919abcd-0123456789abcdef01234567',
    'sha256 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
    'token hf_…AbCd (env HF_TOKEN, 37 characters)',
    '[secret env HF_TOKEN] and [redacted] and https://***@host/',
    'cookie:       [redacted]   ',
    'token: 1234567890123',
    `token: ${letters.slice(0, 19)}`,
    'Authorization: apikey',
    'Authorization: Bearer MODEL_ACCESS_TOKEN',
    'x-api-key: ********',
    'x-api-key: process.env.KEY_2025',
    'api_key: os.environ/KEY_2025',
    'api_key: settings2025.secrets',
    'secret: http://mirror.example/a1',
    'token: /home/me/.cache/token1',
    'token: ./folder1/hf',
    'token: ../folder1/hf',
  ])('%s', (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe('looksLikeKey', () => {
  it.each([
    `hf_${letters}`,
    `org/hf_${letters}`,
    `hf_endpoints hf_${letters}`,
    `hf_oauth_ey${part}.${part}.${letters}`,
    `eyJ${part}.${part}.${letters}`,
    `model:sk-${mixed}`,
  ])('knows %s', (text) => expect(looksLikeKey(text)).toBe(true));

  it.each([
    '',
    'hf_endpoints',
    'hf_hub_download',
    'hf_xxxxxxxx',
    'meta-llama/Llama-3.1-8B-Instruct:novita',
    'org/sk-learn-something-very-long',
    `x-api-key: ${letters}`,
  ])('lets %j pass', (text) => expect(looksLikeKey(text)).toBe(false));
});

import { describe, expect, it } from 'vitest';
import {
  type EndpointOrigin,
  isHuggingFace,
  isLoopback,
  mayCarryToken,
  type TokenOrigin,
} from '../../src/safety/trust.js';

describe('isHuggingFace', () => {
  it.each([
    'https://huggingface.co',
    'https://huggingface.co/api/whoami-v2',
    'https://router.huggingface.co/v1',
    'https://api-inference.huggingface.co',
    'https://a.b.huggingface.co',
    'https://HuggingFace.CO',
    'https://huggingface.co:443/x',
    'https:\\\\huggingface.co\\x',
    'https:huggingface.co',
    'https://\thugging\nface.co',
    'https://huggingface.co\\.evil.example',
  ])('knows %j', (url) => expect(isHuggingFace(new URL(url))).toBe(true));

  it.each([
    'http://huggingface.co',
    'https://huggingface.co:8443',
    'https://huggingface.co.evil.example',
    'https://evilhuggingface.co',
    'https://huggingface.co-evil.example',
    'https://evil.example/huggingface.co',
    'https://evil.example/?https://huggingface.co',
    'https://evil.example#huggingface.co',
    'https://huggingface.co@evil.example',
    'https://huggingface.co:x@evil.example',
    'https://huggingface.co%40evil.example@evil.example',
    'https://user@huggingface.co',
    'https://user:pw@huggingface.co',
    'https://:pw@huggingface.co',
    'https://huggingface.co.',
    'https://evil.example\\@huggingface.co',
    'https://evil.example\\.huggingface.co',
    'https://huggingfa\u0441e.co',
    'https://hugging-face.co',
    'https://huggingface.com',
    'https://huggingface.c',
    'https://hf.co',
    'https://ggingface.co',
    'https://huggingface_co',
    'https://a_b.huggingface.co',
    'https://127.0.0.1/huggingface.co',
    'ftp://huggingface.co',
    'wss://huggingface.co',
    'file://huggingface.co/x',
    'https://huggingface.co。evil.example',
  ])('is not fooled by %s', (url) => expect(isHuggingFace(new URL(url))).toBe(false));
});

describe('isLoopback', () => {
  it.each([
    'http://localhost',
    'http://LOCALHOST:8080',
    'https://127.0.0.1',
    'http://127.1',
    'http://0x7f000001',
    'http://127.9.9.9',
    'http://127.100.20.3',
    'http://[::1]:80',
  ])('knows %s', (url) => expect(isLoopback(new URL(url))).toBe(true));

  it.each([
    'http://localhost.evil.example',
    'http://evil.localhost',
    'http://127.0.0.1.evil.example',
    'http://10.0.0.1',
    'http://0.0.0.0',
    'http://128.0.0.1',
    'http://[::2]',
    'http://[::ffff:10.0.0.1]',
    'http://localhost@evil.example',
    'http://169.254.169.254',
  ])('is not fooled by %s', (url) => expect(isLoopback(new URL(url))).toBe(false));
});

const flag: EndpointOrigin = { source: 'flag' };
const env: EndpointOrigin = { source: 'env' };
const file: EndpointOrigin = { source: 'file', file: '.env' };
const byDefault: EndpointOrigin = { source: 'default' };
const ofEnv: TokenOrigin = { source: 'env' };
const ofHome: TokenOrigin = { source: 'home', file: '/home/x/token' };
const ofFile: TokenOrigin = { source: 'file', file: '.env' };
const ofStdin: TokenOrigin = { source: 'stdin' };

describe('mayCarryToken', () => {
  it.each<[string, EndpointOrigin, TokenOrigin]>([
    ['https://huggingface.co', byDefault, ofEnv],
    ['https://router.huggingface.co/v1', byDefault, ofHome],
    ['https://router.huggingface.co/v1', file, ofEnv],
    ['https://huggingface.co', flag, ofFile],
    ['https://mirror.example', flag, ofHome],
    ['https://mirror.example:8443/hf', env, ofStdin],
    ['https://huggingface.co:8443', env, ofEnv],
    ['http://127.0.0.1:8080', flag, ofEnv],
    ['http://localhost:3000', env, ofFile],
    ['https://mirror.example', file, ofFile],
    ['https://mirror.example', file, { source: 'file', file: './x/../.env' }],
    ['http://localhost:3000', file, ofFile],
  ])('%s from %o may get the token of %o', (url, endpoint, token) => {
    expect(mayCarryToken(new URL(url), endpoint, token)).toEqual({ ok: true });
  });

  it.each<[string, EndpointOrigin, TokenOrigin, RegExp]>([
    ['http://huggingface.co', byDefault, ofEnv, /not be encrypted/],
    ['http://mirror.example', flag, ofEnv, /not be encrypted/],
    ['http://10.0.0.1', env, ofEnv, /not be encrypted/],
    ['http://10.0.0.1', file, ofFile, /not be encrypted/],
    ['https://evil.example', file, ofEnv, /comes from a file/],
    ['https://evil.example', file, ofHome, /comes from a file/],
    ['https://evil.example', file, ofStdin, /comes from a file/],
    ['https://evil.example', file, { source: 'file', file: 'other.env' }, /comes from a file/],
    ['https://evil.example', file, { source: 'file' }, /comes from a file/],
    ['https://evil.example', { source: 'file' }, { source: 'file' }, /comes from a file/],
    ['https://evil.example', { source: 'file' }, ofFile, /comes from a file/],
    ['https://evil.example', file, { source: 'home', file: '.env' }, /comes from a file/],
    ['http://localhost:3000', file, ofEnv, /comes from a file/],
    ['https://evil.example', byDefault, ofEnv, /does not belong/],
    ['https://user:pw@huggingface.co', flag, ofEnv, /user name or a password/],
    ['https://user@mirror.example', env, ofEnv, /user name or a password/],
    ['ftp://localhost', flag, ofEnv, /not a web address/],
    ['file:///etc/passwd', flag, ofEnv, /not a web address/],
  ])('%s from %o may not get the token of %o', (url, endpoint, token, reason) => {
    const answer = mayCarryToken(new URL(url), endpoint, token);
    expect(answer).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
  });
});

import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { GENERATORS } from '../../src/fallback/generate.js';
import type { Recipe } from '../../src/fallback/recipe.js';

export const QWEN = 'Qwen/Qwen2.5-72B-Instruct';
export const LLAMA = 'meta-llama/Llama-3.1-70B-Instruct';

export function recipe(models: readonly string[], more: Partial<Recipe> = {}): Recipe {
  return {
    models,
    baseUrl: 'https://router.huggingface.co/v1',
    billTo: null,
    simulated: null,
    version: '0.0.0-test',
    at: '2026-11-21T00:00:00.000Z',
    links: [],
    ...more,
  };
}

export const hasPython = spawnSync('python3', ['--version']).status === 0;
if (!hasPython) console.warn('python3 is not installed: the generated Python code is NOT tested.');

export type Language = 'python' | 'typescript' | 'openai';
export const LANGUAGES: readonly Language[] = [
  ...(hasPython ? ['python' as const] : []),
  'typescript',
  'openai',
];

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** How a program of a user calls the generated code. */
const CALLERS = {
  python: `
import json, sys
from chain import chat
model, answer = chat([{"role": "user", "content": "hi"}], base_url=sys.argv[1], timeout=float(sys.argv[2]), **json.loads(sys.argv[3]))
print(model, answer["choices"][0]["message"]["role"])
`,
  typescript: `
import { chat } from './chain.mjs';
const [baseUrl, seconds, more] = process.argv.slice(2);
const options = { baseUrl, timeoutMs: seconds * 1000, ...JSON.parse(more) };
const { model, answer } = await chat([{ role: 'user', content: 'hi' }], options);
console.log(model, answer.choices[0].message.role);
`,
  openai: `
import { chat } from './chain.mjs';
const [baseURL, seconds] = process.argv.slice(2);
const { model, answer } = await chat([{ role: 'user', content: 'hi' }], { baseURL, timeoutMs: seconds * 1000 });
console.log(model, answer.choices[0].message.role);
`,
} satisfies Record<Language, string>;

/** Runs generated code as a program of its own. The token is the only thing in its environment. */
export async function execute(
  language: Language,
  code: string,
  o: { baseUrl: string; token: string | null; seconds?: number; stream?: boolean },
): Promise<Ran> {
  // Inside the project, so that the package openai resolves.
  const folder = mkdtempSync(join(modules, '.fallback-'));
  const python = language === 'python';
  const [chain, caller] = python ? ['chain.py', 'caller.py'] : ['chain.mjs', 'caller.mjs'];
  const source = python ? code : transformSync(code, { loader: 'ts', format: 'esm' }).code;
  writeFileSync(join(folder, chain ?? ''), source);
  writeFileSync(join(folder, caller ?? ''), CALLERS[language]);
  const command = python ? 'python3' : process.execPath;
  const env = { PATH: process.env.PATH ?? '', ...(o.token === null ? {} : { HF_TOKEN: o.token }) };
  try {
    return await new Promise((done) => {
      execFile(
        command,
        [
          join(folder, caller ?? ''),
          o.baseUrl,
          String(o.seconds ?? 30),
          JSON.stringify(o.stream ? { stream: true } : {}),
        ],
        { env, cwd: folder },
        (error, stdout, stderr) => done({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr }),
      );
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function generated(language: Language, models: readonly string[]): string {
  return GENERATORS[language](recipe(models));
}

export interface Server {
  baseUrl: string;
  /** Models in the order in which they were asked for, and the credential that came along. */
  asked: { model: string; authorization: string | undefined; headers: IncomingMessage['headers'] }[];
  close(): Promise<void>;
}

/** A server on 127.0.0.1 that answers each model as it is told to. */
export async function serve(answer: (model: string, response: ServerResponse) => void): Promise<Server> {
  const asked: Server['asked'] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    const model = text.startsWith('{') ? String(JSON.parse(text).model) : '';
    asked.push({ model, authorization: request.headers.authorization, headers: request.headers });
    answer(model, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

export const COMPLETION = JSON.stringify({ choices: [{ message: { role: 'assistant', content: 'hi' } }] });

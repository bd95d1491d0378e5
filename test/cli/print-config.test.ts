import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { emptyFolder, run } from '../support/cli.js';

const TOKEN = `hf_${'aB3'.repeat(12)}`;

async function folder(config: string): Promise<string> {
  const cwd = emptyFolder();
  await writeFile(join(cwd, 'hf-doctor.config.yaml'), config);
  return cwd;
}

describe('--print-config', () => {
  it('shows each value and where it comes from', async () => {
    const cwd = await folder('timeout: 5\nignore:\n  - { rule: slow, route: novita, reason: they know }\n');
    const { code, stdout, stderr } = await run(['check', 'a/b', '--print-config', '--retries', '0'], {
      cwd,
      env: { HF_DOCTOR_MAX_COST: '0.5', HF_TOKEN: TOKEN },
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const row = (name: string) => stdout.split('\n').find((line) => line.startsWith(`${name} `));
    expect(row('models')).toMatch(/ a\/b {2,}option \[models\.\.\.\]$/);
    expect(row('retries')).toMatch(/ 0 {2,}option --retries$/);
    expect(row('maxCost')).toMatch(/ 0\.5 {2,}environment HF_DOCTOR_MAX_COST$/);
    expect(row('timeout')).toMatch(/ 5 {2,}hf-doctor\.config\.yaml: timeout$/);
    expect(row('ignore')).toMatch(/ slow@provider:novita: they know {2,}hf-doctor\.config\.yaml: ignore$/);
    expect(row('deadline')).toMatch(/ 600 {2,}default$/);
    expect(stdout).toContain(`Config file: ${join(cwd, 'hf-doctor.config.yaml')}`);
    expect(stdout).not.toContain(TOKEN.slice(3, 12));
  });

  it('is one document for a machine, in the form of a config file', async () => {
    const expectation = { 'a/b': { router: [500, 502], '*': 'flaky' } };
    const cwd = await folder(JSON.stringify({ expect: expectation, format: 'json' }));
    for (const args of [[], ['--format', 'json'], ['--format', 'ndjson']]) {
      const { code, stdout } = await run(['check', '--print-config', ...args], { cwd });
      expect(code).toBe(0);
      const view = JSON.parse(stdout);
      expect(view.schemaVersion).toBe(1);
      expect(view.settings.find((s: { name: string }) => s.name === 'expect')).toEqual({
        name: 'expect',
        value: expectation,
        source: {
          from: 'file',
          name: 'hf-doctor.config.yaml: expect',
          path: join(cwd, 'hf-doctor.config.yaml'),
        },
      });
      if (args[1] === 'ndjson') expect(stdout.trimEnd()).not.toContain('\n');
    }
  });

  it('asks nobody', async () => {
    let asked = 0;
    const server = createServer((_, answer) => {
      asked += 1;
      answer.end('{}');
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((ready) => server.once('listening', ready));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const env = { HF_ENDPOINT: url, HF_DOCTOR_ROUTER_URL: url, HF_TOKEN: TOKEN };
    const { code, stdout } = await run(['check', '--print-config'], { env });
    expect({ code, asked }).toEqual({ code: 0, asked: 0 });
    expect(stdout).toContain(url);
    const found = await run(['check', '--print-config', '--simulate', 'novita-500', '--format', 'json'], {
      env,
    });
    expect(found.code).toBe(0);
    expect(found.stdout).toContain('scenario novita-500');
  });

  it('never shows a secret', async () => {
    const secret = 'Zx9'.repeat(8);
    for (const url of [`https://u:${secret}@h.example`, `https://h.example/?key=${secret}`]) {
      const { code, stdout, stderr } = await run(['check', '--print-config'], { env: { HF_ENDPOINT: url } });
      expect(code).toBe(2);
      expect(stdout + stderr).not.toContain(secret);
    }
    const cwd = await folder(JSON.stringify({ ignore: [{ rule: 'slow', reason: `ask with ${TOKEN}` }] }));
    for (const format of ['human', 'json']) {
      const { code, stdout } = await run(['check', '--print-config', '--format', format], { cwd });
      expect(code).toBe(0);
      expect(stdout).not.toContain(TOKEN.slice(3, 12));
    }
    const moving = await folder(
      JSON.stringify({ ignore: [{ rule: 'slow', reason: '\u001b[31mred\u202e' }] }),
    );
    const { stdout } = await run(['check', '--print-config'], { cwd: moving });
    expect(stdout).toContain('red');
    for (const moves of ['\u001b', '\u202e']) expect(stdout).not.toContain(moves);
  });

  it('refuses a form that it has not', async () => {
    const { code, stdout, stderr } = await run(['check', '--print-config', '--format', 'junit']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('human, json or ndjson');
  });
});

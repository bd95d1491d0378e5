import { createServer } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../src/simulator/find.js';
import { startSimulator } from '../../src/simulator/server.js';
import { get, raw } from '../exporter/support.js';
import { startWatch } from '../exporter/watched.js';
import { run, spawnCli } from '../support/cli.js';
import { leaks, terminalSafe } from '../support/leaks.js';

describe('watch --listen', () => {
  it('serves metrics, health and the report of the last round', async () => {
    const watch = await startWatch([], { simulate: 'novita-500' });
    expect(watch.stderr()).toContain(
      `Listening on http://127.0.0.1:${watch.at.port}/ for the last report, /metrics and /healthz.\n`,
    );
    expect(watch.stderr()).not.toContain('other machines');
    const [metrics, health, page] = [
      await get(watch.at),
      await get(watch.at, '/healthz'),
      await get(watch.at, '/'),
    ];
    expect(metrics.body).toContain('hf_doctor_model_usable{model="Qwen/Qwen2.5-72B-Instruct"} 0\n');
    expect(metrics.body).toContain('hf_doctor_watch_rounds_total 1\n');
    expect(metrics.body).toContain('hf_doctor_watch_exit_code 1\n');
    expect([health.status, health.body]).toEqual([
      200,
      expect.stringMatching(/^ok: round 1, \d+ seconds ago\.\n$/),
    ]);
    expect(page.body).toMatch(/^<!doctype html>[\s\S]*Qwen\/Qwen2\.5-72B-Instruct[\s\S]*<\/html>\s*$/);
    await watch.next();
    expect((await get(watch.at)).body).toContain('hf_doctor_watch_rounds_total 2\n');
    expect(await watch.stop()).toBe(130);
    expect((await get(watch.at)).text).toBe('');
  });

  it('the page may load what its own text says, and the header says the same', async () => {
    const watch = await startWatch([], { simulate: 'healthy' });
    const { head, text } = await get(watch.at, '/');
    // Entities of the attribute, as a browser reads them.
    const [, meta = ''] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(text) ?? [];
    const policy = meta.replaceAll('&#39;', "'").replaceAll('&amp;', '&');
    expect(policy).toContain("style-src 'sha256-");
    expect(head).toContain(`content-security-policy: ${policy}; frame-ancestors 'none'`.toLowerCase());
    await watch.stop();
  });

  it('shows nothing of the token and of who owns it', async () => {
    const loaded = await loadScenario('hostile');
    if (!loaded.ok) throw new Error(loaded.problem);
    const simulator = await startSimulator(loaded.scenario);
    const { hub: hubUrl, router: routerUrl, legacy: legacyUrl } = simulator.endpoints;
    const token = simulator.token ?? '';
    const watch = await startWatch(
      loaded.scenario.check.models,
      { hubUrl, routerUrl, legacyUrl, timeout: '3' },
      { HF_TOKEN: token },
    );
    const said = [await get(watch.at), await get(watch.at, '/healthz'), await get(watch.at, '/')].map(
      (g) => g.text,
    );
    await watch.stop();
    await simulator.close();
    expect(said.join('')).toContain(loaded.scenario.check.models[0]);
    expect(leaks(said.join('\n'), [token])).toBeLessThan(6);
    expect(said.join('\n')).not.toContain('hf_…');
    expect(terminalSafe(said.join('\n').replaceAll('\r\n', '\n'))).toEqual([]);
  });

  it('is not disturbed by who asks slowly, wrongly or without end', async () => {
    const calm = await startWatch([], { simulate: 'novita-500' });
    const pestered = await startWatch([], { simulate: 'novita-500' });
    const { address, port } = pestered.at;
    const sockets = Array.from({ length: 60 }, () => {
      const socket = connect(port, address).on('error', () => undefined);
      socket.write('GET /metrics HTTP/1.1\r\nHost: ');
      return socket;
    });
    const noise = ['\0\r\n\r\n', 'GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n', 'POST / HTTP/9\r\n\r\n'];
    await Promise.all([...noise.map((text) => raw(pestered.at, text)), calm.next(), pestered.next()]);
    for (const socket of sockets) socket.destroy();
    expect(await Promise.all([calm.stop(), pestered.stop()])).toEqual([130, 130]);
    const timeless = (text: string) => text.replace(/^\S+Z /gm, '');
    expect(timeless(pestered.stdout())).toBe(timeless(calm.stdout()));
    expect(pestered.stderr().replace(/:\d+\//, '')).toBe(calm.stderr().replace(/:\d+\//, ''));
  });

  it('before the first round there is no report, and health says so', async () => {
    // Nobody answers: the round goes on until it is stopped.
    const silent = createServer(() => undefined);
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    const address = silent.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const url = `http://127.0.0.1:${port}`;
    let asked: Promise<unknown> | null = null;
    let seen = '';
    const { code, stdout, stderr } = await spawnCli(
      ['watch', 'a/b', '--listen', '[::1]:0', '--hub-url', url, '--router-url', url, '--legacy-url', url],
      {
        onStart: (child) =>
          child.stderr?.on('data', (d) => {
            seen += d;
            const found = /http:\/\/\[::1\]:(\d+)\//.exec(seen);
            if (!found || asked) return;
            const at = { address: '::1', port: Number(found[1]) };
            asked = Promise.all(
              ['/', '/healthz', '/metrics'].map((path) => get(at, path, [`Host: [::1]:${at.port}`])),
            ).finally(() => child.kill('SIGINT'));
          }),
      },
    );
    silent.closeAllConnections();
    silent.close();
    expect(await asked).toMatchObject([
      { status: 503, body: expect.stringMatching(/^No report yet/) },
      { status: 503, body: expect.stringMatching(/^No round was completed yet/) },
      { status: 200, body: expect.stringContaining('hf_doctor_watch_rounds_total 0\n') },
    ]);
    expect(code).toBe(130);
    expect(stdout).toContain('No round was completed');
    expect(stderr).toContain('Listening on http://[::1]:');
  });

  it('a name that was given is a Host, and no other name is', async () => {
    const watch = await startWatch([], { simulate: 'healthy', listen: 'localhost:0' });
    const status = async (host: string) => (await get(watch.at, '/healthz', [`Host: ${host}`])).status;
    expect([
      await status('localhost'),
      await status(watch.at.address.includes(':') ? '[::1]' : '127.0.0.1'),
    ]).toEqual([200, 200]);
    expect(await status('evil.example')).toBe(421);
    await watch.stop();
  });
});

describe('an address that cannot be had', () => {
  it('is exit code 2, and nothing was asked', async () => {
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    const address = taken.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const { code, stdout, stderr } = await run([
      'watch',
      '--simulate',
      'healthy',
      '--listen',
      `127.0.0.1:${port}`,
    ]);
    taken.close();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      `hf-doctor: --listen: "127.0.0.1:${port}" is in use: another program listens there.\n  Name another one; port 0 takes any that is free.\n`,
    );
  });

  it.each([
    ['192.0.2.1:0', '"192.0.2.1:0" is no address of this machine.'],
    ['name.invalid:0', '"name.invalid:0" is a name that '],
    ['nonsense', '--listen takes an address and a port, not "nonsense".'],
    [':9469', 'Write 127.0.0.1:9469, or 0.0.0.0:9469'],
  ])('%s', async (listen, says) => {
    const { code, stdout, stderr } = await run(['watch', '--simulate', 'healthy', '--listen', listen]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
  });
});

import { mkdtempSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { Readable, Writable } from 'node:stream';
import { createRedactor } from '../../src/safety/redact.js';

vi.mock('../../src/rules/index.js', async () => {
  const load = async (p: string, n: string) => ((await import(/* @vite-ignore */ `/work/main/src/rules/${p}.ts`)) as any)[n];
  const camel = (s: string) => s.replace(/-(\w)/g, (_, c) => c.toUpperCase());
  const ids = [
    'router/bad-base-url', 'token/token-malformed', 'token/token-missing', 'token/token-invalid',
    'token/token-lacks-inference-permission', 'token/token-wrong-permission',
    'account/credits-exhausted','account/spending-limit-reached','account/provider-billing-unavailable','account/org-policy','account/rate-limited','account/provider-rate-limited',
    'router/wrong-route', 'model/model-retired', 'model/model-too-large', 'model/model-gated',
    'model/wrong-task', 'provider/provider-removed', 'provider/wrong-provider-suffix', 'provider/mapping-disagrees',
    'model/model-not-found', 'model/model-loading', 'model/chat-template-missing', 'model/server-out-of-memory', 'model/task-not-found',
    'code/context-too-long', 'code/payload-too-large', 'code/payload-invalid', 'model/model-runtime-error',
    'model/model-not-served', 'account/provider-disabled', 'model/model-overloaded', 'router/endpoint-override-mismatch', 'hub/legacy-host-gone', 'provider/provider-outage',
  ];
  const RULES = [] as any[];
  for (const id of ids) { const r = await load(id, camel(id.split('/')[1]!)); if (r) RULES.push(r); else console.log('no', id); }
  return { RULES, ruleById: (id: string) => RULES.find((r) => r.id === id) ?? null };
});

const { execute } = await import('../../src/cli/program.js');
for (const name of (process.env.SCEN ?? 'model-not-served,model-retired,model-loading,legacy-404,suffix-502,all,healthy,provider-disabled,truncated,hostile,html-gateway').split(','))
  it(name, async () => {
    let out = ''; let err = '';
    const sink = (f: (s: string) => void) => new Writable({ write(c, _e, cb) { f(String(c)); cb(); } });
    const dir = mkdtempSync('/tmp/hfd-');
    const code = await execute({ argv: ['check', '--simulate', name, '--format', 'json'], env: {}, cwd: dir, home: dir, stdin: Readable.from([]) as any,
      stdout: sink((x) => { out += x; }) as any, stderr: sink((x) => { err += x; }) as any, signal: new AbortController().signal, version: '0.1.0', redact: createRedactor([], []) });
    const r = JSON.parse(out);
    console.log(`=== ${name} exit ${code}\n` + r.cells.map((c: any, i: number) => `  ${i} ${c.model} ${c.route} ${c.control ? 'control' : c.auth} ${c.status ?? c.error} ${c.outcome} ${c.rule ?? ''} ${c.reason ?? ''} ${(c.evidence ?? '').slice(0, 110)}`).join('\n') + '\n' + r.findings.map((f: any) => `  # ${f.rule} ${f.severity} ${f.confidence} ${f.blame} | ${f.title} | models ${f.models} cells ${f.cells}`).join('\n'));
    if (err) console.log(err.slice(0, 500));
  }, 60000);

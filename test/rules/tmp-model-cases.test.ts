import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { evidence } from '../support/evidence.js';

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
const { diagnose } = await import('../../src/diagnose/diagnose.js');
const OWN = ['wrong-route','bad-base-url','endpoint-override-mismatch','model-not-served','model-retired','model-not-found','model-gated','model-too-large','model-loading','model-overloaded','model-runtime-error','server-out-of-memory','wrong-task','task-not-found','chat-template-missing','payload-invalid','payload-too-large','context-too-long'];
for (const rule of OWN) describe(rule, () => {
  const root = new URL(`../../fixtures/cases/${rule}/`, import.meta.url).pathname;
  for (const name of readdirSync(root)) {
    const file = JSON.parse(readFileSync(root + name, 'utf8'));
    it(name, () => {
      const found = diagnose(evidence(file)).findings;
      const want = file.expect;
      if (process.env.SHOW) for (const f of found) console.log(`--- ${rule}/${name}: ${f.rule} ${f.severity} ${f.confidence} ${f.blame}\n${f.title}\n  ${f.explanation}\n  NOT ${f.notThis}\n${f.fixes.map((x: any) => `  * ${x.text} ${x.commands.join(' ; ')} ${x.links.join(' ')} ${x.snippet?.code ?? ''}`).join('\n')}\n  V ${f.verify}`);
      if (want.not) expect(found.map((f) => f.rule)).not.toContain(want.not);
      if (!want.rule) return;
      expect(found.map((f) => f.rule)).toContain(want.rule);
      const finding = found.find((f) => f.rule === want.rule)!;
      if (want.blame) expect(finding.blame).toBe(want.blame);
      if (want.confidence) expect(finding.confidence).toBe(want.confidence);
      if (want.severity) expect(finding.severity).toBe(want.severity);
      for (const phrase of want.says ?? []) expect(JSON.stringify(finding)).toContain(phrase);
    });
  }
});

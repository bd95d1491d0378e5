import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';

vi.mock('../../src/rules/index.js', async () => {
  const all = await Promise.all([
    import('../../src/rules/run/probe-crashed.js'),
    import('../../src/rules/token/token-invalid.js'),
    import('../../src/rules/network/proxy-refused.js'),
    import('../../src/rules/network/clock-skew.js'),
    import('../../src/rules/network/tls-interception.js'),
    import('../../src/rules/network/captive-portal.js'),
    import('../../src/rules/network/dns-failure.js'),
    import('../../src/rules/network/tls-blocked.js'),
    import('../../src/rules/hub/legacy-host-gone.js'),
    import('../../src/rules/provider/provider-removed.js'),
    import('../../src/rules/provider/provider-staging.js'),
    import('../../src/rules/provider/mapping-disagrees.js'),
    import('../../src/rules/provider/wrong-provider-suffix.js'),
    import('../../src/rules/gateway/endpoint-paused.js'),
    import('../../src/rules/gateway/endpoint-scaled-to-zero.js'),
    import('../../src/rules/gateway/endpoint-wrong-path.js'),
    import('../../src/rules/run/flaky.js'),
    import('../../src/rules/gateway/gateway-html-error.js'),
    import('../../src/rules/network/timeout.js'),
    import('../../src/rules/provider/provider-outage.js'),
    import('../../src/rules/run/unexpected-shape.js'),
    import('../../src/rules/run/slow.js'),
    import('../../src/rules/provider/provider-unknown-to-client.js'),
    import('../../src/rules/run/unclassified.js'),
  ]);
  const RULES = all.flatMap((m) => Object.values(m).filter((v) => v && typeof v === 'object' && 'page' in v));
  return { RULES, ruleById: (id: string) => RULES.find((r) => r.id === id) ?? null };
});
const { diagnose } = await import('../../src/diagnose/diagnose.js');
const { RULES } = await import('../../src/rules/index.js');
const { evidence } = await import('../support/evidence.js');
const root = new URL('../../fixtures/cases/', import.meta.url).pathname;
const out: string[] = [];
for (const rule of RULES) {
  describe(rule.id, () => {
    for (const name of readdirSync(`${root}${rule.id}`)) {
      const file = JSON.parse(readFileSync(`${root}${rule.id}/${name}`, 'utf8'));
      it(`${name}: ${file.note}`, () => {
        const d = diagnose(evidence(file));
        const { expect: want } = file;
        const ids = d.findings.map((f) => f.rule);
        for (const f of d.findings) out.push(`## ${rule.id}/${name}\n[${f.rule} ${f.severity} ${f.blame} ${f.confidence}] ${f.title}\n  ${f.explanation}\n  NOT ${f.notThis}\n${f.fixes.map((x) => `  - ${x.text} ${x.commands.join(' ; ')} ${x.links.join(' ')}`).join('\n')}\n  verify ${f.verify}`);
        if (want.not) expect(ids).not.toContain(want.not);
        if (!want.rule) return;
        expect(ids).toContain(want.rule);
        const f = d.findings.find((x) => x.rule === want.rule);
        if (want.blame) expect(f?.blame).toBe(want.blame);
        if (want.confidence) expect(f?.confidence).toBe(want.confidence);
        if (want.severity) expect(f?.severity).toBe(want.severity);
        for (const s of want.says ?? []) expect(JSON.stringify(f)).toContain(s);
      });
    }
  });
}
it('writes', async () => { (await import('node:fs')).writeFileSync('/tmp/findings.txt', out.join('\n\n')); });

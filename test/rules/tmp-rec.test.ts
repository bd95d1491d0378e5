import { readFileSync } from 'node:fs';
import { it } from 'vitest';
import { claims } from '../../src/diagnose/claim.js';
import { evidence } from '../support/evidence.js';
import { readText } from '../../src/probe/body.js';
import { judgeShape } from '../../src/probe/shape.js';
import { placeOf } from '../../src/routes/surface.js';
const files = ['run/probe-crashed','network/proxy-refused','network/clock-skew','network/tls-interception','network/captive-portal','network/dns-failure','network/tls-blocked','provider/provider-removed','provider/provider-staging','provider/mapping-disagrees','provider/wrong-provider-suffix','gateway/endpoint-paused','gateway/endpoint-scaled-to-zero','gateway/endpoint-wrong-path','run/flaky','gateway/gateway-html-error','network/timeout','run/unexpected-shape','run/slow','provider/provider-unknown-to-client'];
it('recordings', async () => {
  const rules = [];
  for (const f of files) rules.push(...Object.values(await import(/* @vite-ignore */ new URL(`../../src/rules/${f}.ts`, import.meta.url).pathname)).filter((v) => v && typeof v === 'object' && 'page' in v));
  for (const line of readFileSync('/work/shared/recordings/exchanges.jsonl', 'utf8').trim().split('\n')) {
    const r = JSON.parse(line);
    const u = new URL(r.url); const place = placeOf(u);
    const ct = r.headers['content-type']?.split(';')[0] ?? null;
    const b = readText(typeof r.body === 'string' ? r.body : '', ct);
    const o = { origin: 'recording', route: null, auth: 'unknown', ...place, url: r.url, method: r.method, status: r.status, contentType: ct, headers: r.headers, body: b.facts, task: null, shape: r.status < 300 && r.status >= 200 ? judgeShape(null, b) : null, error: r.status >= 300 && r.status < 400 ? 'http.redirect' : null, requestId: r.headers['x-request-id'] ?? null, at: null };
    for (const live of [true, false]) {
    const e = evidence({ observations: [o], run: { live } } as never);
    for (const c of claims(e, rules)) console.log('REC', live, c.rule.id, c.hit.confidence, r.status, r.method, r.url.slice(0, 90), ct, JSON.stringify(r.body).slice(0, 100));
    }
  }
});

import { readFileSync } from 'node:fs';
import { it, vi } from 'vitest';
import { claims } from '../../src/diagnose/claim.js';
import { evidence } from '../support/evidence.js';
import { readText } from '../../src/probe/body.js';
import { placeOf } from '../../src/routes/surface.js';

const files = ['run/probe-crashed','network/proxy-refused','network/clock-skew','network/tls-interception','network/captive-portal','network/dns-failure','network/tls-blocked','provider/provider-removed','provider/provider-staging','provider/mapping-disagrees','provider/wrong-provider-suffix','gateway/endpoint-paused','gateway/endpoint-scaled-to-zero','gateway/endpoint-wrong-path','run/flaky','gateway/gateway-html-error','network/timeout','run/unexpected-shape','run/slow','provider/provider-unknown-to-client','run/unclassified'];
it('corpus', async () => {
  const rules = [];
  for (const f of files) rules.push(...Object.values(await import(/* @vite-ignore */ new URL(`../../src/rules/${f}.ts`, import.meta.url).pathname)).filter((v) => v && typeof v === 'object' && 'page' in v));
  const out: string[] = [];
  for (const line of readFileSync('/work/shared/corpus/errors.jsonl', 'utf8').trim().split('\n')) {
    const r = JSON.parse(line);
    const surface = r.surface === 'none' ? 'other' : r.surface;
    const url = /https:\/\/[\w.-]+(?:\/[\w./:-]*)?/.exec(r.text)?.[0] ?? null;
    const place = url && URL.canParse(url) ? placeOf(new URL(url)) : null;
    const o = { origin: 'text', route: null, auth: 'unknown', surface, provider: r.provider, model: r.model, status: r.status, url: place && place.surface !== 'other' ? url : null, task: null, contentType: null, shape: null, body: readText(r.text).facts.kind === 'json' ? { ...readText(r.text).facts } : { kind: 'text', message: r.text.slice(0, 2000), excerpt: r.text.slice(0, 2000) } };
    const e = evidence({ observations: [o], token: { status: 'unverified' }, run: { live: false, models: [], routes: [] } } as never);
    const got = claims(e, rules).map((c) => `${c.rule.id}:${c.hit.confidence}`);
    const ids = got.map((g) => g.split(':')[0]);
    if (got.length === 0 && !r.negative) continue;
    if (ids[0] === 'unclassified' && !r.negative) continue;
    const right = [r.cause, ...(r.also ?? [])];
    if (got.length) out.push(`${ids.some((i) => right.includes(i)) ? 'OK ' : 'BAD'} ${r.id} want ${right.join(',')} got ${got.join(',')} [${r.surface} ${r.status} ${r.provider}] ${r.text.slice(0, 160).replace(/\n/g, ' ')}`);
  }
  console.log(out.sort().join('\n'));
  const want = ['dns-failure','tls-interception','tls-blocked','proxy-refused','timeout','wrong-provider-suffix','endpoint-paused','endpoint-scaled-to-zero','endpoint-wrong-path','provider-removed'];
  for (const line of readFileSync('/work/shared/corpus/errors.jsonl', 'utf8').trim().split('\n')) { const r = JSON.parse(line); if (want.includes(r.cause) && !out.some((l) => l.includes(` ${r.id} `) && l.startsWith('OK'))) console.log('MISSED', r.id, r.cause, r.surface); }
  // hostile bodies
  for (const seed of ['repo id must ', 'a/', "'a/b", 'provider ', '<', 'user ', 'a@', 'model ', 'certificate ', '/v1/', 'Provider: ', ' ', '502 ', 'redirects to ', 'repository not found', 'model x ', 'tls handshake']) {
    const body = seed.repeat(Math.ceil(2000 / seed.length)).slice(0, 2000);
    for (const surface of ['router', 'provider', 'gateway', 'dedicated', 'hub', 'hf-inference'])
      for (const status of [null, 200, 400, 404, 503, 504]) {
        const e = evidence({ observations: [{ surface, status, url: `https://router.huggingface.co/${body.replace(/[^a-z0-9/]/g, '').slice(0, 1500)}`, model: null, body: { kind: 'text', message: body, excerpt: body }, errorDetail: body } as never], run: { live: false } });
        for (const rule of rules) { const t = performance.now(); const made = claims(e, [rule]); for (const c of made) { const k = { args: c.hit.args, models: [], routes: [], providers: [], observations: c.observations, evidence: e, proven: [], client: null } as never; c.rule.title(k); c.rule.explanation(k); c.rule.fixes(k); c.rule.verify(k); } const ms = performance.now() - t; if (ms > 15) console.log('SLOW', rule.id, seed, surface, status, Math.round(ms)); }
      }
  }
});

import { readFileSync } from 'node:fs';
import { it } from 'vitest';
import { claims } from '../../src/diagnose/claim.js';
import { readText } from '../../src/probe/body.js';
import { judgeShape } from '../../src/probe/shape.js';
import { placeOf, DEFAULT_BASES } from '../../src/routes/surface.js';
import { evidence } from '../support/evidence.js';
import { legacyHostGone } from '../../src/rules/hub/legacy-host-gone.js';
import { providerOutage } from '../../src/rules/provider/provider-outage.js';
import { badBaseUrl } from '../../src/rules/router/bad-base-url.js';
import { wrongRoute } from '../../src/rules/router/wrong-route.js';
import { modelRetired } from '../../src/rules/model/model-retired.js';
import { modelTooLarge } from '../../src/rules/model/model-too-large.js';
import { modelGated } from '../../src/rules/model/model-gated.js';
import { modelNotFound } from '../../src/rules/model/model-not-found.js';
import { modelLoading } from '../../src/rules/model/model-loading.js';
import { chatTemplateMissing } from '../../src/rules/model/chat-template-missing.js';
import { serverOutOfMemory } from '../../src/rules/model/server-out-of-memory.js';
import { wrongTask } from '../../src/rules/model/wrong-task.js';
import { taskNotFound } from '../../src/rules/model/task-not-found.js';
import { contextTooLong } from '../../src/rules/code/context-too-long.js';
import { payloadTooLarge } from '../../src/rules/code/payload-too-large.js';
import { payloadInvalid } from '../../src/rules/code/payload-invalid.js';
import { modelRuntimeError } from '../../src/rules/model/model-runtime-error.js';
import { modelNotServed } from '../../src/rules/model/model-not-served.js';
import { modelOverloaded } from '../../src/rules/model/model-overloaded.js';
import { endpointOverrideMismatch } from '../../src/rules/router/endpoint-override-mismatch.js';

export const MINE = [badBaseUrl, wrongRoute, modelRetired, modelTooLarge, modelGated, modelNotFound, modelLoading,
  chatTemplateMissing, serverOutOfMemory, wrongTask, taskNotFound, contextTooLong, payloadTooLarge,
  payloadInvalid, modelRuntimeError, modelNotServed, modelOverloaded, endpointOverrideMismatch, legacyHostGone, providerOutage] as any[];

it('recordings', () => {
  const rows = readFileSync('../shared/recordings/exchanges.jsonl', 'utf8').trim().split('\n').map((l) => JSON.parse(l));
  const out: string[] = [];
  rows.forEach((r: any, i: number) => {
    let text: string = r.body ?? '';
    const ct = (r.headers['content-type'] ?? '').split(';')[0] || null;
    if (!ct && /^[A-Za-z0-9+/=]{16,}$/.test(text)) text = Buffer.from(text, 'base64').toString();
    const url = new URL(r.url);
    const gw = ['api.openai.com', 'api.mistral.ai'].includes(url.host) ? url.origin : null;
    const place = placeOf(url, { ...DEFAULT_BASES, gateway: gw });
    const body = readText(text, ct);
    const shape = r.status < 300 ? judgeShape(null, body) : null;
    const e = evidence({
      observations: [{ origin: 'recording', ...place, route: null, method: r.method, url: r.url, auth: 'unknown', task: null, status: r.status,
        contentType: ct, body: body.facts, shape, requestBody: typeof r.requestBody === 'string' ? r.requestBody.slice(0, 2000) : null,
        headers: r.headers }],
      token: { status: 'unverified' }, run: { live: false, models: [], routes: [] },
    } as any);
    const made = claims(e, MINE);
    if (r.status >= 400) {
      const all = MINE.flatMap((rule) => claims(e, [rule]).map((c) => `${c.rule.id}:${c.hit.confidence}`));
      out.push(`${i} ${r.status} ${r.url.slice(8, 110)} => ${made.map((c) => `${c.rule.id} ${c.hit.confidence} ${JSON.stringify(c.hit.args)}`).join(' | ') || 'NONE'}   [${all.join(' ')}]`);
    } else if (made.length) out.push(`${i} ${r.status} ${r.url.slice(8, 110)} shape ${shape} => ${made.map((c) => `${c.rule.id} ${JSON.stringify(c.hit.args)}`)}`);
  });
  console.log(out.join('\n'));
});

it('corpus', () => {
  const rows = readFileSync('../shared/corpus/errors.jsonl', 'utf8').trim().split('\n').map((l) => JSON.parse(l));
  const out: string[] = [];
  rows.forEach((r: any, i: number) => {
    const found = /https?:\/\/[^\s'"<>)\]]+/g;
    const urls = [...r.text.matchAll(found)].map((m: any) => m[0].replace(/[.,:]+$/, ''));
    const u = urls.find((x: string) => URL.canParse(x) && placeOf(new URL(x)).surface !== 'other' && placeOf(new URL(x)).surface !== 'hub') ?? null;
    const surface = r.surface === 'none' ? (u ? placeOf(new URL(u)).surface : 'other') : r.surface;
    const json = /\{\s?["'](?:error|message|detail|object)[^]*\}/.exec(r.text)?.[0];
    const b = json ? readText(json.replaceAll("'", '"')) : readText(r.text);
    const e = evidence({
      observations: [{ origin: 'text', surface, provider: r.provider ?? null, model: r.model ?? null, route: null, method: null, url: u, auth: 'unknown', task: null, status: r.status,
        contentType: null, body: { ...(b.facts.kind === 'json' ? b.facts : readText(r.text).facts) }, shape: null, headers: {} }],
      token: { status: 'unverified' }, run: { live: false, models: [], routes: [] },
    } as any);
    const made = claims(e, MINE);
    const got = made.map((c) => c.rule.id)[0] ?? 'none';
    const ok = got === r.cause || (r.also ?? []).includes(got);
    if (got !== 'none' || MINE.some((m) => m.id === r.cause)) out.push(`${ok ? 'ok ' : got === 'none' ? '-- ' : 'BAD'} ${i} want ${r.cause}${r.also ? ' ' + r.also : ''} got ${got} ${made[0] ? JSON.stringify(made[0].hit.args).slice(0, 200) : JSON.stringify(r.text.slice(0, 150))} ${r.surface} ${r.status}`);
  });
  console.log(out.join('\n'));
});

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

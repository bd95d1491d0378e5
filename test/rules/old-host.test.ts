import { expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.js';
import { explainText } from '../../src/explain/explain.js';
import { evidence } from '../support/evidence.js';

/* Whatever an old answer of the retired host says, the first or second advice is to move the call. */

const WORLD = { now: Date.UTC(2026, 10, 21), redact: (text: string) => text };
const URL_OF = 'https://api-inference.huggingface.co/models/openai-community/gpt2';
const STATUSES = [400, 401, 402, 403, 404, 405, 410, 413, 422, 429, 500, 502, 503, 504];
const BODIES = ['', '\n{"error":"Model openai-community/gpt2 is currently loading","estimated_time":20.0}'];

it.each(STATUSES.flatMap((s) => BODIES.map((b) => [s, b] as const)))('%i%s', (status, body) => {
  const kind = status < 500 ? 'Client' : 'Server';
  const { findings } = explainText(`${status} ${kind} Error: Said for url: ${URL_OF}${body}`, WORLD);
  expect(findings.length).toBeGreaterThan(0);
  for (const { fixes } of findings)
    expect(
      fixes
        .slice(0, 2)
        .map((f) => f.text)
        .join(' '),
    ).toMatch(/(?:Move|Send) the call to https:\/\/router\.huggingface\.co/);
});

it('is said as a condition where only the words point to that host', () => {
  const { findings } = diagnose(
    evidence({
      run: { live: false },
      observations: [
        { origin: 'text', surface: 'legacy', status: 400, body: 'Error in `inputs`: field required' },
      ],
    }),
  );
  expect(findings[0]?.fixes[1]?.text).toMatch(/^If the call goes to api-inference\.huggingface\.co, move it/);
});

it('is not said where another route answered', () => {
  const { findings } = diagnose(
    evidence({
      run: { live: false },
      observations: [
        { origin: 'text', surface: 'hf-inference', provider: 'hf-inference', status: 500, url: URL_OF },
      ],
    }),
  );
  expect(findings.length).toBeGreaterThan(0);
  expect(JSON.stringify(findings)).not.toMatch(/host of this answer is retired|goes to api-inference/);
});

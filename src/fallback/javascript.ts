import { quoteJs as q } from './quote.js';
import { origin, type Recipe } from './recipe.js';
import { WORDS } from './refusal.js';

/** Plain `fetch`: no dependency. */
export function typescript(r: Recipe): string {
  return `// Chat with a chain of models: when one fails, the next one is asked.
// ${origin(r)}
// Node 20 or newer, no dependency. The token is read from HF_TOKEN.
//
//   const { model, answer } = await chat([{ role: 'user', content: 'Hello' }]);
//   console.log(model, answer.choices[0]?.message.content);

${constants(r)}
const HEADERS = {
  'Content-Type': 'application/json',${r.billTo === null ? '' : `\n  'X-HF-Bill-To': ${q(r.billTo)},`}
};

export interface Message {
  role: string;
  content: unknown;
}

export interface Completion {
  choices: { message: { content: string | null } }[];
}

export interface Options {
  baseUrl?: string;
  timeoutMs?: number;
  /** Whole answers only. */
  stream?: false;
  /** Anything else goes into the request: max_tokens, temperature. */
  [name: string]: unknown;
}

/** The first answer, and the model that gave it. Throws when none does. */
export async function chat(
  messages: Message[],
  { baseUrl = BASE_URL, timeoutMs = 60_000, ...options }: Options = {},
): Promise<{ model: string; answer: Completion }> {
  if (options.stream) throw new TypeError('stream is not supported: chat() waits for whole answers.');
  const token = process.env.HF_TOKEN?.trim();
  if (!token) throw new Error('HF_TOKEN is not set.');
  const failed: string[] = [];
  for (const model of MODELS) {
    const { status, text } = await post(baseUrl, token, timeoutMs, { ...options, model, messages });
    const answer = status === 200 ? completion(text) : null;
    if (answer) {
      if (failed.length > 0) console.warn(\`Active model: \${model}\`);
      return { model, answer };
    }
    failed.push(goOn(model, status, text));
  }
  throw new Error(\`No model answered.\\n\${failed.join('\\n')}\`);
}

${GO_ON}
function completion(text: string): Completion | null {
  try {
    const answer = JSON.parse(text);
    return answer?.choices?.[0]?.message ? answer : null;
  } catch {
    return null;
  }
}

/** The status is 0 when no answer came. */
async function post(
  baseUrl: string,
  token: string,
  timeoutMs: number,
  body: object,
): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(\`\${baseUrl}/chat/completions\`, {
      method: 'POST',
      headers: { ...HEADERS, Authorization: \`Bearer \${token}\` },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    const { message, cause } = error as Error;
    return { status: 0, text: cause instanceof Error ? \`\${message}: \${cause.message}\` : message };
  }
}
`;
}

/** The `openai` package for Node, pointed at the router. */
export function openai(r: Recipe): string {
  const bill = r.billTo === null ? '' : `, defaultHeaders: { 'X-HF-Bill-To': ${q(r.billTo)} }`;
  return `// Chat with a chain of models: when one fails, the next one is asked.
// ${origin(r)}
// Needs the package openai, version 5 or newer. The token is read from HF_TOKEN.
//
//   const { model, answer } = await chat([{ role: 'user', content: 'Hello' }]);
//   console.log(model, answer.choices[0]?.message.content);

import OpenAI, { type APIError } from 'openai';

${constants(r)}

/** The first answer, and the model that gave it. Throws when none does. */
export async function chat(
  messages: OpenAI.ChatCompletionMessageParam[],
  { baseURL = BASE_URL, timeoutMs = 60_000 } = {},
): Promise<{ model: string; answer: OpenAI.ChatCompletion }> {
  const apiKey = process.env.HF_TOKEN?.trim();
  if (!apiKey) throw new Error('HF_TOKEN is not set.');
  // The chain is the retry.
  const client = new OpenAI({ apiKey, baseURL, maxRetries: 0${bill} });
  const failed: string[] = [];
  for (const model of MODELS) {
    try {
      // The client's own time limit ends with the headers; this one covers the body as well.
      const signal = AbortSignal.timeout(timeoutMs);
      const answer = await client.chat.completions.create({ model, messages }, { signal });
      if (answer.choices?.[0]?.message) {
        if (failed.length > 0) console.warn(\`Active model: \${model}\`);
        return { model, answer };
      }
      failed.push(goOn(model, 200, 'not a chat completion'));
    } catch (error) {
      // No status: no answer came, or it could not be read.
      const { status = 0, message, error: body } = error as APIError;
      failed.push(goOn(model, status, \`\${message} \${JSON.stringify(body ?? '')}\`));
    }
  }
  throw new Error(\`No model answered.\\n\${failed.join('\\n')}\`);
}

${GO_ON}`;
}

function constants(r: Recipe): string {
  return `const BASE_URL = ${q(r.baseUrl)};
const MODELS = [
${r.models.map((m) => `  ${q(m)},\n`).join('')}];`;
}

/** What both share: when the next model is asked, and when not. */
const GO_ON = `// A refused token or account ends the chain: 401, 402 and 403, except a 403 that says that this one model
// is gated or for PRO accounts.
const CLOSED_MODEL = /${WORDS.closedModel}/i;
const ONE_MODEL = /${WORDS.oneModel}/i;

/** Why the next model is asked. Throws when each model would refuse. */
function goOn(model: string, status: number, text: string): string {
  const reason = \`\${model}: \${status || 'no answer'} \${text.replace(/\\s+/g, ' ').slice(0, 200)}\`;
  const refused = refusal(status, text);
  if (refused)
    throw new Error(
      \`\${reason}\\n\${refused}, so no other model is asked. To find out why: npx hf-doctor check\`,
    );
  console.warn(reason);
  return reason;
}

/** What each model would refuse; null when the next one may answer. */
function refusal(status: number, text: string): string | null {
  if (status === 403 && CLOSED_MODEL.test(text)) return null;
  if ([401, 402, 403].includes(status)) return 'The token or the account is refused';
  const elsewhere = [404, 408, 410, 429].includes(status) || ONE_MODEL.test(text);
  return status < 400 || status >= 500 || elsewhere ? null : 'The request is refused';
}
`;

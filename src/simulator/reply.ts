/** What the model of the simulator says: a word, a call of the first tool, or JSON that fits the schema. */
export interface Reply {
  content: string | null;
  tool_calls?: unknown[];
  finish: 'length' | 'stop' | 'tool_calls';
}

export const WORD: Reply = { content: 'Hello', finish: 'length' };

export const CAPABILITIES = ['stream', 'tools', 'json'] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** What a chat request asks for beside a plain answer. */
export function capabilitiesOf(body: unknown): Capability[] {
  const { stream, tools } = Object(body);
  const asked = {
    stream: stream === true,
    tools: Array.isArray(tools) && tools.length > 0,
    json: schemaOf(body) !== null,
  };
  return CAPABILITIES.filter((name) => asked[name]);
}

export function replyTo(body: unknown): Reply {
  const asked = capabilitiesOf(body);
  if (asked.includes('tools')) {
    const { name, parameters } = Object(Object(Object(body).tools[0]).function);
    const call = { name: String(name), arguments: JSON.stringify(sample(parameters)) };
    const tool_calls = [{ index: 0, id: 'call_simulator', type: 'function', function: call }];
    return { content: null, tool_calls, finish: 'tool_calls' };
  }
  if (asked.includes('json')) return { content: JSON.stringify(sample(schemaOf(body))), finish: 'stop' };
  return WORD;
}

/** The schema of `response_format`, in OpenAI's form or in that of together; any object without one. */
function schemaOf(body: unknown): unknown {
  const format = Object(Object(body).response_format);
  if (format.type === 'json_object') return { type: 'object' };
  if (format.type !== 'json_schema') return null;
  return Object(format.json_schema).schema ?? format.schema ?? { type: 'object' };
}

const SCALARS: Readonly<Record<string, unknown>> = {
  string: 'a',
  number: 1,
  integer: 1,
  boolean: true,
  array: [],
};

/** The smallest value of a schema. What lies deep, and what it does not know, is null. */
function sample(schema: unknown, depth = 0): unknown {
  const { type, properties, enum: values } = Object(schema);
  if (Array.isArray(values)) return values[0];
  if (type !== 'object') return SCALARS[String(type)] ?? null;
  if (depth > 4) return null;
  const entries = Object.entries(Object(properties)).slice(0, 20);
  return Object.fromEntries(entries.map(([key, value]) => [key, sample(value, depth + 1)]));
}

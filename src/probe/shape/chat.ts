import { parseJson } from '../../safety/parse.js';
import type { Capability } from '../../types/observation.js';
import { type Check, either, fields, type Judge, maybe, number, record, type Shape, text } from './form.js';

/** Any of these is an answer: a reasoning model may stop before it has content. */
const SAID = [
  'content',
  'reasoning',
  'reasoning_content',
  'reasoning_details',
  'tool_calls',
  'function_call',
  'refusal',
  'audio',
];

/** Whether a message, or a piece of one, holds anything. */
export function speaks(message: unknown): boolean {
  const object = record(message);
  return object !== null && SAID.some((name) => filled(object[name]));
}

function filled(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return typeof value === 'string' && value !== '';
}

const isNull: Check = (v) => v === null;
/** What the official client asks of a chat answer besides its choices. */
const envelope = fields({
  id: text,
  created: number,
  model: text,
  system_fingerprint: maybe(either(isNull, text)),
  usage: (v) => typeof v === 'object',
});

/** Chat as every OpenAI-compatible client reads it. */
export function chat(json: unknown, capability: Capability | null): Shape {
  const choices = record(json)?.choices;
  if (!Array.isArray(choices)) return 'unexpected';
  if (choices.length === 0) return 'empty';
  const choice = record(choices[0]);
  const message = record(choice?.message);
  if (message === null) return 'unexpected';
  const cut = choice?.finish_reason === 'length';
  if (!speaks(message)) return cut ? 'ok' : 'empty';
  if (capability === 'tools' && !callsTool(message, cut)) return 'unexpected';
  if (capability === 'json' && !keepsSchema(message.content, cut)) return 'unexpected';
  return 'ok';
}

export const chatWithEnvelope = (json: unknown, capability: Capability | null): Shape =>
  envelope(json) ? chat(json, capability) : 'unexpected';

const holdsJson: Check = (v) => typeof v === 'string' && parseJson(v).ok;

/** Our schema wants an object; one that was cut off has at least begun, or it was not come to yet. */
function keepsSchema(content: unknown, cut: boolean): boolean {
  if (cut && beginsNothing(content)) return true;
  if (typeof content !== 'string') return false;
  if (cut) return content.trimStart().startsWith('{');
  const parsed = parseJson(content);
  return parsed.ok && record(parsed.value) !== null;
}

/** Nothing yet, or only what a reasoning model thinks before it answers. */
const beginsNothing: Check = (v) => typeof v !== 'string' || THINKING.test(v);
const THINKING = /^\s*(?:$|<think)/;

/** The tool was asked for by name; a call must be one that a program can read. */
function callsTool(message: Record<string, unknown>, cut: boolean): boolean {
  if (callsNothing(message)) return cut;
  const calls = message.tool_calls;
  const args: Check = (v) => text(v) && (cut || v === '' || holdsJson(v));
  const call = fields({ id: text, function: fields({ name: text, arguments: args }) });
  return Array.isArray(calls) && calls.every(call);
}

const callsNothing = ({ tool_calls: calls }: Record<string, unknown>) =>
  calls === undefined || calls === null || (Array.isArray(calls) && calls.length === 0);

/** What an answer to tools says when no tool was called; null when one was, or when it is no answer. */
export function withoutCall(json: unknown): string | null {
  const { message, cut } = firstOf(json);
  if (message === null || !callsNothing(message)) return null;
  if (cut) return 'ran out of tokens before it called the tool';
  return speaks(message) ? 'answered in text, did not call the tool' : null;
}

/** What an answer shows that was to be JSON and was cut before any came; null for all others. */
export function withoutJson(json: unknown): string | null {
  const { message, cut } = firstOf(json);
  const open = message !== null && cut && beginsNothing(message.content);
  return open ? 'ran out of tokens before it wrote any JSON' : null;
}

function firstOf(json: unknown) {
  const choices = record(json)?.choices;
  const choice = Array.isArray(choices) ? record(choices[0]) : null;
  return { message: record(choice?.message), cut: choice?.finish_reason === 'length' };
}

/** The completion APIs that text generation uses; `accept` says what its text may be. */
export const completion =
  (accept: Check, named: Check = () => true): Judge =>
  (json) => {
    const object = record(json);
    if (!object || !Array.isArray(object.choices) || !named(object.model)) return 'unexpected';
    if (object.choices.length === 0) return 'empty';
    const said = record(object.choices[0])?.text;
    if (accept(said)) return 'ok';
    return said === '' ? 'empty' : 'unexpected';
  };

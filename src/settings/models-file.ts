import type { ModelRef } from './model.js';
import { modelRefText, parseModelRef } from './model-id.js';

export interface ModelsFile {
  refs: ModelRef[];
  /** Lines that hold no model id, numbered from 1. */
  problems: { line: number; problem: string }[];
}

/** One id a line; `#` begins a comment; empty lines and repetitions do not count. */
export function parseModelsFile(text: string): ModelsFile {
  const refs = new Map<string, ModelRef>();
  const problems: ModelsFile['problems'] = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  for (const [index, whole] of lines.entries()) {
    const line = (whole.split('#', 1)[0] ?? '').trim();
    if (line === '') continue;
    const parsed = parseModelRef(line);
    if (parsed.ok) refs.set(modelRefText(parsed.ref), parsed.ref);
    else problems.push({ line: index + 1, problem: parsed.problem });
  }
  return { refs: [...refs.values()], problems };
}

/** A part of a text that must not be shown, and what stands there instead. */
export interface Span {
  from: number;
  /** Exclusive. */
  to: number;
  mark: string;
}

export const MARK = '[redacted]';

/** Replaces the spans; where they overlap or touch, one mark stands for all of them. */
export function cover(text: string, spans: readonly Span[]): string {
  let out = '';
  let at = 0;
  for (const span of merge(spans)) {
    out += text.slice(at, span.from) + span.mark;
    at = span.to;
  }
  return out + text.slice(at);
}

function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const last = merged.at(-1);
    if (last === undefined || span.from > last.to) merged.push({ ...span });
    else last.to = Math.max(last.to, span.to);
  }
  return merged;
}

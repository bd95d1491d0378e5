/* XML 1.0. What it cannot hold at all, also not as a reference, becomes a visible escape. */

const NEVER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|\p{Cs}/gu;
const BYTES = 8 * 1024;

/** Text between two tags, or, with its line breaks, between quotes. At most 8 KiB of UTF-8 before escaping. */
export function xml(value: string): string {
  return cut(value)
    .replace(NEVER, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** In an attribute a line break would become a blank. */
export function attribute(value: string): string {
  return xml(value).replaceAll('\n', '&#10;').replaceAll('\r', '&#13;').replaceAll('\t', '&#9;');
}

function cut(value: string): string {
  if (value.length * 3 <= BYTES || Buffer.byteLength(value) <= BYTES) return value;
  let room = BYTES - 3;
  let end = 0;
  for (const point of value) {
    room -= Buffer.byteLength(point);
    if (room < 0) break;
    end += point.length;
  }
  return `${value.slice(0, end)}…`;
}

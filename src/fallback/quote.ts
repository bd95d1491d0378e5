/*
 * A text as a literal between double quotes, in printable ASCII only: what it holds can neither end the
 * literal nor hide.
 */

/** For JSON, JavaScript and TypeScript: UTF-16 units. */
export function quoteJs(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${hex(unit.charCodeAt(0), 4)}`);
}

/** For Python and YAML: code points, because a pair of units would be two characters there. */
export function quotePoints(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]/gu, (char) => {
    const point = char.codePointAt(0) ?? 0;
    return point > 0xffff ? `\\U${hex(point, 8)}` : `\\u${hex(point, 4)}`;
  });
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

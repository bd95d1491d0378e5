const MAX_PARTS = 50;

/** The parts of a multipart form by name: a text, or for a file its size. Null when it is none. */
export function readForm(body: Buffer, contentType: string): Record<string, unknown> | null {
  const boundary = /^multipart\/form-data;.{0,200}?boundary="?([^";]{1,100})/i.exec(contentType)?.[1];
  if (boundary === undefined) return null;
  const parts = body.toString('latin1').split(`--${boundary}`, MAX_PARTS).slice(1);
  return Object.fromEntries(
    parts.flatMap((part) => {
      const end = part.indexOf('\r\n\r\n');
      const head = part.slice(0, Math.max(0, Math.min(end, 1_000)));
      const name = /[; ]name="([^"]{1,100})"/.exec(head)?.[1];
      if (name === undefined) return [];
      const value = part.slice(end + 4, -2);
      return [[name, /[; ]filename=/.test(head) ? { size: value.length } : value]];
    }),
  );
}

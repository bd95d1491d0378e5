import type { Facts, Reader } from '../facts.js';

const COMMAND = /\bcurl\b(?! {0,40}[/:])[^\n]{0,2000}/;
const BODY = /(?:-d|--data(?:-raw|-binary)?|--json)\s{1,4}(?=['"])/;
/** At the start of the rest only: looked for at each place it would be read again from each. */
const QUOTED = /^(?:'([^']{1,4000})'|"((?:[^"\\]|\\.){1,4000})")/;

/** A curl command in the text: what was sent. */
export const commandOf: Reader = ({ text }): Facts => {
  const command = COMMAND.exec(text.replaceAll(/\\\n\s{0,20}/g, ' '))?.[0];
  if (!command) return {};
  const body = BODY.exec(command);
  const sent = body && QUOTED.exec(command.slice(body.index + body[0].length));
  const requestBody = (sent?.[1] ?? sent?.[2])?.slice(0, 2000);
  const method = /\s-X ?([A-Z]{3,7})\b/.exec(command)?.[1] ?? (sent ? 'POST' : undefined);
  return { ...(method ? { method } : {}), ...(requestBody ? { requestBody } : {}) };
};

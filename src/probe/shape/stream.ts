import { speaks } from './chat.js';
import { record, type Shape, words } from './form.js';

const DONE = '[DONE]';

/**
 * Judges a chat that was asked for as a stream, by the data of its events: parsed where it is JSON, as
 * it stands where not. Errors inside were looked for before.
 */
export function judgeStream(events: readonly unknown[]): Shape {
  const chunks = events.filter((event) => event !== DONE);
  if (chunks.length === 0) return 'empty';
  if (chunks.some((chunk) => typeof chunk === 'string')) return 'unexpected';
  const choices = chunks.flatMap((chunk) => {
    const list = record(chunk)?.choices;
    const choice = Array.isArray(list) ? record(list[0]) : null;
    return choice ? [choice] : [];
  });
  if (choices.length === 0) return 'unexpected';
  const finish = choices.map((choice) => choice.finish_reason).find(words);
  if (finish === undefined && !events.includes(DONE)) return 'unexpected';
  const said = choices.some((choice) => speaks(choice.delta) || speaks(choice.message));
  return said || finish === 'length' ? 'ok' : 'empty';
}

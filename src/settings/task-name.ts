import { echo } from './echo.js';
import { nearest } from './nearest.js';
import { bad, type Parser } from './parser.js';
import { name } from './word.js';

const word = name('the name of a task', /^[a-z0-9][a-z0-9-]{0,63}$/, 'text-generation');

/** A task of the Hub. One that cannot be called would leave nothing to check. */
export const taskName: Parser<string | null> = {
  shape: word.shape,
  parse(raw, place) {
    const task = word.parse(raw, place);
    const tasks = place.known?.tasks;
    if (!task.ok || task.value === null || !tasks || tasks.includes(task.value)) return task;
    const near = nearest(task.value, tasks);
    const hint = near === null ? `Known: ${tasks.join(', ')}.` : `Did you mean ${near}?`;
    return bad(`does not know the task ${echo(task.value)}.`, hint);
  },
};

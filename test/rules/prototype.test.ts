import { expect, it } from 'vitest';
import { run } from '../support/cli.js';

it.each(['constructor', 'toString', 'hasOwnProperty'])(
  'a task called %s is a task that somebody made up, and no key of ours',
  async (task) => {
    const text = `ValueError: Model a/b is not supported for task ${task} and provider together. Supported task: text-generation.`;
    const { stdout } = await run(['explain', '-'], { stdin: text });
    expect(stdout).toContain('wrong-task');
    expect(stdout).toContain(task);
    expect(stdout).not.toContain('native code');
  },
);

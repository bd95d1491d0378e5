import type { Command } from 'commander';
import type { Io } from '../io.js';

/** Adds commands with their options. What a command does is loaded when it is asked for. */
export type Declare = (
  program: Command,
  run: (action: () => Promise<number>) => () => Promise<void>,
  io: Io,
) => void;

/** A value for each time that an option is given. */
export const collect = (value: string, before: string[] = []) => [...before, value];

/** In two steps: Node opens all files of an import at once, and only few may be open. */
export async function online<T>(command: () => Promise<T>): Promise<T> {
  await import('../session.js');
  return command();
}

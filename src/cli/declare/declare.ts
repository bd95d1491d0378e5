import type { Command } from 'commander';
import type { Io } from '../io.js';

/** Adds commands with their options. What a command does is loaded when it is asked for. */
export type Declare = (
  program: Command,
  run: (action: () => Promise<number>) => () => Promise<void>,
  io: Io,
) => void;

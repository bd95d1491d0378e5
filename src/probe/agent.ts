import { setFlagsFromString } from 'node:v8';

// V8 would optimise undici's parser right after the first answer, and the process could not end before that.
setFlagsFromString('--wasm-tiering-budget=1000000000');

/** Loaded lazily as a module of its own: undici costs half of a start, and it is CommonJS. */
export { Agent } from 'undici';

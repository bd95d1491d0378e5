/** Loaded lazily as a module of its own: undici costs half of a start, and it is CommonJS. */
export { Agent } from 'undici';

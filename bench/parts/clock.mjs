/* Loaded with --import: the wall clock stands still. */
const NOW = Date.UTC(2026, 0, 1);
globalThis.Date = class extends Date {
  constructor(...args) {
    super(...(args.length === 0 ? [NOW] : args));
  }
  static now() {
    return NOW;
  }
};

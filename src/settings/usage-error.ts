/** What the user asked for cannot be done as written. Ends in exit code 2; never holds a secret. */
export class UsageError extends Error {
  /** What to write instead, one line. */
  readonly hint: string | null;

  constructor(message: string, hint: string | null = null) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
  }
}

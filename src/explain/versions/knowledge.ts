/** What is known of the versions of one client. */
export interface Knowledge {
  /** One or two sentences that begin with "It". */
  says: string;
  /** First version that does better; null where none is known. */
  fixedIn: string | null;
}

/** Holds for versions from the end of the entry before up to, not including, `below`. */
export interface Span extends Knowledge {
  /** Null: for all that follow. */
  below: string | null;
}

/** In the order of the versions. A version behind the last span is one that nothing is known of. */
export type History = readonly Span[];

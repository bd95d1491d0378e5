/** What takes a finding, a cell or a model out of the count. Several may hold at once. */
export interface Marks {
  /** It stood in the baseline already. */
  known?: boolean | undefined;
  /** The config file says that it will be so. */
  expected?: boolean | undefined;
  /** Somebody said that it does not count: why. Empty where nobody said why. */
  ignored?: string | undefined;
}

/** `known`, `expected`, `ignored: <reason>`: why it does not count for the exit code; null when it does. */
export function whyNotCounted({ known, expected, ignored }: Marks): string | null {
  const why = [
    ...(known ? ['known'] : []),
    ...(expected ? ['expected'] : []),
    ...(ignored === undefined ? [] : [ignored === '' ? 'ignored' : `ignored: ${ignored}`]),
  ];
  return why.length === 0 ? null : why.join(', ');
}

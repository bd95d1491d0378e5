/** Keys of the report whose texts may hold line breaks: everything else is one line. */
export const MULTILINE: ReadonlySet<string> = new Set(['commands', 'code', 'verify']);

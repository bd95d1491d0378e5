/* What the readers of project files look for, and how they report it. */

export interface Found {
  name: string;
  /** As the file writes it: `4.13.0`; for a range the whole of it, `^4.0.0`. */
  version: string;
  exact: boolean;
}

export interface Client {
  name: string;
  version: string;
  /** File or folder of the project that says so. */
  from: string;
}

/** Clients whose version may explain a fault, in the spelling of their own documentation. */
export const PYTHON_CLIENTS: readonly string[] = [
  'huggingface_hub',
  'langchain-huggingface',
  'litellm',
  'openai',
  'smolagents',
];
export const NODE_CLIENTS: readonly string[] = ['@huggingface/inference', 'openai'];

/** Names of Python packages are compared without case, and `-`, `_` and `.` are one. */
export function pythonClient(name: string): string | null {
  const plain = (text: string) => text.toLowerCase().replace(/[-_.]/g, '-');
  return PYTHON_CLIENTS.find((known) => plain(known) === plain(name)) ?? null;
}

export function nodeClient(name: string): string | null {
  return NODE_CLIENTS.includes(name) ? name : null;
}

const EXACT = /^\d{1,9}(?:\.\d{1,9}){1,3}[\w.+!-]{0,40}$/;
/** Only such characters may reach a report: files of a project are anybody's. */
const RANGE = /^[\w.*^~<>=! ,|+-]{1,60}$/;

/** Null when it is neither a version nor a range of versions: an address, a tag, noise. */
export function found(name: string, text: string): Found | null {
  const version = text.trim();
  if (EXACT.test(version)) return { name, version, exact: true };
  return /\d/.test(version) && RANGE.test(version) ? { name, version, exact: false } : null;
}

/** Lines of at most 2,000 characters; longer ones hold no version that somebody wrote. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/).filter((line) => line.length <= 2000);
}

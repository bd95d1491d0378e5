import type { Facts, Reader } from '../facts.js';

/*
 * Whether the command or the code in the text sent a token. The value is looked at, never kept. A
 * variable may be empty: it tells nothing.
 */

const HEADER = /\bauthorization['"]?\s{0,4}[:=,]\s{0,4}(?:[fbr]{0,2}['"`])?bearer[ \t]{1,4}(\S{1,300})/gi;
const ARGUMENT =
  /(?<![\w.$-])(?:api_?key|(?:hf_?|access_?|api_?)?token|huggingfacehub_api_token)['"]?\s{0,4}[=:]\s{0,4}['"`]([^'"`\n]{1,300})['"`]/gi;
const CLIENT = /\b(?:HfInference|InferenceClient)\(\s{0,20}['"`](hf_[^'"`\n]{1,300})['"`]/g;
const FOUND = [HEADER, ARGUMENT, CLIENT];

/** `$HF_TOKEN`, `${token}`, `{token}`, `%TOKEN%`, `<?= … ?>`, or the quote that ends an empty value. */
const VARIABLE = /^(?:['"`\\]|[$%{]|<\?)|\{\w{1,60}\}|\$\{/;
/** Most places that are looked at in one text. */
const MOST = 20;

export const sentTokenOf: Reader = ({ text }): Facts => {
  for (const pattern of FOUND)
    for (const [, value = ''] of [...text.slice(0, 24_000).matchAll(pattern)].slice(0, MOST))
      if (value.trim() !== '' && !VARIABLE.test(value)) return { auth: 'token' };
  return {};
};

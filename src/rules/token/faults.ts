import type { TokenFault } from '../../types/evidence.js';

/** What to do about each fault. The value itself is never known here. */
export const REPAIR: Record<TokenFault['kind'], string> = {
  quotes: 'Remove the quotes: docker --env-file and systemd keep them as part of the value.',
  newline: 'Remove the line break: write the secret with printf "%s", not with echo.',
  whitespace: 'Store the token alone, copied again as a whole: no blank before, after or inside it.',
  'byte-order-mark': 'Save the file as UTF-8 without a byte order mark.',
  'bearer-prefix': 'Store the token alone: the client puts "Bearer " in front of it.',
  placeholder: 'Put your own token where the example value stands.',
  empty: 'Give the variable a value, or unset it so that the next source counts.',
  duplicated: 'The token was pasted twice: keep one copy.',
  'provider-key':
    "Put a Hugging Face token there (it starts with hf_). Another vendor's key belongs elsewhere.",
  'refresh-token': 'Use the access token, not the refresh token: hf auth login stores the right one.',
  'org-token':
    'Old organization tokens are not accepted any more: use a token of a user or a service account.',
  'trusted-publisher-token': 'This kind of token may write to one repository only: use a user access token.',
  'control-character': 'Copy the token again from the settings page: an invisible character came with it.',
  'non-ascii':
    'Copy the token again from the settings page: a letter or a quote that is not plain came with it.',
  'too-short': 'Copy the whole token again: a part of it is missing.',
};

import type { Blame } from '../report/model.js';

/** Whose fault it is, as a person says it. */
export const WHOSE: Readonly<Record<Blame, string>> = {
  token: 'your token',
  account: 'your account',
  code: 'your code',
  client: 'the client library',
  network: 'the network',
  hub: 'Hugging Face',
  router: 'the router',
  provider: 'the provider',
  gateway: 'the gateway or endpoint',
  model: 'the model',
  unknown: 'not known',
};

import { cellRule, fix } from '../define.js';
import { checkAgain } from '../serving.js';
import { list } from '../words.js';

export const probeCrashed = cellRule<null>({
  id: 'probe-crashed',
  blame: 'unknown',
  severity: 'warning',
  outcome: 'unknown',
  lastVerified: '2026-11-21',
  match: (o) =>
    o.error === 'internal' && o.surface !== 'other'
      ? { confidence: 'certain', subject: 'probe', args: null }
      : null,
  title: ({ routes }) =>
    `hf-doctor itself failed at ${routes.length > 0 ? list(routes) : 'one of its calls'}`,
  explanation: ({ observations }) =>
    `${observations.length === 1 ? 'One call' : `${observations.length} calls`} ended with a fault in this program. It says nothing about Hugging Face, your token or the model. The other calls of the run are not affected.`,
  notThis: () => 'Nothing that you change in your account or your code can help.',
  fixes: ({ models }) => [
    fix('Run it again with --debug, and report what it prints. Secrets are removed from it.', {
      commands: [`${checkAgain(models)} --debug`],
    }),
    fix('A newer version may have the repair.', { commands: ['npx hf-doctor@latest --version'] }),
  ],
  verify: ({ models }) => checkAgain(models),
  page: {
    meaning: 'A fault in hf-doctor ended one of its calls. The rest of the run went on.',
    evidence: 'The error code "internal" of that cell.',
    mistakenFor: 'A fault of the route or the model: neither was judged.',
    repair: 'Run it with --debug and report it.',
    links: [],
  },
});

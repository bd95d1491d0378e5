import type { TokenFacts } from '../../types/evidence.js';
import { acrossRule, fix } from '../define.js';
import { LINKS, list } from '../words.js';

interface Args {
  source: string;
  shadowed: TokenFacts['shadowed'];
  /** The one that wins does not work. */
  refused: boolean;
}

const differs = ({ shadowed }: Args) => shadowed.some((s) => !s.sameValue);

/** Profiles that are not active are no conflict: people keep several on purpose. */
const isProfile = (s: { source: string }) => s.source.startsWith('stored profile');

/** The command that takes the winner away, where there is a safe one. */
function unset(source: string): string[] {
  const name = /^env ([A-Za-z_]\w{0,63})$/.exec(source)?.[1];
  return name ? [`unset ${name}`] : [];
}

export const tokenShadowed = acrossRule<Args>({
  id: 'token-shadowed',
  blame: 'token',
  severity: 'warning',
  severityOf: ({ args }) =>
    args.shadowed.some((s) => !s.sameValue && (args.refused || !isProfile(s))) ? 'warning' : 'info',
  lastVerified: '2026-11-21',
  corrects: 'hf auth login does not change what a program uses while HF_TOKEN is set: the variable wins.',
  match(e) {
    const { source, shadowed, status } = e.token;
    if (!e.run.live || e.run.anonymous || source === null || shadowed.length === 0) return [];
    const args: Args = { source, shadowed, refused: status === 'invalid' || status === 'malformed' };
    return [{ confidence: 'certain', subject: 'token', args, cells: [] }];
  },
  title: ({ args }) => `The token in ${args.source} wins over ${list(args.shadowed.map((s) => s.source))}`,
  explanation({ args }) {
    if (!differs(args)) return 'They hold the same token. After the next rotation they may differ.';
    const others = args.shadowed.filter((s) => !s.sameValue).map((s) => s.source);
    const refused = args.refused ? ' The one that wins does not work, so the other may be the good one.' : '';
    return `${list(others)} ${others.length === 1 ? 'holds' : 'hold'} another token, which is not used.${refused} A new token has no effect while it is in a place that loses.`;
  },
  notThis: ({ args }) =>
    differs(args) && args.source.startsWith('env ')
      ? 'hf auth login again cannot help: it writes the file that loses.'
      : null,
  fixes({ args }) {
    if (!differs(args)) return [fix('Nothing to do. To be safe, keep the token in one place.')];
    if (args.shadowed.every((s) => s.sameValue || isProfile(s)) && !args.refused)
      return [fix('Nothing to do, unless you mean another profile.', { commands: ['hf auth switch'] })];
    return [
      fix(`Keep the token that you want in ${args.source}, or remove it there so that the other counts.`, {
        commands: unset(args.source),
      }),
      fix('See which stored token is active: hf auth list. Choose another: hf auth switch.', {
        commands: ['hf auth list'],
        links: [LINKS.tokenDocs],
      }),
    ];
  },
  verify: () => 'hf-doctor token',
  page: {
    meaning:
      'More than one place holds a token: HF_TOKEN, HUGGING_FACE_HUB_TOKEN, the file that hf auth login writes, a .env file. One wins, the others are not read.',
    evidence:
      'hf-doctor reads the places in the order of the official Python client and compares the values, without showing them.',
    mistakenFor:
      'A new token that "does not work": it was stored where nobody reads it. Another terminal or service may see other variables, and then another token wins there.',
    repair:
      'Keep one place. Unset the variable to use the login, or put the new token in the variable. Restart programs that were started before the change.',
    links: [LINKS.tokens, LINKS.tokenDocs],
  },
});

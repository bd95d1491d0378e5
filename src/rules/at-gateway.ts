import { shellQuote } from '../safety/quote.js';
import type { Case, Rule } from './define.js';

/*
 * A check without --gateway does not ask the gateway: a command that is to show whether the gateway is
 * repaired must name it.
 */

const ASKS = /\bhf-doctor (?:check|watch)\b/;

/** The base URL that this run asked, when the finding is about nothing else. */
function gatewayOf({ observations, evidence }: Case<unknown>): string | null {
  const { gateway } = evidence.run.endpoints;
  const its = observations.every((o) => o.surface === 'gateway' || o.surface === 'dedicated');
  return evidence.run.live && observations.length > 0 && its ? gateway : null;
}

function named(command: string, gateway: string): string {
  if (!ASKS.test(command)) return command;
  const url = shellQuote(gateway);
  if (command.includes('--gateway')) return command.replace('--gateway <url>', () => `--gateway ${url}`);
  return `${command} --gateway ${url}`;
}

/** The rule, whose commands ask the gateway again where it was the gateway that failed. */
export function asksItsGateway<A>(rule: Rule<A>): Rule<A> {
  return {
    ...rule,
    fixes: (c) => {
      const gateway = gatewayOf(c);
      const fixes = rule.fixes(c);
      return gateway === null
        ? fixes
        : fixes.map((f) => ({ ...f, commands: f.commands.map((command) => named(command, gateway)) }));
    },
    verify: (c) => {
      const gateway = gatewayOf(c);
      const verify = rule.verify(c);
      return gateway === null || verify === null ? verify : named(verify, gateway);
    },
  };
}

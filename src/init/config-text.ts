import { gatewayUrl } from '../settings/base-url.js';
import type { Mention } from './mentions.js';

/** What a project uses, each thing once, with the places that say so. */
export interface Used {
  models: Seen[];
  providers: Seen[];
  tasks: Seen[];
  gateways: Seen[];
  legacy: Seen[];
  variables: Seen[];
}
export interface Seen {
  value: string;
  at: string[];
}

const MOST_MODELS = 100;
const MOST_OTHERS = 20;
const MOST_PLACES = 3;

/** Addresses of others, and of Hugging Face itself: nothing to check as a gateway. */
const NO_GATEWAY =
  /^https?:\/\/(?:[\w.-]{0,200}\.)?(?:huggingface\.co|hf\.co|openai\.com|anthropic\.com|openrouter\.ai|groq\.com|together\.(?:ai|xyz)|mistral\.ai|deepseek\.com|googleapis\.com|fireworks\.ai)(?:[:/]|$)/i;

export function usedBy(mentions: readonly Mention[]): Used {
  const seen = (kind: Mention['kind']) => {
    const all = new Map<string, string[]>();
    for (const m of mentions) {
      if (m.kind !== kind) continue;
      const places = all.get(m.value);
      if (places) places.push(m.at);
      else all.set(m.value, [m.at]);
    }
    return [...all].map(([value, at]) => ({ value, at: [...new Set(at)] }));
  };
  return {
    models: seen('model'),
    providers: seen('provider'),
    tasks: seen('task'),
    gateways: seen('gateway').flatMap(asGateway),
    legacy: seen('legacy'),
    variables: seen('variable'),
  };
}

/** As a config file may hold it: no secret in it, and no http but to this computer. */
function asGateway({ value, at }: Seen): Seen[] {
  if (NO_GATEWAY.test(value)) return [];
  const parsed = gatewayUrl.parse(value, { from: 'file', cwd: '/' });
  return parsed.ok && parsed.value !== null ? [{ value: parsed.value, at }] : [];
}

/** The config file, with a comment on each thing. Strings of the project are ids, names and addresses only. */
export function configText(used: Used, version: string): string {
  return `${[
    `# What hf-doctor checks here. Written by hf-doctor ${version} init; each key: hf-doctor schema config.`,
    '# The command line and the environment overrule this file. It never holds a token.',
    '',
    ...modelLines(used),
    '',
    ...routeLines(used),
    '',
    ...taskLines(used),
    ...gatewayLines(used),
    ...EXAMPLES,
  ].join('\n')}\n`;
}

function modelLines({ models }: Used): string[] {
  if (models.length === 0)
    return [
      '# No model was found in the code. Without this list three models of today are checked.',
      '# models:',
      '#   - "Qwen/Qwen3-8B"',
      '#   - "meta-llama/Llama-3.1-8B-Instruct:novita"',
    ];
  const rest = models.length - MOST_MODELS;
  return [
    '# Models that the code calls, as far as its text tells.',
    'models:',
    ...models.slice(0, MOST_MODELS).map((m) => `  - ${JSON.stringify(m.value)}  # ${places(m)}`),
    ...(rest > 0 ? [`  # and ${rest} more: they fit into a file for --models-file`] : []),
  ];
}

function routeLines({ providers, legacy }: Used): string[] {
  const pinned = providers.slice(0, MOST_OTHERS);
  const all = ['router', ...pinned.map(({ value }) => value)];
  return [
    ...(pinned.length > 0
      ? [
          '# Providers that the code pins:',
          ...pinned.map((p) => `#   ${p.value}: ${places(p)}`),
          '# A model counts as usable while one route to it works. To check these ways only:',
        ]
      : ['# By default each way to a model is asked. To ask some only:']),
    `# routes: [${(pinned.length > 0 ? all : ['router', 'hf-inference', 'novita']).join(', ')}]`,
    ...legacy.map((l) => `# ${l.value} is retired, and the code still names it: ${places(l)}`),
  ];
}

function taskLines({ tasks }: Used): string[] {
  if (tasks.length === 0) return [];
  return [
    '# Tasks that the code calls. The Hub names the task of each model; `task` overrules it for all of them.',
    ...tasks.slice(0, MOST_OTHERS).map((t) => `#   ${t.value}: ${places(t)}`),
    '',
  ];
}

function gatewayLines({ gateways }: Used): string[] {
  if (gateways.length === 0) return [];
  return [
    '# Base URLs that the code names. One of them can be a column of its own; HF_DOCTOR_GATEWAY_KEY goes only to an',
    '# address of the command line or of HF_DOCTOR_GATEWAY_URL, never to one of this file.',
    ...gateways.slice(0, MOST_OTHERS).map((g) => `# gateway: ${JSON.stringify(g.value)}  # ${places(g)}`),
    '',
  ];
}

function places({ at }: Seen): string {
  const more = at.length - MOST_PLACES;
  return at.slice(0, MOST_PLACES).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

const EXAMPLES = [
  '# What fails and is no news. It stays in the report, does not count, and is told when it is gone.',
  '# expect:',
  '#   "org/name":',
  '#     provider:novita: provider-outage',
  '#     router: [500, 502]',
  '',
  '# Findings that do not count, with the reason; hf-doctor rules lists the rules.',
  '# ignore:',
  '#   - { rule: slow, route: hf-inference, reason: "it starts on demand" }',
  '',
  '# error, warning or never: what ends a run with exit code 1.',
  '# failOn: error',
  '# US dollars that a run may cost at most.',
  '# maxCost: 0.01',
];

import type { Observation } from '../../types/observation.js';
import { found, isClientText, languageOf, namesClient, Q } from '../client/client-text.js';
import { cellRule, fix } from '../define.js';
import { says } from '../match.js';
import { checkAgain } from '../serving.js';

interface Args {
  what: 'missing' | 'shadowed' | 'clash' | 'not-imported' | 'runtime';
  /** The package or the name. */
  name: string;
}

const PACKAGES = '(huggingface_hub|langchain_huggingface|langchain_community|smolagents|openai|litellm)';
const MISSING_PY = new RegExp(`ModuleNotFoundError: No module named ${Q}${PACKAGES}${Q}`);
const MISSING_JS =
  /Cannot find (?:module|package) '(@huggingface\/(?:inference|hub|mcp-client))'|Failed to resolve import "(@huggingface\/inference)"/;
const SHADOWED = new RegExp(`partially initialized module ${Q}${PACKAGES}\\b`);
const NOT_IMPORTED =
  /(?:NameError: name '|ReferenceError: )((?:Async)?InferenceClient(?:Model)?|HfInference|HfApiModel|ChatHuggingFace|HuggingFaceEndpoint)\b'?(?: is not defined)/;
/** A client that the package never had: the name is misspelled. */
const MISSPELLED = new RegExp(
  `cannot import name ${Q}((?!(?:Async)?InferenceClient${Q})\\w{1,40}Client)${Q} from ${Q}huggingface_hub\\b`,
);
/** `huggingface-hub>=0.34.0,<1.0 is required for a normal functioning of this module, but found …` */
const PIN = /(huggingface[-_]hub)[<>=!~][^\n]{1,60} is required[^\n]{0,80} but found huggingface[-_]hub==/;
/** httpx dropped the argument; older clients of OpenAI still pass it. InferenceClient is another class. */
const HTTPX = new RegExp(
  `(?<!\\w)(?:Async)?Client\\.(?:__init__|init)\\(\\) got an unexpected keyword argument ${Q}proxies${Q}`,
);
const OLD_NODE = /\b(fetch|Headers|ReadableStream|Blob) is not defined\b/;
const MODULE_KIND = /ERR_REQUIRE_ESM|require\(\) of ES Module/;

function bugIn(o: Observation): Args | null {
  const missing = found(o, MISSING_PY) ?? found(o, MISSING_JS);
  if (missing) return { what: 'missing', name: missing };
  const shadowed = found(o, SHADOWED);
  if (shadowed) return { what: 'shadowed', name: shadowed };
  const name = found(o, NOT_IMPORTED) ?? found(o, MISSPELLED);
  if (name) return { what: 'not-imported', name };
  if (found(o, PIN)) return { what: 'clash', name: 'huggingface_hub' };
  if (says(o, HTTPX)) return { what: 'clash', name: 'httpx' };
  const js = o.client?.language !== 'python' && namesClient(o);
  if (js && says(o, MODULE_KIND)) return { what: 'runtime', name: 'require' };
  const lacking = js ? found(o, OLD_NODE) : null;
  return lacking ? { what: 'runtime', name: lacking } : null;
}

const WHAT: Record<Args['what'], (name: string) => string> = {
  missing: (name) => `The package ${name} is not installed where the program runs.`,
  shadowed: (name) =>
    `Python imports a file of your own in the place of the package: mostly a file with the name ${name}.py.`,
  clash: (name) => `Two packages need different versions of ${name}.`,
  'not-imported': (name) => `The name ${name} is used and was never imported, or it is misspelled.`,
  runtime: (name) =>
    name === 'require'
      ? 'The package is loaded with require, and this setting needs import.'
      : `The runtime has no ${name}: Node before version 18, or an old test environment.`,
};

function repairs({ what, name }: Args, language: 'python' | 'node' | null) {
  const js = language === 'node' || name.startsWith('@');
  switch (what) {
    case 'missing':
      return fix('Install it in the environment that runs the program.', {
        commands: [js ? `npm install ${name}` : `python -m pip install ${name.replaceAll('_', '-')}`],
      });
    case 'shadowed':
      return fix(`Rename your own ${name}.py, and remove its __pycache__.`);
    case 'not-imported':
      return fix('Add the import at the top of the file.', {
        snippet: js
          ? { language: 'typescript', code: "import { InferenceClient } from '@huggingface/inference';" }
          : { language: 'python', code: 'from huggingface_hub import InferenceClient' },
      });
    case 'clash':
      return fix('Upgrade the package that makes the call, or hold the other one back.', {
        commands:
          name === 'httpx'
            ? ['pip install -U openai', 'pip install "httpx<0.28"']
            : ['pip install -U transformers', 'pip check'],
      });
    default:
      return name === 'require'
        ? fix('Use import, or await import() inside a function.')
        : fix('Use Node 20 or newer.', { commands: ['node --version'] });
  }
}

export const localBug = cellRule<Args>({
  id: 'local-bug',
  blame: 'code',
  severity: 'error',
  lastVerified: '2026-11-21',
  match(o) {
    const args = isClientText(o) && o.status === null ? bugIn(o) : null;
    return args && { confidence: 'likely', subject: `${args.what} ${args.name}`, args };
  },
  title: ({ args }) => `The program stops in its own environment: ${args.name}`,
  explanation: ({ args }) =>
    `${WHAT[args.what](args.name)} No request was sent, so Hugging Face has no part in it.`,
  notThis: () => 'Another token, model or provider cannot help.',
  fixes: (c) => [repairs(c.args, languageOf(c))],
  verify: ({ args, models }) => (args.what === 'clash' ? 'pip check' : checkAgain(models)),
  page: {
    meaning:
      'The program stops before it calls anything: a missing package, a wrong import, or versions that do not fit together.',
    evidence:
      'An error of Python or Node about an import, a name or a version, without any answer of a server.',
    mistakenFor: 'A fault of the inference service, because the name of a client stands in the error.',
    repair: 'Correct the import, or bring the versions of the packages together.',
    links: [],
  },
});

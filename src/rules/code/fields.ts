import type { Observation } from '../../types/observation.js';
import { says } from '../match.js';
import { pipelineOf } from '../model/task-mismatch.js';

/* How servers name the field that they refuse. */

/** A name as servers print it: `inputs.context`, `messages[0].role`, `tool_choice`. */
const NAME = '([A-Za-z_][\\w.[\\]-]{0,60})';

const IN_MESSAGE: readonly RegExp[] = [
  new RegExp(`error in [\`'"]${NAME}[\`'"]`, 'i'),
  new RegExp(`^\\W{0,3}(?:body|query|path|form)\\.${NAME}: `, 'i'),
  new RegExp(`(?:missing|unknown|duplicate) field [\`'"]${NAME}[\`'"]`, 'i'),
  new RegExp(`target type: ${NAME}: `, 'i'),
  new RegExp(`(?:additional )?property ['"\`]?${NAME}['"\`]? (?:is not allowed|is unsupported)`, 'i'),
  new RegExp(`model_kwargs[^\\n]{0,60}\\['${NAME}'`, 'i'),
  new RegExp(`input validation error: [\`'"]${NAME}[\`'"]`, 'i'),
  new RegExp(`input: ${NAME} is required`, 'i'),
  new RegExp(`(?:^\\W{0,3}|: )[\`'"]?${NAME}[\`'"]? is (?:a )?required\\b`, 'i'),
  new RegExp(`missing required (?:parameter|field|property|argument)s?: [\`'"]?${NAME}`, 'i'),
  new RegExp(
    `(?:unsupported|unrecognized|unknown|invalid|missing required) (?:request )?(?:parameter|argument|field|value)(?: for)?(?: supplied)?:? [\`'"]${NAME}[\`'"]`,
    'i',
  ),
  new RegExp(
    `(?:unexpected keyword argument|extra inputs are not permitted)[^\\n]{0,40}['"\`]${NAME}['"\`]`,
    'i',
  ),
];

/** In the body itself: OpenAI's `param`, FastAPI's `loc`, problem+json's `field`. */
const IN_BODY: readonly RegExp[] = [
  new RegExp(`"param"\\s?:\\s?"${NAME}"`),
  new RegExp(`['"]loc['"]\\s?:\\s?[[(]\\s?['"](?:body|query)['"]\\s?,\\s?['"]${NAME}['"]`),
  new RegExp(`"field"\\s?:\\s?"${NAME}"`),
];

/** The field that is refused; null where the server does not say. */
export function refusedField(o: Observation): string | null {
  const find = (patterns: readonly RegExp[], text: string) => {
    for (const pattern of patterns) {
      const name = pattern.exec(text)?.[1];
      if (name) return name;
    }
    return null;
  };
  if (says(o, /\bconversation roles must alternate/i)) return 'messages';
  const pipeline = pipelineOf(o);
  if (pipeline) return pipeline.argument;
  return find(IN_MESSAGE, o.body.message ?? o.body.excerpt) ?? find(IN_BODY, o.body.excerpt);
}

const INPUT = /['"](messages|inputs|input|prompt)['"]\s?:/g;

/** What the body that was sent holds as its input: from the request, or where the server repeats it. */
export function inputsSent(o: Observation): string[] {
  const repeated = /['"]input['"]\s?:\s?\{([^}]{0,400})/.exec(o.body.excerpt)?.[1] ?? '';
  return [...new Set([...(o.requestBody ?? repeated).matchAll(INPUT)].flatMap(([, name]) => name ?? []))];
}

import type { Observation } from '../../types/observation.js';

/** As servers in the manner of OpenAI name the field that they refuse. */
const PARAM = /"param"\s?:\s?"([^"]{1,80})"/;
const OTHER_CODE = /param|field|argument|route|path/i;
const MODEL_CODE = /model_(?:is_)?not_|(?:unknown|invalid|unsupported)_model/i;

/** The sentence is about the model, not about a field that does not go `with this model`. */
const NO_MODEL =
  /\b(?:no such|unknown|invalid|unsupported) model\b(?! (?:parameters?|field|option))|\bmodel\b(?: name| id)?[:=]? ?(?:(?!parameter|field|option)\S{1,200} )?(?:is |was )?(?:not (?:an? )?(?:supported|found|available|valid|known|registered|allowed)|does not exist|unknown|unsupported)\b(?! with\b)/i;

/** Refused because of the model: its field and its code decide where there are any, else the words. */
export function blamesModel({ status, body, model, suffix }: Observation): boolean {
  if (status !== 400 && status !== 404 && status !== 422) return false;
  const param = PARAM.exec(body.excerpt)?.[1];
  if (param !== undefined || OTHER_CODE.test(body.code ?? '')) return param === 'model';
  if (MODEL_CODE.test(body.code ?? '')) return true;
  // The id itself is a word for the model, whatever letters it holds.
  const text = [`${model}:${suffix}`, model ?? '']
    .filter(Boolean)
    .reduce((t, id) => t.replaceAll(id, 'model'), body.message ?? body.excerpt);
  return NO_MODEL.test(text.replace(/['"`]/g, ''));
}

import { openai, typescript } from './javascript.js';
import { litellm } from './litellm.js';
import { env, json } from './plain.js';
import { python } from './python.js';
import type { Recipe } from './recipe.js';
import type { Target } from './targets.js';

/** A chain as code or configuration. Pure; names are escaped for the language that they stand in. */
export const GENERATORS: Readonly<Record<Target, (recipe: Recipe) => string>> = {
  python,
  typescript,
  litellm,
  openai,
  env,
  json,
};

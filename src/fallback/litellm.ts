import { quotePoints as q } from './quote.js';
import { origin, type Recipe } from './recipe.js';

/** Config of the LiteLLM proxy. The router is an OpenAI-compatible server to it: the route that was proven. */
export function litellm(r: Recipe): string {
  const [first = '', ...rest] = r.models;
  const bill = r.billTo === null ? '' : `\n      extra_headers: { X-HF-Bill-To: ${q(r.billTo)} }`;
  const deployments = r.models.map(
    (model) => `  - model_name: ${q(model)}
    litellm_params:
      model: ${q(`openai/${model}`)}
      api_base: ${q(r.baseUrl)}
      api_key: os.environ/HF_TOKEN${bill}
`,
  );
  const fallbacks = rest.length === 0 ? ' []' : `\n    - ${q(first)}: [${rest.map(q).join(', ')}]`;
  return `# ${origin(r)}
# Start it with HF_TOKEN set: litellm --config <this file>. Ask it for the first model_name.
# LiteLLM asks the next model whatever went wrong, also after 401, 402 and 403: its fallbacks know no status, and
# retry_policy, allowed_fails_policy and cooldown_time only say how often one model is asked. A refused token or an
# empty account is refused by each model in turn: npx hf-doctor token tells why. Code that stops at the first such
# refusal: npx hf-doctor fallback --for python
model_list:
${deployments.join('')}router_settings:
  num_retries: 0
  timeout: 60
  fallbacks:${fallbacks}
`;
}

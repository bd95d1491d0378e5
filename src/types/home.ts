/* What Hugging Face itself fixes, and more than one room has to know. */

/** Base URLs, without a slash at the end. */
export const HOME = {
  hub: 'https://huggingface.co',
  router: 'https://router.huggingface.co',
  legacy: 'https://api-inference.huggingface.co',
} as const;

/** The words next to the box on the token form. */
export const PERMISSION_NAME = 'Make calls to Inference Providers';

/** Id of that box in whoami. */
export const PERMISSION_ID = 'inference.serverless.write';

/** Ids of the boxes for dedicated Inference Endpoints start so. None of them opens the router. */
export const ENDPOINTS_PERMISSION_PREFIX = 'inference.endpoints.';

/** The words next to the box on the token form. */
export const PERMISSION_NAME = 'Make calls to Inference Providers';

/** Id of that box in whoami. */
export const PERMISSION_ID = 'inference.serverless.write';

/** Ids of the boxes for dedicated Inference Endpoints start so. None of them opens the router. */
export const ENDPOINTS_PERMISSION_PREFIX = 'inference.endpoints.';

/** The OAuth scope that opens the router. */
export const OAUTH_SCOPE = 'inference-api';

/** No token file, stored_tokens or .env is read beyond this many bytes. */
export const MAX_TOKEN_FILE_BYTES = 64 * 1024;

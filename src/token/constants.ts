/** The OAuth scope that opens the router. */
export const OAUTH_SCOPE = 'inference-api';

/** No token file, stored_tokens or .env is read beyond this many bytes. */
export const MAX_TOKEN_FILE_BYTES = 64 * 1024;

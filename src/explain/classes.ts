/** The exception classes of some clients stand for a status each. */
export const CLASSES: readonly (readonly [RegExp, number])[] = [
  [/\b(?:openai|litellm)\.(?:exceptions\.)?BadRequestError\b/, 400],
  [/\b(?:openai|litellm)\.(?:exceptions\.)?AuthenticationError\b/, 401],
  [/\b(?:openai|litellm)\.(?:exceptions\.)?PermissionDeniedError\b/, 403],
  [/\b(?:openai|litellm)\.(?:exceptions\.)?NotFoundError\b/, 404],
  [/\b(?:openai|litellm)\.(?:exceptions\.)?UnprocessableEntityError\b/, 422],
  [/\b(?:openai|litellm)\.(?:exceptions\.)?RateLimitError\b/, 429],
  [
    /\b(?:openai|litellm)\.(?:exceptions\.)?InternalServerError\b|\bfailed to perform inference: internal server error\b/i,
    500,
  ],
  [/\b(?:openai|litellm)\.(?:exceptions\.)?ServiceUnavailableError\b/, 503],
];

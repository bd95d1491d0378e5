/**
 * Words of a refusal, as regular expressions that Python and JavaScript read alike and whose case does
 * not count. They decide in the generated code whether another model could answer.
 */
export const WORDS = {
  /** 400, 422: about one model, one provider or one template. */
  oneModel:
    'model_not_|not supported by|template error|(this|the|to) model|model features|model requires a pro',
  /** 403: a gated model, or one for PRO accounts, in the words of Hugging Face. Any other is the account's. */
  closedModel:
    'cannot access this model unless the model owner|cannot access gated repo|is restricted and you are not in the authorized list|your request to access model .{1,200} (is awaiting a review|has been rejected)|model requires a pro subscription',
} as const;

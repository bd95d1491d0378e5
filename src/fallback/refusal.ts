/**
 * Words of a refusal, as regular expressions that Python and JavaScript read alike and whose case does
 * not count. They decide in the generated code whether another model could answer.
 */
export const WORDS = {
  /** 402: Hugging Face cannot bill for this provider. The account is well. */
  oneProvider: 'pay-as-you.go is not enabled for provider',
  /** 400, 403, 422: about one model, one provider or one template. */
  oneModel:
    'model_not_|not supported by|template error|(this|the|to) model|model features|model requires a pro',
  /** 403: about the account. "Include your HF token in your query" ends the text about PRO. */
  account: 'permission|token(?! in your query)|credit|spending|organi[sz]ation|billing',
} as const;

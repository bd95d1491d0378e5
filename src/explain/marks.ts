/* Names and wordings that tell whose product a text is about, where no sentence does. */

/** Words of other products. Beside a sentence of Hugging Face they only tell who stands in front of it. */
const FOREIGN =
  /["']status["']\s?:\s?["'](?:UNAVAILABLE|INVALID_ARGUMENT|RESOURCE_EXHAUSTED|PERMISSION_DENIED|UNAUTHENTICATED|NOT_FOUND|INTERNAL)["']|\bopenrouter\b|\bollama\b(?!-server)|modelscope|api\.openai\.com|platform\.openai\.com|openai\.azure|\banthropic\b|generativelanguage|\bgoogleapis\b|api\.github\.com|\bGitHub API\b|\bg4f\b|\bpip(?:3)? install\b|\bnpm ERR|\bgit (?:push|clone|pull)\b|fatal: unable to access|pypi\.org|\bgit-lfs\b/i;
/** Files and repositories of the Hub: no inference. */
const DOWNLOAD =
  /\/resolve\/|cdn-lfs|\bhf_hub_download\b|\bsnapshot_download\b|\bfrom_pretrained\b|cannot access gated repo|you are trying to access a gated repo|\bEntryNotFoundError\b|\bRevisionNotFoundError\b|\bgated repo\b|\bload_dataset\b|huggingface-cli download/i;

/** Models that run inside the program itself. */
const LOCAL =
  /\bHuggingFacePipeline\b|huggingface_pipeline\.py|transformers[\\/](?:generation|pipelines)[\\/]|\bSelfHostedHuggingFace|\bsentence_transformers\b/;

export function isForeign(text: string): boolean {
  return FOREIGN.test(text) || LOCAL.test(text);
}

export function isDownloadText(text: string): boolean {
  return DOWNLOAD.test(text);
}

/** Refusals that other servers use too; beside any name of Hugging Face they are its own. */
export const AMBIGUOUS =
  /invalid username or password|\btool_choice\b|\bInvalid[_ ]tool[_ ]choice\b|invalid credentials in authorization header|service temporarily unavailable|\bmodel too busy\b|\bbatch size \d{1,9} > maximum allowed batch size|\bincomplete generation\b|\binput is too long for this model\b|\bmodel_kwargs`? are not used by the model|\b(?:function|tool) call(?:ing|s)?\b[^\n]{0,40}\bnot support/i;
/** The company by name, or by its address. */
export const NAMED =
  /hugging[ _-]?face(?!'s? spaces?\b| spaces?\b| hub\b)|\bhf[ _](?:(?:access )?token|router|inference)\b|\bHF_TOKEN\b|\bhf\.co\b/i;
/** What somebody does with it: a call, not a download. */
export const NAMED_USE = /inference[ _-]?provider|inference[ _-]?api|router\.huggingface\.co/i;

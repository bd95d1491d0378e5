/*
 * What a text is about that is not about inference at Hugging Face. Only said where nothing was found,
 * and only as what it looks like: the first mark that fits names it.
 */

/** A mark, and how people call what shows it: completes "This looks like …". */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/\bopenrouter\b|\bopenrouterexception\b/i, 'an error of OpenRouter'],
  [
    /\bollama\b(?!-server)|\blocalhost:11434\b|\b127\.0\.0\.1:11434\b/i,
    'an error of Ollama, which runs models on a machine of your own',
  ],
  [/modelscope/i, 'an error of ModelScope'],
  [/openai\.azure|\bAzureOpenAI\b|models\.inference\.ai\.azure\.com/i, "an error of Microsoft's Azure"],
  [/\banthropic\b/i, "an error of Anthropic's own API"],
  [/generativelanguage|\bgoogleapis\b|\bvertex_?ai\b/i, "an error of Google's own API"],
  [/\bapi\.groq\.com\b|\bgroq\.\w{1,40}Error\b|\bGroqException\b/, "an error of Groq's own API"],
  [/\bapi\.replicate\.com\b/i, "an error of Replicate's own API"],
  [/\bapi\.deepseek\.com\b/i, "an error of DeepSeek's own API"],
  [/\bapi\.together\.(?:xyz|ai)\b/i, "an error of Together's own API: the call did not pass Hugging Face"],
  [/\b(?:queue\.fal\.run|fal\.run)\//i, "an error of fal's own API: the call did not pass Hugging Face"],
  [/api\.openai\.com|platform\.openai\.com|incorrect api key provided/i, "an error of OpenAI's own API"],
  [/api\.github\.com|\bGitHub API\b|docs\.github\.com\/rest/i, "an error of GitHub's API"],
  [/\bg4f\b/i, 'an error of g4f'],
  [
    /\bgit[ -](?:push|clone|pull|lfs)\b|fatal: (?:unable to access|authentication failed)|^remote: |\bLFS bandwidth\b/im,
    'an error of git: pushing to or cloning a repository',
  ],
  [
    /\bpip(?:3)? install\b|\bcould not find a version that satisfies|\bno matching distribution found|pypi\.org/i,
    'an error of pip: installing a package',
  ],
  [/\bnpm ERR|\bnpm error\b/, 'an error of npm: installing a package'],
  [
    /\bspaces?\/[\w.-]{1,96}\/|\.hf\.space\b|\bruntime error\s{1,4}exit code: |\bexit code: \d{1,3}\. reason: |\bcould not find space\b/i,
    'an error of a Space: a program that runs there',
  ],
  [
    /\/resolve\/|cdn-lfs|\bhf_hub_download\b|\bsnapshot_download\b|\bfrom_pretrained\b|\bgated repo\b|\bEntryNotFoundError\b|\bRevisionNotFoundError\b|\bload_dataset\b|huggingface-cli download|\bRepository Not Found for url\b/i,
    'a download from the Hugging Face Hub, not an inference call',
  ],
  [
    /\bhuggingface\.co\/api\/(?:repos|models|datasets|spaces)\b|\burl: \/api\/(?:models|datasets|spaces)\//i,
    'a call to the Hugging Face Hub about a repository, not an inference call',
  ],
  [
    /\bCUDA (?:error|out of memory)|\btorch\.(?:cuda\.)?OutOfMemoryError\b|\bout of memory on (?:device|gpu)/i,
    'an error of a GPU in the machine that runs the program, not an inference call',
  ],
  [
    /\bHuggingFacePipeline\b|huggingface_pipeline\.py|transformers[\\/](?:generation|pipelines)[\\/]|\bsentence_transformers\b/,
    'an error of a model that runs inside the program itself, not an inference call',
  ],
];

/** What a foreign text looks like; null when no mark tells. */
export function familyIn(text: string): string | null {
  return FAMILIES.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

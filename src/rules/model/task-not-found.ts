import { cellRule, fix } from '../define.js';
import { onHuggingFace, says } from '../match.js';
import { checkCommand, modelOf, refused } from '../refusal.js';

interface Args {
  model: string | null;
  /** The Hub shows no task for it in this run. */
  known: boolean;
}

const SENTENCE =
  /\btask not found for this model|\bcould(?: not|n't) (?:determine|infer|find) (?:the |a )?(?:task|pipeline[ _]tag)|\bno pipeline[ _]tag\b|\bhas no (?:task|pipeline[ _]tag)\b/i;

export const taskNotFound = cellRule<Args>({
  id: 'task-not-found',
  blame: 'model',
  severity: 'error',
  lastVerified: '2026-11-21',
  match(o, e) {
    if (!refused(o) || !onHuggingFace(o) || !says(o, SENTENCE)) return null;
    const model = modelOf(o);
    const facts = model === null ? null : (e.catalog.models[model] ?? null);
    // The Hub names a task: then the sentence is about something else than a missing tag.
    if (facts?.pipelineTag) return null;
    const known = facts?.exists === 'yes';
    return {
      confidence: known ? 'certain' : 'likely',
      subject: model ?? 'this model',
      args: { model, known },
    };
  },
  title: ({ args }) => `${args.model ?? 'The model'} does not say what it is for`,
  explanation: ({ args }) =>
    `The server looks for the task of the model on the Hub and finds none${args.known ? ', and this run finds none either' : ''}. It is usually a fine-tune whose model card has no pipeline_tag. The token and the URL are right.`,
  notThis: () => 'Another token or another parameter in the request cannot help.',
  fixes: ({ args }) => [
    fix('If it is your model, add its task to the top of its README.md, for instance:', {
      snippet: {
        language: 'yaml',
        code: '---\npipeline_tag: text-generation\nlibrary_name: transformers\n---',
      },
      links: ['https://huggingface.co/docs/hub/model-cards'],
    }),
    fix(`Then look whether a provider serves ${args.model ?? 'it'} at all: most fine-tunes have none.`),
  ],
  verify: ({ args }) => checkCommand(args.model),
  page: {
    meaning: 'The Hub does not know the task of the model, so the server does not know how to run it.',
    evidence: 'The body says "Task not found for this model"; the Hub shows no pipeline_tag.',
    mistakenFor: 'A fault in the request, a missing permission.',
    repair: 'Set pipeline_tag in the model card. For a model of somebody else, use one that has it.',
    links: ['https://huggingface.co/docs/hub/model-cards', 'https://huggingface.co/tasks'],
  },
});

import { acrossRule, fix } from '../define.js';
import { checkCommand, instead } from '../refusal.js';
import { ROUTER } from '../router/paths.js';
import { checkAgain } from '../serving.js';
import { LINKS, list } from '../words.js';
import { chosen, mappedOtherwise, toldOtherwise } from './other-tasks.js';
import { named, type OfModel } from './task-mismatch.js';

export const wrongTask = acrossRule<OfModel>({
  id: 'wrong-task',
  blame: 'code',
  severity: 'error',
  lastVerified: '2026-11-21',
  match: (e) => [...toldOtherwise(e), ...mappedOtherwise(e)],
  title({ args, evidence, models }) {
    const name = args.model ?? 'the model';
    const choice = chosen(args, evidence);
    if (choice)
      return `${list(models)} ${models.length > 1 ? 'are' : 'is'} listed for ${list(choice.listed.map(named))}, not for ${named(choice.asked)}`;
    if (args.field)
      return `The body is of another kind than the route expects: the field ${args.field} is missing`;
    return args.served
      ? `Your code calls ${name} for another task than ${named(args.served)}`
      : `${name} is not served for the task that your code calls`;
  },
  explanation({ args, evidence, models, observations }) {
    const name = args.model ?? 'The model';
    const choice = chosen(args, evidence);
    if (choice) {
      const sent = observations.length === 0 ? ' So no provider was asked.' : '';
      return `The Hub lists providers of ${list(models)} for ${list(choice.listed.map(named))}, and none for ${named(choice.asked)}, which --task chose for this run.${sent} Only the kind of call is wrong.`;
    }
    if (args.field) {
      const kind =
        args.field === 'messages'
          ? 'a chat route: it takes messages'
          : `not a chat route: it takes ${args.field}`;
      const held = args.held ? `holds ${args.held} instead` : 'has none';
      return `This is ${kind}, and the body ${held}. The token and the model were accepted.`;
    }
    if (args.argument && args.served)
      return `The pipeline behind ${name} is for ${named(args.served)}, and it misses its argument ${args.argument}: it was sent the body of another task. The token and the id are right.`;
    const asked = args.asked ? `, and your code asks for ${named(args.asked)}` : '';
    return `${name} is served for ${args.served ? named(args.served) : 'another task'}${asked}. The token and the id are right; only the kind of call is not.`;
  },
  notThis: () => 'Another token or another provider cannot help while the kind of call stays.',
  fixes(c) {
    const { args, client } = c;
    const choice = chosen(args, c.evidence);
    if (choice)
      return [
        fix(
          `Leave out --task: the Hub lists ${c.models.length > 1 ? 'them' : 'it'} for ${list(choice.listed.map(named))}.`,
          { commands: [checkAgain(c.models)] },
        ),
        ...instead(c, args.model),
        fix(`If your code asks for ${named(choice.asked)}, choose a model for that task.`, {
          links: [LINKS.servedModels],
        }),
      ];
    const toChat = args.served === 'conversational' || args.field === 'messages';
    const pipeline = args.served === 'feature-extraction' || args.served === 'sentence-similarity';
    if (toChat) {
      const code = {
        python: 'client.chat_completion([{"role": "user", "content": "hi"}], model=model)',
        node: "await client.chatCompletion({ model, messages: [{ role: 'user', content: 'hi' }] });",
      };
      return [
        fix(`Call it as a chat: ${ROUTER}/v1/chat/completions, with messages.`, {
          links: [LINKS.docs],
          ...(client === 'python' || client === 'node'
            ? { snippet: { language: client === 'python' ? 'python' : 'typescript', code: code[client] } }
            : {}),
        }),
        ...(client === 'node'
          ? []
          : [
              fix(
                'In LangChain: wrap HuggingFaceEndpoint in ChatHuggingFace, or give it task="conversational".',
              ),
            ]),
      ];
    }
    if (args.field)
      return [
        fix('Send the messages to the chat route, or the text as inputs to this one.', {
          links: [LINKS.docs],
        }),
      ];
    const vectors = pipeline
      ? ` For embeddings call ${ROUTER}/hf-inference/models/${args.model ?? '{model}'}/pipeline/feature-extraction.`
      : '';
    return [
      fix(
        `Use the call for ${args.served ? named(args.served) : 'the task that the page of the model names'}.${vectors}`,
        {
          links: ['https://huggingface.co/docs/inference-providers/tasks/index'],
        },
      ),
    ];
  },
  verify: ({ args, models }) => (models.length > 0 ? checkAgain(models) : checkCommand(args.model)),
  page: {
    meaning:
      'The model is served, but for another task than the one that is called: text generation instead of chat, similarity instead of vectors. Most chat models are served for chat only.',
    evidence:
      'The text names the task that is supported ("Supported task: conversational"); or the server misses messages, inputs or prompt, the field that names the kind of body, or a pipeline of another task misses its argument; or "is not a chat model" while the Hub lists a provider for another task. In a run with --task, the mapping of the model decides: it names other tasks only.',
    mistakenFor:
      'A provider that does not work, a model that nobody serves. "is not a chat model" with an empty provider list is model-not-served.',
    repair:
      'Chat models: chat_completion or /v1/chat/completions. Embeddings: feature_extraction, or /pipeline/feature-extraction behind the model in the path.',
    links: ['https://huggingface.co/docs/inference-providers/tasks/index'],
  },
});

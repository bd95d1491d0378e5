import { expect, it } from 'vitest';
import { nearestId } from '../../../src/rules/model/nearest-id.js';

const LISTED = [
  'Qwen/Qwen2.5-72B-Instruct',
  'Qwen/Qwen2.5-7B-Instruct',
  'meta-llama/Llama-3.1-8B-Instruct',
  'deepseek-ai/DeepSeek-V3-0324',
];

it.each([
  ['deepseek-ai/deepseek-v3-0324', 'deepseek-ai/DeepSeek-V3-0324', 'case'],
  ['meta-llama/Llama3.1-8B-Instruct', 'meta-llama/Llama-3.1-8B-Instruct', 'a dash'],
  ['Qwen/Qwen2.5-7B-Instuct', 'Qwen/Qwen2.5-7B-Instruct', 'a letter is missing'],
  ['Qwen/Qwen2.5-7B-Insrtuct', 'Qwen/Qwen2.5-7B-Instruct', 'two letters are swapped'],
  ['unsloth/Llama-3.1-8B-Instruct', 'meta-llama/Llama-3.1-8B-Instruct', 'another organization'],
  ['Qwen/Qwen2.5-9B-Instruct', null, 'another size is another model'],
  ['Qwen/Qwen2.5-7B', null, 'a base model is another model'],
  ['a/b', null, 'nothing is near'],
  ['', null, 'nothing was asked'],
])('%s is nearest to %s: %s', (wanted, near, _why) => {
  expect(nearestId(wanted, LISTED)).toBe(near);
});

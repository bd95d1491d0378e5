/** Loaded lazily as a module of its own that names what is used, so that nothing else is bundled. */
export { INFERENCE_PROVIDERS, InferenceClient, PROVIDERS, setLogger } from '@huggingface/inference';

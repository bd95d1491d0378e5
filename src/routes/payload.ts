/** The smallest request that makes a backend do real work. */
export const PROMPT = 'hi';
/** A reasoning model needs some before it says anything. */
export const MAX_TOKENS = 16;

export const TOOL_PROMPT = 'Call get_weather for Paris. If you have no such tool, answer only: no';
/** A call has a name and arguments, and most templates put marks around them. */
export const TOOL_TOKENS = 64;

/** A small object with a friendly sentence in it. */
export const JSON_TOKENS = 64;

export function chat(model: string) {
  return { model, messages: [{ role: 'user' as const, content: PROMPT }], max_tokens: MAX_TOKENS };
}

/** A grey picture of 8 by 8 pixels: some backends refuse a single one. */
export function picture(): Blob {
  return new Blob([Buffer.from(PNG, 'base64')], { type: 'image/png' });
}

/** A tenth of a second of silence: PCM, 16 bits, 8 kHz, one channel. */
export function sound(): Blob {
  const samples = 800;
  const wav = Buffer.alloc(44 + 2 * samples);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + 2 * samples, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8000, 24);
  wav.writeUInt32LE(16_000, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(2 * samples, 40);
  return new Blob([wav], { type: 'audio/wav' });
}

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAADklEQVR42mNogAIGyhgAgIQgARDoahcAAAAASUVORK5CYII=';

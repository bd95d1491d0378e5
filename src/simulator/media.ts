/** What pictures, videos and sounds look like. They lie at an address that leads nowhere. */

export type Medium = 'image' | 'video' | 'audio';

export function mediumOf(task: string): Medium {
  if (task.endsWith('-to-video')) return 'video';
  return /-to-(?:speech|audio)$/.test(task) ? 'audio' : 'image';
}

const FILES = { image: '1.png', video: '1.mp4', audio: '1.wav' } as const;

export function mediaUrl(task: string): string {
  return `https://media.simulator.invalid/${FILES[mediumOf(task)]}`;
}

/** One grey dot. */
export const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGOoBwAAgQCA0kJ20AAAAABJRU5ErkJggg==';
/** A WAV of no length. */
export const SOUND = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=';

/** The bytes of a picture or a sound, with its media type. */
export function mediaBytes(task: string): { bytes: Uint8Array; type: string } {
  return mediumOf(task) === 'audio'
    ? { bytes: Buffer.from(SOUND, 'base64'), type: 'audio/wav' }
    : { bytes: Buffer.from(PICTURE, 'base64'), type: 'image/png' };
}

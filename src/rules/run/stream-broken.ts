import type { ErrorCode, Observation } from '../../types/observation.js';
import { answeredBy, sentenceCase } from '../answered-by.js';
import { cellRule, fix } from '../define.js';
import { says } from '../match.js';
import { checkAgain } from '../serving.js';
import { curlFor, LINKS, list } from '../words.js';
import { quote } from './quote.js';

interface Args {
  who: string;
  how: 'error' | 'cut';
}

const CUT_CODES: readonly ErrorCode[] = ['http.truncated', 'net.closed-early', 'net.reset', 'net.stalled'];
/** A body that was begun and not finished, in the words of the HTTP libraries. */
const CUT_WORDS =
  /peer closed connection without sending complete message body|\bincomplete chunked read\b|\bInvalidChunkLength\b|\bChunkedEncodingError\b|Response payload is not completed|\bTransferEncodingError\b|ERR_STREAM_PREMATURE_CLOSE|\bPremature close\b|\bother side closed\b|\b(?:SSE |event )?stream (?:ended|closed|was closed|terminated) (?:unexpectedly|prematurely|before|without)\b|^TypeError: terminated$/im;

/** As @huggingface/inference tells of an error event. */
const INSIDE = /\ban (?:error )?occurred while streaming the response: /i;

function howOf(o: Observation): Args['how'] | null {
  const begun = o.status === null || (o.status >= 200 && o.status < 300);
  if (!begun) return null;
  const stream = o.body.kind === 'sse' || o.contentType === 'text/event-stream';
  if (stream && o.shape === 'error-inside') return 'error';
  if (stream && o.error !== null && CUT_CODES.includes(o.error)) return 'cut';
  if (o.origin === 'text' && says(o, INSIDE)) return 'error';
  return o.origin === 'text' && says(o, CUT_WORDS) ? 'cut' : null;
}

export const streamBroken = cellRule<Args>({
  id: 'stream-broken',
  blame: 'provider',
  severity: 'error',
  lastVerified: '2026-11-21',
  corrects:
    'A stream that began with 200 can still fail: the error then stands inside it, or nothing stands there at all.',
  match(o, e) {
    // Files of the Hub are cut too: that is a download.
    if (o.surface === 'other' || o.surface === 'hub' || o.purpose !== 'inference') return null;
    const how = howOf(o);
    if (!how) return null;
    const { who, blame } = answeredBy(o, e);
    // An error may be about the request, and a cut may happen anywhere on the way.
    return {
      confidence: 'possible',
      subject: `${who} ${how}`,
      blame: e.run.live && how === 'error' ? blame : 'unknown',
      args: { who, how },
    };
  },
  title: ({ args, models }) => {
    const what = args.how === 'error' ? 'ends in an error' : 'is cut before its end';
    return `The stream of ${args.who} ${what}${models.length > 0 ? ` for ${list(models)}` : ''}`;
  },
  explanation({ args, observations }) {
    const said = args.how === 'error' ? observations.map((o) => o.body.message).find(Boolean) : null;
    return args.how === 'error'
      ? `${sentenceCase(args.who)} had begun to answer with 200, and then sent an error inside the stream.${said ? ` The words are ${quote(said)}.` : ''}`
      : 'The answer had begun, and the connection ended before the last event. The server, a proxy with a time limit and the network look the same from here.';
  },
  notThis: () => 'A new token cannot help: the call was let through.',
  fixes: ({ args, models }) => [
    fix('Ask again. What had arrived is no whole answer.', { commands: [checkAgain(models)] }),
    ...(args.how === 'cut'
      ? [
          fix(
            'If it is cut after the same time each time, a proxy on the way has a limit: raise it, or ask for fewer tokens.',
          ),
        ]
      : []),
    fix(
      'In your code, count a stream as finished only after [DONE] or a finish_reason, and look for "error" in each event.',
    ),
    fix('If it stays, use another provider of the model.', { links: [LINKS.servedModels] }),
  ],
  verify: ({ observations, models }) => (observations[0] && curlFor(observations[0])) ?? checkAgain(models),
  page: {
    meaning: 'An answer that is streamed began well and did not end well: an error event, or no end at all.',
    evidence:
      'A 200 with text/event-stream whose events hold an error, or whose connection ends before the last event; in a text, the words of an HTTP library about an incomplete body.',
    mistakenFor:
      'A finished answer, because the status was 200. Where the error inside names its cause (a length, a field, the memory), that cause has its own page.',
    repair: 'Ask again, handle errors inside streams, and look for a time limit on the way.',
    links: ['https://huggingface.co/docs/inference-providers/tasks/chat-completion', LINKS.status],
  },
});

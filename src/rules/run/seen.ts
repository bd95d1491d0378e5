import type { ErrorCode, Observation } from '../../types/observation.js';

/* What each transport code means in plain words, and what would settle it. */

interface Meaning {
  means: string;
  next: string;
}

const LOOK = 'Run hf-doctor check on the machine that fails: it compares the hosts with each other.';
const NETWORK = 'Try another network, and look at the proxy variables: env | grep -i _proxy.';
const SERVER = 'Ask again. If it stays, the operator of that server needs the time and the request id.';
const REPORT = 'Ask again with --debug and report it to hf-doctor.';

const of = (means: string, next: string): Meaning => ({ means, next });

const MEANING: Readonly<Record<ErrorCode, Meaning>> = {
  'dns.not-found': of('The name of the host does not exist for this machine.', LOOK),
  'dns.temporary': of('The name server did not answer.', LOOK),
  'dns.empty': of('The name of the host exists and has no address.', LOOK),
  'net.refused': of(
    'The machine was reached and no program listens on that port, or a firewall refuses it.',
    'Check host and port of the base URL, and whether the server runs.',
  ),
  'net.unreachable': of('There is no route to that host from this machine.', NETWORK),
  'net.connect-timeout': of('No connection came about in the time allowed, and nobody refused it.', NETWORK),
  'net.deadline': of(
    'The time for this call ran out before the answer was complete.',
    'Give it more time with --timeout.',
  ),
  'net.no-answer': of(
    'The connection stood and no byte of an answer came.',
    'Give it more time with --timeout.',
  ),
  'net.stalled': of('The answer began and then nothing more came.', SERVER),
  'net.closed-early': of('The other side closed the connection before it answered.', SERVER),
  'net.reset': of('The connection was cut by the other side or by something on the way.', NETWORK),
  'net.other': of('The connection failed in a way that has no name here.', NETWORK),
  'tls.expired': of(
    'The certificate of that host has expired.',
    'Compare the clock of this machine; if it is right, the operator must renew the certificate.',
  ),
  'tls.clock': of(
    'The certificate of that host is not valid yet, by the clock of this machine.',
    'Compare the clock of this machine.',
  ),
  'tls.untrusted': of(
    'The certificate of that host is signed by an authority that this machine does not know.',
    'Name the authority in NODE_EXTRA_CA_CERTS if you trust it.',
  ),
  'tls.wrong-host': of('The certificate that came is for another host.', 'Check the host of the base URL.'),
  'tls.not-tls': of(
    'The server does not speak TLS on this port.',
    'Check http:// or https:// in the base URL.',
  ),
  'tls.other': of('The connection could not be secured.', NETWORK),
  'proxy.refused': of('The proxy of this network refused the connection.', NETWORK),
  'proxy.timeout': of('The proxy of this network did not answer in time.', NETWORK),
  'proxy.unusable': of('The proxy variable of this environment names no HTTP proxy.', NETWORK),
  'run.cancelled': of('The run was ended before this call was answered.', 'Run it again.'),
  'run.token-withheld': of(
    'The token was not sent, because the base URL comes from a place that is not trusted with it, or is not https.',
    'Name the base URL on the command line or in the environment, with https.',
  ),
  'http.malformed': of('The answer is not valid HTTP.', NETWORK),
  'http.truncated': of('The connection ended in the middle of the answer.', SERVER),
  'http.too-large': of('The answer is larger than any answer to this call should be.', SERVER),
  'http.bomb': of('The compressed answer unpacks to far more than it should.', SERVER),
  'http.bad-encoding': of('The compressed answer is damaged.', SERVER),
  'http.unknown-encoding': of('The answer is compressed in a way that was not asked for.', SERVER),
  'http.redirect': of(
    'The server sent the call to another address. hf-doctor does not follow it, so that the token stays here.',
    'If that address is right, use it as the base URL.',
  ),
  'http.odd-status': of('The status is none that HTTP knows.', SERVER),
  'http.html': of(
    'A web page came instead of JSON.',
    'Open the URL in a browser: the page says who made it.',
  ),
  'api.unexpected-shape': of('The answer is JSON of another form than this task has.', SERVER),
  'api.empty': of('The answer is empty.', SERVER),
  'api.too-deep': of('The JSON is nested deeper than any answer to this call should be.', SERVER),
  'env.fd-limit': of(
    'This machine allows no more open connections.',
    'Lower --concurrency, or raise the limit: ulimit -n.',
  ),
  'env.disk-full': of('The disk of this machine is full.', 'Free some space and run it again.'),
  'config.bad-url': of('The base URL cannot be read.', 'Write it whole, with https:// in front.'),
  internal: of('hf-doctor itself failed at this call.', REPORT),
};

/** By class of status; the number alone names no cause. */
function ofStatus(status: number): Meaning {
  if (status >= 500) return of('The server failed.', SERVER);
  if (status === 401)
    return of(
      'A credential is missing or not accepted. Which one, the answer does not tell.',
      'hf-doctor token settles whether the Hugging Face token is good.',
    );
  if (status === 403)
    return of(
      'The server understood the call and refuses it. Permission, spending limit, licence and filters all look so.',
      'The page https://huggingface.co/settings/inference-providers shows limits and providers; hf-doctor token shows the permission.',
    );
  if (status === 404)
    return of(
      'Nothing is served at this path. A wrong path, a wrong model id and a model without a provider all look so.',
      'hf-doctor check with the model id compares the routes.',
    );
  if (status === 429)
    return of(
      'Somebody limits the rate: Hugging Face, the provider, or the gateway.',
      'Wait, then ask again more slowly.',
    );
  if (status >= 400)
    return of(
      'The server does not accept the call as it is.',
      'Send it with the smallest body that can work: if that passes, a field of yours is refused.',
    );
  if (status >= 300) return MEANING['http.redirect'];
  return of('The call was answered, and the answer could not be used.', SERVER);
}

export function meaningOf(o: Observation): Meaning {
  if (o.error !== null) return MEANING[o.error];
  if (o.status !== null) return ofStatus(o.status);
  return of(
    'The text names no status and no known error.',
    'Add more of the log: the lines with the URL, the status and the body.',
  );
}

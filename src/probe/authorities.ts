import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { readBounded } from '../safety/write.js';

type Env = Readonly<Record<string, string | undefined>>;

export interface Authorities {
  /** Made at the first https connection and shared by all: a context each doubles the handshakes. */
  context(): tls.SecureContext;
  /** Which variables add authorities, as a short line for people; null when none does. */
  shown: string | null;
}

const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Node itself reads NODE_EXTRA_CA_CERTS, at its start. SSL_CERT_FILE, which Python and curl read and
 * Node does not, is added to what Node trusts.
 */
export async function readAuthorities(env: Env): Promise<Authorities> {
  const [extra, file] = await Promise.all([read(env.NODE_EXTRA_CA_CERTS), read(env.SSL_CERT_FILE)]);
  const shown = [say('NODE_EXTRA_CA_CERTS', extra), say('SSL_CERT_FILE', file)].filter((s) => s !== null);
  let context: tls.SecureContext | null = null;
  return {
    context: () => (context ??= tls.createSecureContext(file ? { ca: [...trusted(extra), file] } : {})),
    shown: shown.length > 0 ? shown.join(', ') : null,
  };
}

/** A list of authorities replaces Node's own, so that one must be part of it. */
function trusted(extra: string | false | null): string[] {
  const { getCACertificates } = tls as { getCACertificates?: (kind: 'default') => string[] };
  if (getCACertificates) return getCACertificates('default');
  return extra ? [...tls.rootCertificates, extra] : [...tls.rootCertificates];
}

/** PEM text; null when the variable is not set, false when the file holds no certificate. */
async function read(path: string | undefined): Promise<string | false | null> {
  if (!path) return null;
  const file = await readBounded(path, MAX_BYTES);
  if (!file.ok) return false;
  try {
    new X509Certificate(file.text);
    return file.text;
  } catch {
    return false;
  }
}

function say(name: string, pem: string | false | null): string | null {
  if (pem === null) return null;
  return pem === false ? `${name} (no certificate can be read)` : name;
}

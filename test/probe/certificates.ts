import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Keys and certificates made by the `openssl` command for one run, never kept. */
export interface Laboratory {
  /** Folder to delete at the end. */
  dir: string;
  /** PEM file of the authority that signed all but `selfSigned`. */
  caFile: string;
  make(kind: Kind): { key: string; cert: string };
}

export type Kind = 'good' | 'expired' | 'future' | 'wrong-host' | 'self-signed';

/** Null without openssl; the caller says so loudly. */
export function laboratory(): Laboratory | null {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
  } catch {
    return null;
  }
  const dir = mkdtempSync(join(tmpdir(), 'hf-doctor-tls-'));
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' });
  // Only `openssl ca` can set both dates with the versions in use.
  writeFileSync(
    join(dir, 'ca.conf'),
    `[ca]\ndefault_ca=own\n[own]\nnew_certs_dir=.\ndatabase=index\nserial=serial\ndefault_md=sha256\n` +
      'policy=any\ncopy_extensions=copy\nunique_subject=no\nrand_serial=yes\n[any]\ncommonName=supplied\n',
  );
  writeFileSync(join(dir, 'index'), '');
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...fresh,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=Test authority',
    '-days',
    '2',
  );
  return {
    dir,
    caFile: join(dir, 'ca.pem'),
    make(kind) {
      const names =
        kind === 'wrong-host'
          ? 'DNS:other.test'
          : 'DNS:router.test,DNS:*.endpoints.huggingface.cloud,DNS:localhost,IP:127.0.0.1';
      const san = ['-addext', `subjectAltName=${names}`, '-subj', `/CN=${kind}`];
      if (kind === 'self-signed') {
        openssl(
          'req',
          '-x509',
          ...fresh,
          '-keyout',
          `${kind}.key`,
          '-out',
          `${kind}.pem`,
          ...san,
          '-days',
          '2',
        );
      } else {
        openssl('req', ...fresh, '-keyout', `${kind}.key`, '-out', `${kind}.csr`, ...san);
        const [start, end] = DATES[kind] ?? [];
        const dates = start && end ? ['-startdate', start, '-enddate', end] : ['-days', '2'];
        const files = ['-cert', 'ca.pem', '-keyfile', 'ca.key', '-in', `${kind}.csr`, '-out', `${kind}.pem`];
        openssl('ca', '-batch', '-notext', '-config', 'ca.conf', ...files, ...dates);
      }
      const read = (ending: string) => readFileSync(join(dir, `${kind}.${ending}`), 'utf8');
      return { key: read('key'), cert: read('pem') };
    },
  };
}

const DATES: Partial<Record<Kind, [string, string]>> = {
  expired: ['20200101000000Z', '20200201000000Z'],
  future: ['20400101000000Z', '20410101000000Z'],
};

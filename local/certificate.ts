import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What a server on this machine shows to its clients. PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
  /** The file of the certificate, which a client has to trust. */
  readonly file: string;
}

const day = 86_400_000;
/** As long as browsers and public authorities allow at most, 398 days, and a bit less (https://cabforum.org, ballot SC31). */
const lives = 397 * day;
/** Renewed at a start this near its end: a world runs for hours, seldom for weeks. */
const renewedBefore = 30 * day;

/**
 * The certificate of 127.0.0.1 and localhost that lies in a folder, with its key; made anew if there is none or it ends soon.
 * It is signed with its own key and is no authority's: whoever trusts it trusts this server, and nothing else. `now`:
 * milliseconds since 1970.
 */
export async function keptCertificate(folder: string, now: number): Promise<Certificate> {
  const [file, keyFile] = [join(folder, 'acs.pem'), join(folder, 'acs-key.pem')];
  if (!existsSync(keyFile) || !lasts(file, now)) await make({ file, keyFile }, now);
  return { certificate: readFileSync(file, 'utf8'), key: readFileSync(keyFile, 'utf8'), file };
}

function lasts(file: string, now: number): boolean {
  try {
    return Date.parse(new X509Certificate(readFileSync(file)).validTo) - now > renewedBefore;
  } catch {
    // None, or one that a crash cut off.
    return false;
  }
}

/** The certificate comes last and whole, so that one that is there has its key beside it. */
async function make({ file, keyFile }: { readonly file: string; readonly keyFile: string }, now: number) {
  const { cert, private: key } = await selfSigned(now);
  await mkdir(dirname(file), { recursive: true });
  await rm(file, { force: true });
  await rm(keyFile, { force: true });
  await writeFile(keyFile, key, { mode: 0o600 });
  await writeFile(`${file}.new`, cert);
  await rename(`${file}.new`, file);
}

async function selfSigned(now: number) {
  // Seldom needed, and slow to load.
  const { generate } = await import('selfsigned');
  return generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // A clock a little behind ours must not find it not valid yet.
    notBeforeDate: new Date(now - day),
    notAfterDate: new Date(now + lives),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: '127.0.0.1' },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
  });
}

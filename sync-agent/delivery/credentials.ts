import { readFileSync } from 'node:fs';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { belongTogether } from '../enrolment/key-pair.ts';

/** A platform that is known by its certificate. */
export interface ServerFiles {
  readonly url: string;
  readonly caFile: string;
}

/** And knows us by ours. */
export interface PlatformFiles extends ServerFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
}

export interface Credentials {
  readonly ca: Buffer;
  /** Absent: we have none yet. */
  readonly own?: { readonly cert: Buffer; readonly key: Buffer };
}

/** A certificate that is renewed in place is used within this time, without a restart. */
const LOOK_EVERY_MS = 30_000;

/** The files that say who we are and whom we believe, read again as they change. */
export interface CredentialFiles {
  readonly current: Credentials;
  /** Looks now and then, or now; true when `current` is another one since the last look. */
  changed(now?: boolean): boolean;
}

export function credentialFiles(files: ServerFiles | PlatformFiles, clock: Clock): CredentialFiles {
  let current = read(files);
  let lookedAt = clock.monotonic();
  return {
    get current() {
      return current;
    },
    changed(now = false) {
      if (!now && clock.monotonic() - lookedAt < LOOK_EVERY_MS) return false;
      lookedAt = clock.monotonic();
      const found = readIfThere(files);
      if (!found || same(found, current)) return false;
      current = found;
      return true;
    },
  };
}

function read(files: ServerFiles | PlatformFiles): Credentials {
  const ca = readFileSync(files.caFile);
  if (!('certificateFile' in files)) return { ca };
  return { ca, own: { cert: readFileSync(files.certificateFile), key: readFileSync(files.keyFile) } };
}

/** Somebody may be in the middle of replacing them: what we have goes on. */
function readIfThere(files: ServerFiles | PlatformFiles): Credentials | undefined {
  try {
    const found = read(files);
    // Two files are not replaced at one moment.
    return !found.own || belongTogether(found.own.cert, found.own.key) ? found : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

function same(a: Credentials, b: Credentials): boolean {
  if (!a.ca.equals(b.ca)) return false;
  return !a.own || !b.own ? a.own === b.own : a.own.cert.equals(b.own.cert) && a.own.key.equals(b.own.key);
}

import { readFileSync } from 'node:fs';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';

export interface PlatformFiles {
  readonly url: string;
  readonly caFile: string;
  readonly certificateFile: string;
  readonly keyFile: string;
}

export interface Credentials {
  readonly ca: Buffer;
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** A certificate that is renewed in place is used within this time, without a restart. */
const LOOK_EVERY_MS = 30_000;

/** The files that say who we are and whom we believe, read again as they change. */
export interface CredentialFiles {
  readonly current: Credentials;
  /** Looks now and then; true when `current` is another one since the last look. */
  changed(): boolean;
}

export function credentialFiles(files: PlatformFiles, clock: Clock): CredentialFiles {
  let current = read(files);
  let lookedAt = clock.monotonic();
  return {
    get current() {
      return current;
    },
    changed() {
      if (clock.monotonic() - lookedAt < LOOK_EVERY_MS) return false;
      lookedAt = clock.monotonic();
      const found = readIfThere(files);
      if (!found || same(found, current)) return false;
      current = found;
      return true;
    },
  };
}

const read = ({ caFile, certificateFile, keyFile }: PlatformFiles): Credentials => ({
  ca: readFileSync(caFile),
  cert: readFileSync(certificateFile),
  key: readFileSync(keyFile),
});

/** Somebody may be in the middle of replacing them: what we have goes on. */
function readIfThere(files: PlatformFiles): Credentials | undefined {
  try {
    return read(files);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

const same = (a: Credentials, b: Credentials): boolean =>
  a.ca.equals(b.ca) && a.cert.equals(b.cert) && a.key.equals(b.key);

import { type KeyObject, createPrivateKey, createPublicKey, hash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestAuthority } from '@kiosk/central-platform/testing/authority.ts';
import type { Identity } from './connection.ts';

/** The authority of the tests lives two days. */
const GOOD_FOR_MS = 36 * 3_600_000;
const VALIDITY = { from: -1, to: 1.9 };
const ROOT = join(import.meta.dirname, '../../..');

/** What one simulated terminal was given when it was set up. */
export interface FleetMember {
  readonly terminalId: string;
  readonly identity: Identity;
  /** Ed25519: signs the heads of its journal. */
  readonly signingKey: KeyObject;
  /** SPKI PEM of the same. */
  readonly signingKeyPem: string;
}

export interface FleetCredentials {
  readonly ca: string;
  readonly server: Identity;
  readonly members: readonly FleetMember[];
}

interface Kept {
  readonly issuedAt: number;
  readonly ca: string;
  readonly server: Identity;
  readonly clients: readonly Identity[];
}

/** Terminals of a fleet are numbered from 300000. */
export const terminalIdOf = (n: number): string => String(300_000 + n);

/**
 * Certificates (ECDSA P-256) for so many terminals and their platform, from one authority. Issuing ten thousand takes
 * many seconds, so they are kept in var/fleet until they are about to expire. Signing keys follow from the number alone: they guard nothing.
 */
export async function fleetCredentials(count: number, folder = join(ROOT, 'var/fleet')): Promise<FleetCredentials> {
  const file = join(folder, `certificates-${count}.json`);
  const kept = readKept(file) ?? (await issue(count));
  if (!existsSync(file) || readKept(file) === undefined) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(kept), { mode: 0o600 });
    renameSync(`${file}.${process.pid}`, file);
  }
  const members = kept.clients.map((identity, n) => {
    const terminalId = terminalIdOf(n);
    const signingKey = signingKeyOf(terminalId);
    const signingKeyPem = createPublicKey(signingKey).export({ type: 'spki', format: 'pem' }).toString();
    return { terminalId, identity, signingKey, signingKeyPem };
  });
  return { ca: kept.ca, server: kept.server, members };
}

async function issue(count: number): Promise<Kept> {
  const authority = await createTestAuthority('fleet test authority');
  const server = await authority.issue('localhost', 'server', VALIDITY);
  const clients: Identity[] = [];
  for (let n = 0; n < count; n++) clients.push(await authority.issue(terminalIdOf(n), 'client', VALIDITY));
  return { issuedAt: Date.now(), ca: authority.ca, server, clients };
}

function readKept(file: string): Kept | undefined {
  if (!existsSync(file)) return undefined;
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Kept;
  return Date.now() - kept.issuedAt < GOOD_FOR_MS ? kept : undefined;
}

/** An Ed25519 private key is any 32 bytes (RFC 8032); PKCS 8 puts 16 fixed ones in front (RFC 8410). */
function signingKeyOf(terminalId: string): KeyObject {
  const bytes = Buffer.from(hash('sha256', `fleet signing key ${terminalId}`), 'hex');
  const key = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), bytes]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

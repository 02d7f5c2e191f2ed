import { createHash } from 'node:crypto';
import type { StreamName } from './entry.ts';

/** The link before the first entry of every stream. */
export const GENESIS = '0'.repeat(64);

/** SHA-256 over salt and the exact stored bytes, hex. */
export function entryDigest(salt: Uint8Array, body: Uint8Array): string {
  return createHash('sha256').update(salt).update(body).digest('hex');
}

/**
 * The next link of a stream: covers the link before, who and where, and the salted digest of the body, never the body,
 * so that the chain verifies without any key and outlives the destruction of personal data.
 */
export function nextLink(
  previous: string,
  terminalId: string,
  stream: StreamName,
  seq: number,
  digest: string,
): string {
  return createHash('sha256')
    .update(`kiosk-chain-v1\n${previous}\n${terminalId}\n${stream}\n${seq}\n${digest}`)
    .digest('hex');
}

/** The text a terminal signs when it vouches for a head. One line a field, so that it can be printed and compared. */
export function headStatement(terminalId: string, stream: StreamName, seq: number, head: string): string {
  return `kiosk-head-v1\n${terminalId}\n${stream}\n${seq}\n${head}\n`;
}

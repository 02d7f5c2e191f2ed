import { hash } from 'node:crypto';
import type { StreamName } from './entry.ts';
import type { Suite } from './suite/suite.ts';

/** The link before the first entry of every stream. */
export const GENESIS = '0'.repeat(64);

type Hash = Pick<Suite, 'hash'>;

/** Over salt and the exact stored bytes, hex. */
export const entryDigest = (suite: Hash, salt: Uint8Array, body: Uint8Array): string =>
  hash(suite.hash, Buffer.concat([salt, body]), 'hex');

/**
 * The next link of a stream: covers the link before, who and where, and the salted digest of the body, never the body,
 * so that the chain verifies without any key and outlives the destruction of personal data.
 */
export const nextLink = (
  suite: Hash,
  previous: string,
  terminalId: string,
  stream: StreamName,
  seq: number,
  digest: string,
): string => hash(suite.hash, `kiosk-chain-v1\n${previous}\n${terminalId}\n${stream}\n${seq}\n${digest}`, 'hex');

/** The text a terminal signs when it vouches for a head. One line a field, so that it can be printed and compared. */
export function headStatement(terminalId: string, stream: StreamName, seq: number, head: string): string {
  return `kiosk-head-v1\n${terminalId}\n${stream}\n${seq}\n${head}\n`;
}

import type { KeyObject } from 'node:crypto';
import { type BundleBlock, type BundleHeader, bundleStatement } from '@kiosk/contract/journal/bundle.ts';
import { headStatement } from '@kiosk/contract/journal/chain.ts';
import { signStatement } from '@kiosk/contract/journal/signing.ts';
import { StreamName } from '@kiosk/contract/journal/entry.ts';
import { heads } from '../chain/heads.ts';
import { entryTable } from '../file/schema.ts';
import type { Store } from '../file/store.ts';

/** In one block, so that a line is about a megabyte at most and a step of reading takes a few milliseconds. */
const MOST = { entries: 250, bytes: 512 * 1024 };

interface Row {
  readonly seq: number;
  readonly salt: Buffer;
  readonly body: Buffer;
  readonly link: Buffer;
  readonly key_terminal: Buffer | null;
  readonly key_centre: Buffer | null;
}

/** What a bundle made now holds: from the base of each stream, or from what the platform has, to its end. Inside `store.read`. */
export function planBundle(store: Store, terminalId: string, createdAt: number, waitingOnly: boolean): BundleHeader {
  const { last, at } = heads(store);
  const place = store.db.prepare<[string], { base: number; acknowledged: number }>(
    'SELECT base_seq AS base, acknowledged_seq AS acknowledged FROM stream WHERE name = ?',
  );
  const streams = StreamName.options.map((stream) => {
    const { base, acknowledged } = place.get(stream)!;
    const from = at(stream, waitingOnly ? acknowledged : base)!;
    const end = last(stream);
    return {
      stream,
      afterSeq: from.seq,
      previousHead: from.link.toString('hex'),
      requests: from.requests,
      upToSeq: end.seq,
      head: end.link.toString('hex'),
      acknowledgedSeq: acknowledged,
    };
  });
  return { format: 'kiosk-journal-bundle', v: 1, terminalId, suite: store.suite.name, createdAt, streams };
}

/** The next stretch after `afterSeq`, as it would go over the line, signed; null: there is none up to `upToSeq`. Inside `store.read`. */
export function bundleBlock(
  store: Store,
  terminalId: string,
  signingKey: KeyObject,
  { stream, afterSeq, upToSeq }: { stream: StreamName; afterSeq: number; upToSeq: number },
): BundleBlock | null {
  const rows = store.db
    .prepare<[number, number, number], Row>(
      `SELECT seq, salt, body, link, key_terminal, key_centre FROM ${entryTable(stream)}
       WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?`,
    )
    .all(afterSeq, upToSeq, MOST.entries);
  const before = heads(store).at(stream, afterSeq);
  const taken = withinBytes(rows);
  const last = taken.at(-1);
  if (!before || !last) return null;
  const head = last.link.toString('hex');
  const statement = Buffer.from(headStatement(terminalId, stream, last.seq, head));
  return {
    batch: {
      stream,
      suite: store.suite.name,
      previousHead: before.link.toString('hex'),
      entries: taken.map(({ seq, salt, body, key_centre }) => ({
        seq,
        saltBase64: salt.toString('base64'),
        bodyBase64: body.toString('base64'),
        ...(key_centre ? { keyForCentreBase64: key_centre.toString('base64') } : {}),
      })),
      head,
      signatureBase64: signStatement(signingKey, statement).toString('base64'),
    },
    keysForTerminal: taken.flatMap(({ seq, key_terminal }) =>
      key_terminal ? [{ seq, keyBase64: key_terminal.toString('base64') }] : [],
    ),
  };
}

export function sealOf(terminalId: string, signingKey: KeyObject, sha256: string, entries: number): string {
  return signStatement(signingKey, Buffer.from(bundleStatement(terminalId, sha256, entries))).toString('base64');
}

function withinBytes(rows: readonly Row[]): readonly Row[] {
  let bytes = 0;
  const beyond = rows.findIndex(({ body }, i) => (bytes += body.length) > MOST.bytes && i > 0);
  return beyond < 0 ? rows : rows.slice(0, beyond);
}

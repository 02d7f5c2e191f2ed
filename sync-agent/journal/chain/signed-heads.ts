import { headStatement } from '@kiosk/contract/journal/chain.ts';
import { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { heads } from './heads.ts';
import type { Store } from '../file/store.ts';

/** A head the terminal vouches for. */
export interface SignedHead {
  readonly stream: StreamName;
  readonly seq: number;
  /** Hex. */
  readonly head: string;
  /** UTC ms. */
  readonly at: number;
  readonly signature: Buffer;
}

export interface SignedHeads {
  /** Signs where each stream stands now, unless that was signed already, and keeps it. Inside `store.write`. */
  sign(sign: (statement: Buffer) => Buffer): readonly SignedHead[];
  /** The last one of a stream. */
  last(stream: StreamName): SignedHead | undefined;
}

export function signedHeads(store: Store, terminalId: string, clock: Clock): SignedHeads {
  const places = heads(store);
  const find = store.db.prepare<[string], Omit<SignedHead, 'stream'>>(
    `SELECT seq, lower(hex(link)) AS head, at, signature FROM signed_head WHERE stream = ? ORDER BY seq DESC LIMIT 1`,
  );
  const keep = store.db.prepare('INSERT INTO signed_head (stream, seq, link, at, signature) VALUES (?, ?, ?, ?, ?)');
  const last = (stream: StreamName): SignedHead | undefined => {
    const row = find.get(stream);
    return row && { stream, ...row };
  };
  return {
    last,
    sign: (sign) =>
      StreamName.options.flatMap((stream): SignedHead[] => {
        const { seq, link } = places.last(stream);
        if (seq === (last(stream)?.seq ?? 0)) return [];
        const head = link.toString('hex');
        const at = clock.now();
        const signature = sign(Buffer.from(headStatement(terminalId, stream, seq, head)));
        keep.run(stream, seq, link, at, signature);
        return [{ stream, seq, head, at, signature }];
      }),
  };
}

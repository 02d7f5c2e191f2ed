import { GENESIS, entryDigest, headStatement, nextLink } from '@kiosk/contract/journal/chain.ts';
import { EntryBody, streamOf, type StreamName } from '@kiosk/contract/journal/entry.ts';
import { verifyStatement } from '@kiosk/contract/journal/signing.ts';
import { SUITES } from '@kiosk/contract/journal/suite/suite.ts';
import type { Batch } from '@kiosk/contract/platform/ingest.ts';
import type { KeyObject } from 'node:crypto';
import type { EntryKey, NewEntry, Standing } from '../store/store.ts';

/** A batch that came apart into bytes, its links recomputed. */
export interface OpenedBatch {
  readonly stream: StreamName;
  readonly previousHead: string;
  readonly entries: readonly NewEntry[];
  readonly signature: Uint8Array;
}

export interface Refusal {
  readonly code: 'E6201' | 'E6202' | 'E6203' | 'E6204';
  readonly detail: string;
}

export type Verdict =
  | { readonly kind: 'append'; readonly entries: readonly NewEntry[] }
  /** Everything in it is here already: acknowledged again, stored once. */
  | { readonly kind: 'duplicate' }
  | ({ readonly kind: 'refused' } & Refusal);

/** Recomputes every link of a batch from its bytes and checks the terminal's signature over the last one. */
export function openBatch(
  terminalId: string,
  stream: StreamName,
  batch: Batch,
  signingKey: KeyObject,
): OpenedBatch | Refusal {
  const suite = SUITES[batch.suite];
  const entries: NewEntry[] = [];
  let link = batch.previousHead;
  for (const wire of batch.entries) {
    const expected = (entries.at(-1)?.seq ?? wire.seq - 1) + 1;
    if (wire.seq !== expected) return { code: 'E6203', detail: `batch jumps to ${wire.seq}, expected ${expected}` };
    const salt = Buffer.from(wire.saltBase64, 'base64');
    const body = Buffer.from(wire.bodyBase64, 'base64');
    const digest = entryDigest(suite, salt, body);
    link = nextLink(suite, link, terminalId, stream, wire.seq, digest);
    entries.push({
      seq: wire.seq,
      digest,
      link,
      salt,
      body,
      wrappedKey: wire.keyForCentreBase64 === undefined ? null : Buffer.from(wire.keyForCentreBase64, 'base64'),
    });
  }
  if (link !== batch.head) return { code: 'E6204', detail: 'head does not follow from the entries' };
  const signature = Buffer.from(batch.signatureBase64, 'base64');
  const statement = Buffer.from(headStatement(terminalId, stream, entries.at(-1)!.seq, link));
  if (!verifyStatement(signingKey, statement, signature)) {
    return { code: 'E6204', detail: "signature is not this terminal's over the head" };
  }
  return { stream, previousHead: batch.previousHead, entries, signature };
}

/**
 * Compares a batch with where the stream stands. `known` are the keys from the entry before the batch's first up to its last.
 *
 * A terminal only ever grows its journal, so an entry that differs from the one kept is never an update. It is called a
 * rewind (E6202) when the terminal also ends before the standing head: a disk image was restored and went on from there; and
 * another body (E6201) when it reaches the head or beyond: a clone, or a record that was altered.
 */
export function judge(batch: OpenedBatch, standing: Standing, known: readonly EntryKey[]): Verdict {
  const { stream, entries, previousHead } = batch;
  const first = entries[0]!.seq;
  const last = entries.at(-1)!.seq;
  const { durableUpTo, head } = standing;

  if (first > durableUpTo + 1) return refused('E6203', `batch begins at ${first}, expected ${durableUpTo + 1}`);
  const before = first === 1 ? GENESIS : first > durableUpTo ? head : known.find((key) => key.seq === first - 1)?.link;
  if (before !== previousHead) return refused('E6204', `fork: another history before ${first}`);
  const digests = new Map(known.map((key) => [key.seq, key.digest]));
  const changed = entries.find((entry) => entry.seq <= durableUpTo && digests.get(entry.seq) !== entry.digest);
  if (changed && last < durableUpTo) {
    return refused('E6202', `head went back: goes on at ${changed.seq}, stood at ${durableUpTo}`);
  }
  if (changed) return refused('E6201', `another body at ${changed.seq}`);
  // Read only now: of what is here already it was judged when it came, and most of what an outage leaves behind is here already.
  const fresh = entries
    .filter((entry) => entry.seq > durableUpTo)
    .map((entry) => ({ ...entry, quarantine: quarantineOf(stream, entry.body) }));
  return fresh.length === 0 ? { kind: 'duplicate' } : { kind: 'append', entries: fresh };
}

const refused = (code: Refusal['code'], detail: string): Verdict => ({ kind: 'refused', code, detail });

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** A body nobody understands is stored like any other and set aside: one bad entry never blocks a terminal. */
export function quarantineOf(stream: StreamName, body: Uint8Array): NewEntry['quarantine'] {
  const aside = (reason: string) => ({ code: 'E6301', reason });
  let value: unknown;
  try {
    value = JSON.parse(strictUtf8.decode(body));
  } catch {
    return aside('not UTF-8 JSON');
  }
  const parsed = EntryBody.safeParse(value);
  if (!parsed.success) {
    // Paths and kinds of the schema only: a message could quote what a person typed.
    return aside(
      parsed.error.issues
        .map((issue) => `${issue.path.join('.')} ${issue.code}`)
        .join('; ')
        .slice(0, 300),
    );
  }
  const home = streamOf(parsed.data.data.type);
  return home === stream ? undefined : aside(`${parsed.data.data.type} belongs to the ${home} stream`);
}

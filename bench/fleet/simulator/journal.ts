import { hash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { GENESIS, entryDigest, headStatement, nextLink } from '@kiosk/contract/journal/chain.ts';
import type { EntryBody, EntryData, StreamName } from '@kiosk/contract/journal/entry.ts';
import { signStatement } from '@kiosk/contract/journal/signing.ts';
import { intl } from '@kiosk/contract/journal/suite/suite.ts';
import type { Batch, StreamHead } from '@kiosk/contract/platform/ingest.ts';

/** When the first entry of every simulated journal was written; each next one is a second later. */
const BEGAN = Date.UTC(2026, 10, 21, 0, 0);

/**
 * The journal of one stream of one terminal, as a function of seed, terminal, stream and sequence: nothing of it is
 * kept but how far it goes and how far the platform is known to have it. The same seed writes the same bytes again, so that ten
 * thousand terminals with a month in their outbox fit in memory, and a repeat is a repeat to the bit.
 */
export class SimulatedJournal {
  readonly terminalId: string;
  readonly stream: StreamName;
  readonly #seed: string;
  readonly #signingKey: KeyObject;
  #head = 0;
  #acknowledged = 0;
  #link = GENESIS;

  constructor(seed: string, terminalId: string, stream: StreamName, signingKey: KeyObject) {
    this.#seed = seed;
    this.terminalId = terminalId;
    this.stream = stream;
    this.#signingKey = signingKey;
  }

  get headSeq(): number {
    return this.#head;
  }

  get acknowledgedSeq(): number {
    return this.#acknowledged;
  }

  get pending(): number {
    return this.#head - this.#acknowledged;
  }

  write(entries: number): void {
    this.#head += entries;
  }

  /** The link after `seq`, which must not lie before what was acknowledged. */
  linkAt(seq: number): string {
    let link = this.#link;
    for (let next = this.#acknowledged + 1; next <= seq; next++) link = this.#next(link, next).link;
    return link;
  }

  /** The next batch, signed, of at most so many entries; undefined when all is delivered. */
  batch(most: number): Batch | undefined {
    if (this.pending === 0) return undefined;
    return this.stretch(this.#acknowledged + 1, Math.min(this.#head, this.#acknowledged + most), this.#link);
  }

  /** Any stretch whose previous link is known. */
  stretch(from: number, to: number, previousHead: string): Batch {
    const entries: Batch['entries'] = [];
    let head = previousHead;
    for (let seq = from; seq <= to; seq++) {
      const { link, salt, body } = this.#next(head, seq);
      head = link;
      entries.push({ seq, saltBase64: salt.toString('base64'), bodyBase64: body.toString('base64') });
    }
    const statement = Buffer.from(headStatement(this.terminalId, this.stream, to, head));
    const signatureBase64 = signStatement(this.#signingKey, statement).toString('base64');
    return { stream: this.stream, suite: intl.name, previousHead, entries, head, signatureBase64 };
  }

  /**
   * Takes the platform's word for how far it is. False: it names a place this journal has not reached, has left behind,
   * or where it has another link. Nothing moves then.
   */
  acknowledge({ durableUpTo, head }: Pick<StreamHead, 'durableUpTo' | 'head'>): boolean {
    if (durableUpTo < this.#acknowledged || durableUpTo > this.#head) return false;
    const link = this.linkAt(durableUpTo);
    if (link !== head) return false;
    this.#acknowledged = durableUpTo;
    this.#link = link;
    return true;
  }

  #next(previous: string, seq: number): { link: string; salt: Buffer; body: Buffer } {
    const random = hash('sha256', `${this.#seed}\n${this.terminalId}\n${this.stream}\n${seq}`, 'buffer');
    const body = Buffer.from(JSON.stringify(entryOf(this.stream, seq, random)));
    const salt = random.subarray(0, 16);
    const link = nextLink(intl, previous, this.terminalId, this.stream, seq, entryDigest(intl, salt, body));
    return { link, salt, body };
  }
}

/** What a terminal's days are made of, without people: what a business stream says of prints, an audit stream of sessions. */
function entryOf(stream: StreamName, seq: number, random: Buffer): EntryBody {
  const sessionId = random.toString('hex', 16, 28);
  const data: EntryData =
    stream === 'business'
      ? { type: 'service.rated', sessionId, score: (['satisfied', 'fair', 'dissatisfied'] as const)[random[31]! % 3]! }
      : stream === 'audit'
        ? { type: 'query.answered', sessionId, item: 'Q01', period: { from: '2026-01', to: '2026-10' } }
        : { type: 'step.timed', sessionId, step: 'account', milliseconds: random[31]! };
  return { v: 1, at: BEGAN + seq * 1_000, data };
}

import { GENESIS } from '@kiosk/contract/journal/chain.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import { err, ok } from '@kiosk/contract/kernel/result.ts';
import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import type { Batch, BatchConflict, BatchReceipt, StreamHead, StreamPage } from '@kiosk/contract/platform/ingest.ts';
import type { NewEntry, Store, Terminal } from '../store/store.ts';
import { judge, openBatch, type Refusal } from './judge.ts';
import { signingKeys } from './signing-keys.ts';

export interface Intake {
  standing(terminalId: string, stream: StreamName): Promise<StreamHead>;
  /** What is kept after a sequence, byte for byte; undefined: the stream does not go that far. */
  entries(terminalId: string, stream: StreamName, after: number, limit: number): Promise<StreamPage | undefined>;
  /** Durable when it answers. A conflict is answered with where the platform stands, and recorded as an alarm. */
  receive(terminal: Terminal, batch: Batch): Promise<Result<BatchReceipt, BatchConflict>>;
}

/** `onBusiness` is told when business entries of a terminal are on the disk, to project them. */
export function createIntake(store: Store, clock: Clock, onBusiness: (terminalId: string) => void): Intake {
  const { journal } = store;

  const keyOf = signingKeys();

  async function conflict(
    terminalId: string,
    stream: StreamName,
    refusal: Refusal,
  ): Promise<Result<never, BatchConflict>> {
    const { code, detail } = refusal;
    await store.security.record({ at: clock.now(), code, terminalId, detail: `${stream}: ${detail}` });
    return err({ code, detail, standing: await standing(terminalId, stream) });
  }

  async function standing(terminalId: string, stream: StreamName): Promise<StreamHead> {
    return { stream, ...(await journal.standing(terminalId, stream)) };
  }

  return {
    standing,
    async entries(terminalId, stream, after, limit) {
      const { durableUpTo } = await journal.standing(terminalId, stream);
      if (after > durableUpTo) return undefined;
      const [key] = after === 0 ? [{ link: GENESIS }] : await journal.keys(terminalId, stream, after, after);
      const found = await journal.exact(terminalId, stream, after, limit);
      const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
      return {
        stream,
        previousHead: key!.link,
        entries: found.map(({ seq, salt, body, wrappedKey }) => ({
          seq,
          saltBase64: base64(salt),
          bodyBase64: base64(body),
          ...(wrappedKey === null ? {} : { keyForCentreBase64: base64(wrappedKey) }),
        })),
      };
    },
    async receive({ terminalId, signingKeyPem }, batch) {
      const { stream } = batch;
      const opened = openBatch(terminalId, stream, batch, keyOf(signingKeyPem));
      if ('code' in opened) return conflict(terminalId, stream, opened);
      const from = opened.entries[0]!.seq;
      const to = opened.entries.at(-1)!.seq;
      for (;;) {
        const { standing: expected, keys } = await journal.place(terminalId, stream, from - 1, to);
        const verdict = judge(opened, expected, keys);
        if (verdict.kind === 'refused') return conflict(terminalId, stream, verdict);
        if (verdict.kind === 'append') {
          const { entries } = verdict;
          const { signature } = opened;
          const done = await journal.append({ terminalId, stream, expected, entries, signature, at: clock.now() });
          // Another batch of the same stream came in between: judge against the new standing.
          if (!done) continue;
          if (stream === 'business') onBusiness(terminalId);
          const last = entries.at(-1)!;
          // Nothing of it was known before: what is in quarantine of it is what was just put there.
          if (entries.length === opened.entries.length) {
            return ok({ stream, durableUpTo: last.seq, head: last.link, quarantined: asideOf(entries) });
          }
        }
        const quarantined = await journal.quarantined(terminalId, stream, from, to);
        return ok({
          ...(await standing(terminalId, stream)),
          quarantined: quarantined.map(({ seq, code }) => ({ seq, code })),
        });
      }
    },
  };
}

function asideOf(entries: readonly NewEntry[]): BatchReceipt['quarantined'] {
  return entries.flatMap(({ seq, quarantine }) => (quarantine ? [{ seq, code: quarantine.code }] : []));
}

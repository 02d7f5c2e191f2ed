import type { KeyObject } from 'node:crypto';
import { headStatement } from '@kiosk/contract/journal/chain.ts';
import type { StreamName } from '@kiosk/contract/journal/entry.ts';
import { signStatement } from '@kiosk/contract/journal/signing.ts';
import { type Result, err, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { type Batch, BatchConflict, BatchReceipt, StreamHead } from '@kiosk/contract/platform/ingest.ts';
import type { Journal } from '../journal/journal.ts';
import type { Outbox, OutgoingBatch } from '../journal/books/outbox.ts';
import { type Failed, answerFailure } from './classify.ts';
import type { Line } from './http.ts';
import { judgeStanding } from './standing.ts';
import { type BatchLimit, BatchWindow } from './window.ts';

const DEADLINE_MS = 30_000;

export type Sent =
  /**
   * Acknowledged up to here, durably noted. `moved` is false when the platform stands where it stood; `entries` is how many
   * were sent for it, 0 when only the standing was asked for.
   */
  | { readonly kind: 'acknowledged'; readonly moved: boolean; readonly entries: number }
  | { readonly kind: 'nothing' }
  /** The stream is stopped, durably noted; a person has to look. */
  | { readonly kind: 'alarm'; readonly code: string; readonly detail: string };

/** Carries one stream's entries to the platform. Never more than one batch of a stream is on its way. */
export interface Sender {
  /** Asks where the platform stands and takes that for the acknowledged position, if both histories agree. */
  align(stream: StreamName): Promise<Result<Sent, Failed>>;
  sendNext(stream: StreamName, most?: BatchLimit): Promise<Result<Sent, Failed>>;
}

export function sender(journal: Journal, line: Line, terminalId: string, signingKey: KeyObject): Sender {
  /** Takes over what the platform says it has, or stops the stream. */
  function settle(head: StreamHead, quarantined: BatchReceipt['quarantined'], entries: number): Result<Sent, Failed> {
    const { stream } = head;
    return journal.withOutbox((outbox): Sent => {
      const own = outbox.standing(stream);
      const judgement = judgeStanding(head, { ...own, headAt: (seq) => outbox.headAt(stream, seq) });
      if (judgement.kind === 'alarm') return alarm(outbox, stream, judgement.code, judgement.detail);
      outbox.acknowledge(stream, judgement.upTo, quarantined);
      return { kind: 'acknowledged', moved: judgement.upTo !== own.acknowledgedSeq, entries };
    });
  }

  function alarm(outbox: Outbox, stream: StreamName, code: string, detail: string): Sent {
    outbox.stop(stream, code);
    return { kind: 'alarm', code, detail };
  }

  function signed(stream: StreamName, batch: OutgoingBatch): Batch {
    const statement = Buffer.from(headStatement(terminalId, stream, batch.lastSeq, batch.head));
    return {
      stream,
      suite: journal.store.suite.name,
      previousHead: batch.previousHead,
      entries: [...batch.entries],
      head: batch.head,
      signatureBase64: signStatement(signingKey, statement).toString('base64'),
    };
  }

  /** The platform refuses the batch and says where it stands. A gap is no alarm: sending goes on from there. */
  function conflict(stream: StreamName, json: unknown): Result<Sent, Failed> {
    const parsed = BatchConflict.safeParse(json);
    if (!parsed.success || parsed.data.standing.stream !== stream) return fail('E3104', 'shape of a 409');
    const { code, detail, standing } = parsed.data;
    if (code === 'E6203') return settle(standing, [], 0);
    return journal.withOutbox((outbox) => alarm(outbox, stream, code, detail ?? 'refused by the platform'));
  }

  return {
    async align(stream) {
      const answer = await line.exchange({
        method: 'GET',
        path: `/v1/streams/${stream}/head`,
        deadlineMs: DEADLINE_MS,
      });
      if (!answer.ok) return answer;
      if (answer.value.status !== 200) return err(answerFailure(answer.value));
      const head = StreamHead.safeParse(answer.value.json);
      return head.success && head.data.stream === stream ? settle(head.data, [], 0) : fail('E3104', 'shape of a head');
    },
    async sendNext(stream, most = new BatchWindow().limit) {
      const next = journal.withOutbox((outbox) => outbox.nextBatch(stream, most));
      if (!next.ok) return next;
      const batch = next.value;
      if (!batch) return ok({ kind: 'nothing' });
      const answer = await line.exchange({
        method: 'POST',
        path: `/v1/streams/${stream}/batches`,
        body: signed(stream, batch),
        compress: true,
        deadlineMs: DEADLINE_MS,
      });
      if (!answer.ok) return answer;
      if (answer.value.status === 413) return err({ code: 'E3107', tooLargeWith: batch.entries.length });
      if (answer.value.status === 409) return conflict(stream, answer.value.json);
      if (answer.value.status !== 200) return err(answerFailure(answer.value));
      const receipt = BatchReceipt.safeParse(answer.value.json);
      if (!receipt.success || receipt.data.stream !== stream) return fail('E3104', 'shape of a receipt');
      const { quarantined, ...head } = receipt.data;
      const foreign = quarantined.find(({ seq }) => seq < batch.firstSeq || seq > batch.lastSeq);
      return foreign
        ? fail('E3104', `quarantines ${foreign.seq}, which was not sent`)
        : settle(head, quarantined, batch.entries.length);
    },
  };
}

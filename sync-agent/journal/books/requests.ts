import type { EntryData, RequestForm, RequestLevel, Sealed } from '@kiosk/contract/journal/entry.ts';
import { makeRequestNumber } from '@kiosk/domain/request-number.ts';
import type { EntryWriter } from '../chain/entries.ts';
import { heads } from '../chain/heads.ts';
import { offlineUse } from './offline-use.ts';
import { requestIndex } from './request-index.ts';
import type { WrappedKeys } from '../chain/seal.ts';
import type { Store } from '../file/store.ts';

export interface NewRequest {
  readonly sessionId: string;
  readonly operationId: string;
  readonly level: RequestLevel;
  readonly offline: boolean;
  readonly form: RequestForm;
  readonly person?: { readonly sealed: Sealed; readonly keys: WrappedKeys } | undefined;
  /** What it moves, in fen, where it moves money. */
  readonly amountFen?: number | undefined;
  /** Whom it counts for under the limit of a day (keyed hash, calendar date). */
  readonly countFor?: { readonly day: string; readonly person: string } | undefined;
}

export interface TakenRequest {
  readonly requestNumber: string;
  readonly offline: boolean;
}

export interface Requests {
  find(operationId: string): TakenRequest | undefined;
  /** Requests the platform has not acknowledged yet. */
  waiting(): number;
  /** Inside `store.write`: number, entry and outbox become durable together or not at all. */
  take(request: NewRequest): TakenRequest;
}

export function requests(store: Store, writer: EntryWriter, terminalId: string): Requests {
  const index = requestIndex(store);
  const acknowledged = store.db
    .prepare<[], number>(`SELECT acknowledged_seq FROM stream WHERE name = 'business'`)
    .pluck();
  const { last, at } = heads(store);
  const use = offlineUse(store);
  return {
    find(operationId) {
      const known = index.find(operationId);
      return known && { requestNumber: known.requestNumber, offline: known.offline };
    },
    waiting: () => last('business').requests - at('business', acknowledged.get()!)!.requests,
    take({ person, amountFen, countFor, ...request }) {
      const requestNumber = makeRequestNumber({ terminal: terminalId, counter: writer.nextRequest() });
      const data: EntryData = {
        type: 'request.submitted',
        ...request,
        requestNumber,
        ...(person ? { person: person.sealed } : {}),
      };
      const { seq } = writer.append(data, person?.keys);
      index.add({ operationId: request.operationId, requestNumber, offline: request.offline, seq });
      if (amountFen !== undefined) use.noteAmount(seq, amountFen);
      if (countFor) use.notePerson(countFor.day, countFor.person);
      return { requestNumber, offline: request.offline };
    },
  };
}

import { EntryBody, RequestPerson } from '@kiosk/contract/journal/entry.ts';
import { openJson as openSealed } from '@kiosk/contract/journal/sealing.ts';
import { parseRequestNumber } from '@kiosk/domain/request-number.ts';
import type { Effect, StoredEntry } from '../store/store.ts';
import { sealJson, type Vault } from '../vault.ts';

export const requestContext = (requestNumber: string): string => `request ${requestNumber}`;

/**
 * What a stored business entry means for the platform's own tables. Received is not decided: nothing here decides anything.
 * `dataKey` opens its sealed part; null when there is none or the centre's key does not open it.
 */
export function effectOf(entry: StoredEntry, receivedAt: number, dataKey: Uint8Array | null, vault: Vault): Effect {
  const body = EntryBody.safeParse(JSON.parse(Buffer.from(entry.body).toString('utf8')));
  if (!body.success) return aside('accepted by another release, not understood by this one');
  const { at, data } = body.data;
  const { terminalId, seq } = entry;
  switch (data.type) {
    case 'request.submitted': {
      const number = parseRequestNumber(data.requestNumber);
      if (!number.ok) return aside(`request number: ${number.error}`);
      if (number.value.terminal !== terminalId) return aside('request number was made for another terminal');
      const person = data.person === undefined ? null : unseal(dataKey, data.person);
      if (person === undefined) return aside('personal part cannot be opened with the centre key');
      return {
        kind: 'request',
        request: {
          requestNumber: number.value.number,
          terminalId,
          seq,
          operationId: data.operationId,
          item: data.form.item,
          topicId: 'topicId' in data.form ? data.form.topicId : '',
          level: data.level,
          offline: data.offline,
          submittedAt: at,
          receivedAt,
          content: sealJson(vault, requestContext(number.value.number), { form: data.form, person }),
        },
      };
    }
    case 'service.rated':
      return {
        kind: 'rating',
        terminalId,
        seq,
        sessionId: data.sessionId,
        score: data.score,
        reason: data.reason ?? null,
        at,
      };
    case 'operation.intended': {
      const documentNumber = data.documentNumber ?? null;
      const { operationId } = data;
      return {
        kind: 'printIntended',
        operation: { terminalId, operationId, documentNumber, outcome: null, code: null, printed: null },
      };
    }
    case 'operation.settled': {
      const { operationId, outcome, code, printed } = data;
      return {
        kind: 'printSettled',
        operation: {
          terminalId,
          operationId,
          documentNumber: null,
          outcome,
          code: code ?? null,
          printed: printed ?? null,
        },
      };
    }
    default:
      return { kind: 'none' };
  }
}

function unseal(dataKey: Uint8Array | null, sealed: Parameters<typeof openSealed>[1]): RequestPerson | undefined {
  if (dataKey === null) return undefined;
  try {
    const parsed = RequestPerson.safeParse(openSealed(dataKey, sealed));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // Altered, or another entry's key: a decision for a person.
    return undefined;
  }
}

const aside = (reason: string): Effect => ({ kind: 'quarantine', code: 'E6301', reason });

import { RequestForm, RequestPerson } from '@kiosk/contract/journal/entry.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { z } from 'zod';
import { requestContext } from '../ingest/effect.ts';
import type { CaseRow, RequestStore } from '../store/request-store.ts';
import type { ReceivedRequest } from '../store/store.ts';
import { openJson, sealJson, type Vault } from '../vault.ts';
import { needsIdentity } from './levels.ts';
import { Case, CaseEvent, newCase, next } from './life.ts';

const Asked = z.object({ form: RequestForm, person: RequestPerson.nullable() });
/** How long a process may be silent with a case before another one goes on with it. */
export const LEASE_MS = 60_000;

/** A case, opened. */
export interface OpenCase {
  readonly row: CaseRow;
  readonly now: Case;
  readonly form: RequestForm;
  readonly person: RequestPerson | null;
}

export interface TakenStep {
  readonly at: number;
  readonly by: string;
  readonly event: CaseEvent;
}

/** Cases as they are kept: every change is an event that the reducer of life.ts took, written with the case in one transaction. */
export interface CaseBook {
  /** false: it is there. */
  arrive(request: ReceivedRequest, channelId: string): Promise<boolean>;
  open(requestNumber: string): Promise<OpenCase | undefined>;
  read(row: CaseRow): OpenCase;
  /** Errors: E2704 … E2707; E2708 it has changed since it was read. */
  step(open: OpenCase, event: CaseEvent, by: string, wakeAt?: number | null): Promise<Result<OpenCase>>;
  steps(requestNumber: string): Promise<readonly TakenStep[]>;
  /** Called when a case of this process has changed. Returns how to stop listening. */
  watch(requestNumber: string, changed: () => void): () => void;
}

/** The keyed hash by which the console and the channels find a person's requests. */
export const personKey = (vault: Vault, idNumber: string): string => vault.hash('find id', idNumber);

const caseContext = (number: string) => `case ${number}`;
const stepContext = (number: string) => `case step ${number}`;

export function createCaseBook(parts: {
  readonly store: RequestStore;
  readonly clock: Clock;
  readonly vault: Vault;
}): CaseBook {
  const { store, clock, vault } = parts;
  const watchers = new Map<string, Set<() => void>>();

  function tell(requestNumber: string): void {
    for (const changed of watchers.get(requestNumber) ?? []) changed();
  }

  function read(row: CaseRow): OpenCase {
    const { requestNumber } = row;
    const { form, person } = Asked.parse(openJson(vault, requestContext(requestNumber), row.asked));
    return { row, form, person, now: Case.parse(openJson(vault, caseContext(requestNumber), row.content)) };
  }

  return {
    async arrive({ requestNumber, operationId, terminalId, item, offline, receivedAt, content }, channelId) {
      const { person } = Asked.parse(openJson(vault, requestContext(requestNumber), content));
      const added = await store.arrive({
        ...{ requestNumber, operationId, terminalId, channelId, item, offline, receivedAt },
        idHash: person?.idNumber === undefined ? null : personKey(vault, person.idNumber),
        state: 'arrived',
        dueOn: null,
        wakeAt: receivedAt,
        asked: content,
        content: sealJson(vault, caseContext(requestNumber), newCase(needsIdentity(item))),
      });
      if (added) tell(requestNumber);
      return added;
    },
    async open(requestNumber) {
      const row = await store.get(requestNumber);
      return row && read(row);
    },
    read,
    async step(open, event, by, wakeAt = null) {
      const { row } = open;
      const then = next(open.now, event);
      if (!then.ok) return then;
      const now = then.value;
      const at = clock.now();
      const to = {
        state: now.state,
        depositorId: now.depositorId ?? row.depositorId,
        dueOn: now.dueOn,
        decidedAt: row.decidedAt ?? (now.decision || now.state === 'withdrawn' ? at : null),
        wakeAt,
        content: sealJson(vault, caseContext(row.requestNumber), now),
      };
      const sealed = sealJson(vault, stepContext(row.requestNumber), event);
      if (!(await store.move(row, to, { at, by, act: event.type, event: sealed }))) return fail('E2708');
      tell(row.requestNumber);
      return ok({ ...open, now, row: { ...row, ...to, version: row.version + 1 } });
    },
    async steps(requestNumber) {
      const kept = await store.steps(requestNumber);
      return kept.map(({ at, by, event }) => ({
        at,
        by,
        event: CaseEvent.parse(openJson(vault, stepContext(requestNumber), event)),
      }));
    },
    watch(requestNumber, changed) {
      const listening = watchers.get(requestNumber) ?? new Set();
      watchers.set(requestNumber, listening.add(changed));
      return () => {
        listening.delete(changed);
        if (listening.size === 0 && watchers.get(requestNumber) === listening) watchers.delete(requestNumber);
      };
    },
  };
}

import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import type { CaseLine, RequestOutcome } from '@kiosk/contract/platform/requests.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import type { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import type { Appointment, MyCase } from '../channels/contract.ts';
import type { CaseProvider } from '../channels/providers.ts';
import type { Depositor } from '../core/core-system.ts';
import { createSteps } from '../management/steps.ts';
import type { CaseRow } from '../store/request-store.ts';
import { type CaseBook, type OpenCase, personKey } from './case-book.ts';
import type { Desk } from './desk.ts';
import { isOver } from './life.ts';
import { IDENTITY_WORDS, STATE_WORDS, WHY_WORDS } from './words.ts';
import type { DeskParts } from './work.ts';

const MOST = 200;
/** A page of progress looks at this many things elsewhere at most. */
const FOLLOWED = 5;

/** Where cases stand, for whoever left them. */
export interface ProgressView {
  /** Newest first. `masked`: known by one factor; what was booked, and what was answered, is left out. */
  ofPerson(idNumber: string, masked: boolean): Promise<CaseLine[]>;
  /** `mine`: its person asks. undefined: it has not arrived. */
  outcome(open: OpenCase, mine: boolean): Promise<RequestOutcome>;
  readonly provider: CaseProvider;
}

export function createProgress(parts: {
  readonly clock: Clock;
  readonly store: DeskParts['store'];
  readonly vault: DeskParts['vault'];
  readonly book: CaseBook;
  readonly desk: Pick<Desk, 'follow'>;
  readonly catalogue: () => Promise<Catalogue>;
  readonly casePage?: ((requestNumber: string) => string) | undefined;
}): ProgressView {
  const { clock, store, vault, book, desk, catalogue, casePage } = parts;
  const steps = createSteps(store.work, vault);

  /** A work order is answered where work orders are; the case only stands for it. */
  async function answerOf(
    row: CaseRow,
  ): Promise<{ words: Words | null; at: number; over: boolean; dueAt: number } | null> {
    if (row.item !== 'S01') return null;
    const order = await store.work.workOrder(row.requestNumber);
    if (!order) return null;
    const said = (await steps.of('workOrder', order.number)).findLast(({ act }) => act === 'answered');
    const over = order.state !== 'open';
    const words = said ? { zh: said.text, en: said.text } : null;
    return { words, at: order.answeredAt ?? order.closedAt ?? 0, over, dueAt: order.dueAt };
  }

  /** As they stand now: some follow what happens elsewhere. */
  async function rowsOf(idNumber: string): Promise<readonly CaseRow[]> {
    const key = personKey(vault, idNumber);
    const rows = await store.requests.ofPerson(key, MOST);
    const following = rows.filter(
      ({ item, state }) => (item === 'P03' && state === 'withPerson') || (item === 'B07' && state === 'registered'),
    );
    if (following.length === 0) return rows;
    for (const row of following.slice(0, FOLLOWED)) await desk.follow(row);
    return store.requests.ofPerson(key, MOST);
  }

  async function lineOf(row: CaseRow, names: ReadonlyMap<string, Words>, masked: boolean): Promise<CaseLine> {
    const { now } = book.read(row);
    const answer = await answerOf(row);
    const state = answer?.over
      ? 'granted'
      : now.state === 'withPerson' || now.state === 'registered'
        ? 'inProgress'
        : now.state === 'arrived'
          ? 'received'
          : now.state;
    const dueOn = answer && !answer.over ? shanghaiDate(answer.dueAt) : row.dueOn;
    const open = !isOver(now) && !answer?.over;
    const why = now.decision?.words ?? (now.why[0] && open ? WHY_WORDS[now.why[0]] : (answer?.words ?? null));
    return {
      ...{ number: row.requestNumber, item: row.item, channel: row.channelId, state },
      name: names.get(row.item) ?? { zh: row.item, en: row.item },
      step: answer?.over ? STATE_WORDS.granted : STATE_WORDS[now.state],
      ...{ receivedAt: row.receivedAt, dueOn, late: open && dueOn !== null && shanghaiDate(clock.now()) > dueOn },
      missing: now.missing,
      decidedAt: row.decidedAt ?? (answer?.over ? answer.at : null),
      // What staff wrote may name the person; what rules say names nobody.
      why: masked && (answer || now.decision?.by === 'person') ? null : why,
      ...(!masked && { results: now.results }),
    };
  }

  async function ofPerson(idNumber: string, masked: boolean): Promise<CaseLine[]> {
    const names = new Map((await catalogue()).items.map(({ id, name }) => [id, name]));
    return Promise.all((await rowsOf(idNumber)).map((row) => lineOf(row, names, masked)));
  }

  return {
    ofPerson,
    async outcome({ row, now }, mine) {
      const { requestNumber, item } = row;
      const of = { requestNumber, item, caseNumber: requestNumber };
      const known = mine ? { trace: now.trace, results: now.results } : {};
      const dueOn = now.dueOn ?? row.dueOn ?? shanghaiDate(clock.now());
      switch (now.state) {
        case 'arrived':
          return { state: 'received', requestNumber, arrived: true };
        case 'identityMissing':
          return { state: 'identityMissing', ...of, dueOn, words: IDENTITY_WORDS };
        case 'needs':
          return {
            ...{ state: 'needs', ...of, dueOn, missing: now.missing },
            ...(casePage && { supplyPage: casePage(requestNumber) }),
          };
        case 'withPerson':
        case 'registered': {
          const order = item === 'S01' ? await store.work.workOrder(requestNumber) : undefined;
          const why = now.why.map((reason) => ({ reason, words: WHY_WORDS[reason] }));
          return { state: 'case', ...of, dueOn: order ? shanghaiDate(order.dueAt) : dueOn, why, ...known };
        }
        case 'withdrawn':
        case 'granted':
        case 'refused': {
          const verdict = now.state === 'granted' ? 'granted' : 'refused';
          const { by, words } = now.decision ?? { by: 'person', words: STATE_WORDS[now.state] };
          const said = mine || by === 'rules' ? words : STATE_WORDS[now.state];
          return { state: 'decided', requestNumber, item, verdict, by, at: row.decidedAt ?? 0, words: said, ...known };
        }
      }
    },
    provider: {
      async ofPerson({ idNumber }: Depositor) {
        return (await ofPerson(idNumber, false)).map((line): MyCase => {
          const { number, item, name, channel, receivedAt, dueOn, missing, why } = line;
          const dueAt = dueOn === null ? null : Date.parse(`${dueOn}T23:59:59+08:00`);
          const words = missing.map((one) => one.words);
          return {
            number,
            item,
            name,
            channel,
            state: WEB_STATE[line.state],
            receivedAt,
            dueAt,
            missing: words,
            words: why,
          };
        });
      },
      async appointments({ idNumber }: Depositor) {
        const { branches, topics } = await catalogue();
        const named = (list: readonly { id: string; name: Words }[], id: string) =>
          list.find((one) => one.id === id)?.name ?? { zh: id, en: id };
        return (await store.requests.ofPerson(personKey(vault, idNumber), MOST)).flatMap((row): Appointment[] => {
          const { form, now } = book.read(row);
          if (form.item !== 'B08') return [];
          const { branchId, topicId, date, half } = form;
          const past = date < shanghaiDate(clock.now());
          const state =
            now.state === 'granted' ? (past ? 'over' : 'confirmed') : now.state === 'refused' ? 'refused' : 'requested';
          return [
            {
              number: row.requestNumber,
              branch: named(branches, branchId),
              service: named(topics, topicId),
              date,
              half,
              state,
            },
          ];
        });
      },
    },
  };
}

const WEB_STATE = {
  received: 'received',
  identityMissing: 'waitingForYou',
  needs: 'waitingForYou',
  inProgress: 'inProgress',
  granted: 'done',
  refused: 'refused',
  withdrawn: 'done',
} as const satisfies Record<CaseLine['state'], MyCase['state']>;

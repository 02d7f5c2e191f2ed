import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { ChannelRegistry } from '../channels/registry.ts';
import type { ConfigurationOffice } from '../downlink/office.ts';
import type { OpenCase, TakenStep } from '../requests/case-book.ts';
import { movesMoney } from '../requests/levels.ts';
import type { CaseEvent } from '../requests/life.ts';
import type { CaseOffice } from '../requests/staff.ts';
import { materialWords, STATE_WORDS, WHY_WORDS } from '../requests/words.ts';
import type { CaseRow } from '../store/request-store.ts';
import type { Store } from '../store/store.ts';
import type { RequestDetail, RequestLine } from './contract/requests.ts';
import { deadlineOf } from './deadlines.ts';
import type { Handlers } from './handlers.ts';

export interface RequestDeskParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly cases: CaseOffice;
  readonly registry: ChannelRegistry;
  readonly configuration: Pick<ConfigurationOffice, 'catalogue'>;
}

/** End of a day in China, UTC ms. */
export const endOfDay = (date: string): number => Date.parse(`${date}T23:59:59+08:00`);

/** Requests of depositors that wait for somebody: read, asked about, decided. */
export function requestDeskHandlers(
  parts: RequestDeskParts,
): Handlers<'requests' | 'request' | 'decideRequest' | 'askForMaterials' | 'findOutRequest' | 'identifyRequest'> {
  const { clock, store, cases, registry, configuration } = parts;

  async function reader(): Promise<(row: CaseRow) => RequestLine> {
    const { items } = await configuration.catalogue();
    const items_ = new Map(items.map(({ id, name }) => [id, name]));
    const channels = new Map((await registry.list()).map(({ code, name }) => [code, name]));
    return (row) => {
      const { requestNumber, item, channelId, terminalId, state, receivedAt, decidedAt, dueOn } = row;
      return {
        ...{ requestNumber, item, channelId, terminalId, state, receivedAt, decidedAt },
        name: items_.get(item) ?? { zh: item, en: item },
        channel: channels.get(channelId) ?? { zh: channelId, en: channelId },
        stateWords: STATE_WORDS[state],
        deadline: dueOn === null ? null : deadlineOf(receivedAt, endOfDay(dueOn), decidedAt, clock.now()),
        money: movesMoney(item),
      };
    };
  }

  async function shown({ row, now, form }: OpenCase, steps: readonly TakenStep[]): Promise<RequestDetail> {
    const waiting = (await store.changes.list(500, undefined, 'proposed')).find(
      ({ content }) => content.kind === 'request.decide' && content.requestNumber === row.requestNumber,
    );
    const amount = (form as { readonly amountFen?: unknown }).amountFen;
    return {
      ...(await reader())(row),
      amountFen: typeof amount === 'number' ? amount : null,
      why: now.why.map((reason) => WHY_WORDS[reason]),
      ...{ trace: [...now.trace], missing: [...now.missing], decision: now.decision },
      supplied: now.supplied.map(materialWords),
      acts: now.acts.map(({ kind, reference, amountFen, outcome, code }) => ({
        ...{ kind, reference, amountFen, outcome, code },
      })),
      steps: steps.map(({ at, by, event }) => ({ at, by, act: `request.${event.type}`, text: textOf(event) })),
      waitingChange: waiting?.id ?? null,
    };
  }

  async function detail(requestNumber: string): Promise<Result<RequestDetail>> {
    const found = await cases.find(requestNumber);
    return found ? ok(await shown(found.open, found.steps)) : fail('E2508');
  }

  const after = async (done: Result<OpenCase>, requestNumber: string) => (done.ok ? detail(requestNumber) : done);

  return {
    async requests({ limit, before, state }) {
      const rows = await cases.list(state === undefined ? {} : { state }, limit, before);
      const last = rows.at(-1);
      return ok({
        rows: rows.map(await reader()),
        next: rows.length < limit || !last ? null : `${last.receivedAt}.${last.requestNumber}`,
      });
    },
    request: ({ requestNumber }) => detail(requestNumber),
    async decideRequest({ requestNumber, verdict, words }, { member }) {
      const found = await cases.find(requestNumber);
      if (!found) return fail('E2508');
      if (verdict === 'granted' && movesMoney(found.open.row.item)) return fail('E2506', 'it moves money');
      return after(await cases.decide({ requestNumber, verdict, words, by: member.login }), requestNumber);
    },
    askForMaterials: async ({ requestNumber, materials, days }, { member }) =>
      after(await cases.askFor({ requestNumber, materials, days, by: member.login }), requestNumber),
    findOutRequest: async ({ requestNumber }, { member }) =>
      after(await cases.findOut({ requestNumber, by: member.login }), requestNumber),
    async identifyRequest({ requestNumber, reason }, { member }) {
      const done = await cases.identify({ requestNumber, by: member.login });
      if (!done.ok) return done;
      await store.audit.append({
        ...{ at: clock.now(), actor: member.login, action: 'case.counterIdentity', subject: requestNumber },
        detail: { reason: reason.replace(/\d{5,}[\dXx]*/g, '#') },
      });
      return detail(requestNumber);
    },
  };
}

/** What a step says beside its name: words of the centre, never a person's. */
function textOf(event: CaseEvent): string {
  switch (event.type) {
    case 'decided':
    case 'approved':
      return event.words.zh;
    case 'toPerson':
      return event.why.map((reason) => WHY_WORDS[reason].zh).join('；');
    case 'needs':
      return event.missing.map(({ words }) => words.zh).join('；');
    case 'supplied':
      return event.materials.map((material) => materialWords(material).zh).join('；');
    case 'settled':
      return `${event.outcome}${event.code === null ? '' : ` ${event.code}`}`;
    default:
      return '';
  }
}

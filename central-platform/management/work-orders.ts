import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import type { z } from 'zod';
import type { ConfigurationOffice } from '../downlink/office.ts';
import type { WorkOrderRow } from '../store/desk-store.ts';
import type { Store } from '../store/store.ts';
import type { WorkOrder, WorkOrderDetail } from './contract/work-orders.ts';
import { calledFor } from './called.ts';
import { type DeadlineDays, deadlineOf, dueAt } from './deadlines.ts';
import type { Handlers } from './handlers.ts';
import type { Steps } from './steps.ts';

type Detail = z.infer<typeof WorkOrderDetail>;

export interface WorkOrderParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly steps: Steps;
  readonly configuration: ConfigurationOffice;
  readonly days: DeadlineDays;
}

const RATED = { zh: '差评回访', en: 'Follow-up of a bad review' };

/** Questions, suggestions, complaints and bad reviews, from the moment they arrive to the answer. */
export function workOrderHandlers(
  parts: WorkOrderParts,
): Handlers<
  | 'workOrders'
  | 'workOrder'
  | 'assignWorkOrder'
  | 'classifyWorkOrder'
  | 'commentWorkOrder'
  | 'answerWorkOrder'
  | 'closeWorkOrder'
> {
  const { clock, store, steps, configuration, days } = parts;
  const { work, audit, staff } = store;

  async function topics(): Promise<ReadonlyMap<string, { zh: string; en: string }>> {
    const { topics: all, items } = Catalogue.parse(await configuration.catalogue());
    return new Map([...items, ...all].map(({ id, name }) => [id, name]));
  }

  async function detail(number: string): Promise<Result<Detail>> {
    const row = await work.workOrder(number);
    if (!row) return fail('E2508');
    const done = await steps.of('workOrder', number);
    const answer = done.findLast(({ act }) => act === 'answered')?.text ?? null;
    return ok({ ...lineOf(row, await topics(), clock.now()), answer, steps: done });
  }

  async function act(number: string, by: string, what: string, text: string): Promise<void> {
    const at = clock.now();
    await steps.add('workOrder', number, { at, by, act: what, text });
    await audit.append({ at, actor: by, action: `workOrder.${what}`, subject: number, detail: {} });
  }

  /** Changes it from the state it has; somebody who was faster wins. */
  async function move(
    number: string,
    allowed: readonly WorkOrderRow['state'][],
    to: (row: WorkOrderRow) => Parameters<typeof work.changeWorkOrder>[2],
    step: { by: string; what: string; text: string },
  ): Promise<Result<Detail>> {
    const row = await work.workOrder(number);
    if (!row) return fail('E2508');
    if (!allowed.includes(row.state)) return fail('E2507', row.state);
    if (!(await work.changeWorkOrder(number, row.state, to(row)))) return fail('E2507');
    await act(number, step.by, step.what, step.text);
    return detail(number);
  }

  return {
    async workOrders({ limit, before, state, kind, overdue, assignee }) {
      const dueBefore = overdue === 'yes' ? clock.now() : undefined;
      const rows = await work.workOrders({ state, kind, assignee, dueBefore }, limit, before);
      const names = await topics();
      const last = rows.at(-1);
      return ok({
        rows: rows.map((row) => lineOf(row, names, clock.now())),
        next: rows.length < limit || !last ? null : `${last.receivedAt}.${last.number}`,
      });
    },
    workOrder: ({ number }) => detail(number),
    async assignWorkOrder({ number, assignee }, { member }) {
      if (assignee !== null && (await staff.get(assignee))?.state !== 'active') return fail('E2508', assignee);
      const step = { by: member.login, what: 'assigned', text: assignee ?? '' };
      return move(number, ['open', 'answered'], () => ({ assignee }), step);
    },
    classifyWorkOrder: ({ number, kind }, { member }) =>
      move(number, ['open'], ({ receivedAt }) => ({ kind, dueAt: dueAt(receivedAt, days[kind]) }), {
        ...{ by: member.login, what: 'classified', text: kind },
      }),
    async commentWorkOrder({ number, text }, { member }) {
      if (!(await work.workOrder(number))) return fail('E2508');
      await act(number, member.login, 'commented', text);
      return detail(number);
    },
    answerWorkOrder: ({ number, text }, { member }) =>
      move(number, ['open'], () => ({ state: 'answered', answeredAt: clock.now() }), {
        ...{ by: member.login, what: 'answered', text },
      }),
    closeWorkOrder: ({ number, outcome, text }, { member }) =>
      move(number, ['open', 'answered'], () => ({ state: 'closed', closedAt: clock.now(), outcome }), {
        ...{ by: member.login, what: 'closed', text: `${outcome}: ${text}` },
      }),
  };
}

function lineOf(row: WorkOrderRow, topics: ReadonlyMap<string, { zh: string; en: string }>, now: number): WorkOrder {
  const called = calledFor(row.topicId, (item) => topics.get(item));
  const named = called ?? topics.get(row.topicId) ?? { zh: row.topicId, en: row.topicId };
  const topic = row.kind === 'followUp' ? RATED : named;
  return {
    ...{ number: row.number, kind: row.kind, state: row.state, topicId: row.topicId, topic, channelId: row.channelId },
    ...{ terminalId: row.terminalId, receivedAt: row.receivedAt, assignee: row.assignee, hasText: row.hasText },
    ...{ ratingReason: row.ratingReason, name: row.nameMasked, phone: row.phoneMasked },
    deadline: deadlineOf(row.receivedAt, row.dueAt, row.answeredAt ?? row.closedAt, now),
  };
}

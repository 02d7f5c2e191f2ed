import { z } from 'zod';
import { Deadline, Instant, Login, Step, Text, Words } from './common.ts';
import { get, page, Paged, post } from './route.ts';

export const WorkOrderKind = z.enum(['consult', 'suggest', 'complain', 'followUp', 'help']);
export const WorkOrderState = z.enum(['open', 'answered', 'closed']);

export const WorkOrder = z.object({
  /** The request number, or R-… for a follow-up of a bad review. */
  number: z.string(),
  kind: WorkOrderKind,
  state: WorkOrderState,
  topicId: z.string(),
  topic: Words,
  channelId: z.string(),
  terminalId: z.string().nullable(),
  receivedAt: Instant,
  deadline: Deadline,
  assignee: Login.nullable(),
  /** Why a review was bad. */
  ratingReason: z.string().nullable(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  /** There are words to read; reading them is a reveal of `text`. */
  hasText: z.boolean(),
});
export type WorkOrder = z.infer<typeof WorkOrder>;

export const WorkOrderDetail = WorkOrder.extend({ answer: z.string().nullable(), steps: z.array(Step) });

const One = { number: z.string().max(60) };

export const workOrderRoutes = {
  workOrders: get(
    '/work-orders',
    z.object({
      ...Paged,
      state: WorkOrderState.optional(),
      kind: WorkOrderKind.optional(),
      overdue: z.enum(['yes', 'no']).optional(),
      assignee: Login.optional(),
    }),
    page(WorkOrder),
  ),
  workOrder: get('/work-orders/:number', z.object(One), WorkOrderDetail),
  assignWorkOrder: post(
    '/work-orders/:number/assignee',
    z.object({ ...One, assignee: Login.nullable() }),
    WorkOrderDetail,
  ),
  /** Consult, suggest or complain: a depositor chose a topic, a person reads what it is. The deadline follows the kind. */
  classifyWorkOrder: post(
    '/work-orders/:number/kind',
    z.object({ ...One, kind: WorkOrderKind.exclude(['followUp', 'help']) }),
    WorkOrderDetail,
  ),
  commentWorkOrder: post('/work-orders/:number/comments', z.object({ ...One, text: Text(500) }), WorkOrderDetail),
  answerWorkOrder: post('/work-orders/:number/answer', z.object({ ...One, text: Text(2_000) }), WorkOrderDetail),
  closeWorkOrder: post(
    '/work-orders/:number/close',
    z.object({ ...One, outcome: z.enum(['solved', 'explained', 'rejected', 'unreachable']), text: Text(500) }),
    WorkOrderDetail,
  ),
  /** Everything with a clock, whatever its kind, the most urgent first. */
  deadlines: get(
    '/deadlines',
    z.object({ state: z.enum(['open', 'overdue', 'all']).default('open') }),
    z.object({
      rows: z.array(
        z.object({
          kind: z.enum([
            'request',
            'workOrder',
            'case',
            'change',
            'emergency',
            'appointment',
            'anomaly',
            'cancelRequest',
          ]),
          id: z.string(),
          what: Words,
          openedAt: Instant,
          deadline: Deadline,
          assignee: z.string().nullable(),
        }),
      ),
    }),
  ),
};

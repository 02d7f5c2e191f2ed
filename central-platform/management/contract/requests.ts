import { RuleLine } from '@kiosk/contract/platform/requests.ts';
import { z } from 'zod';
import { Code, DateText, Deadline, Fen, Instant, ItemId, Reason, Step, Text, Words, WordsOf } from './common.ts';
import { get, page, Paged, post } from './route.ts';

export const RequestState = z.enum([
  'arrived',
  'identityMissing',
  'needs',
  'withPerson',
  'registered',
  'granted',
  'refused',
  'withdrawn',
]);
export type RequestState = z.infer<typeof RequestState>;

/** A request of a depositor as a case: who it is about stands in the search alone, masked. */
export const RequestLine = z.object({
  requestNumber: z.string(),
  item: ItemId,
  name: Words,
  channelId: z.string(),
  channel: Words,
  terminalId: z.string().nullable(),
  state: RequestState,
  stateWords: Words,
  receivedAt: Instant,
  decidedAt: Instant.nullable(),
  /** Of one that waits for somebody: until the end of that day. */
  deadline: Deadline.nullable(),
  /** Granting it moves money: two people. */
  money: z.boolean(),
});
export type RequestLine = z.infer<typeof RequestLine>;

export const RequestDetail = RequestLine.extend({
  amountFen: Fen.nullable(),
  why: z.array(Words),
  /** What the rules found, in their order. */
  trace: z.array(RuleLine),
  missing: z.array(z.object({ material: z.string(), words: Words, until: DateText })),
  supplied: z.array(Words),
  /** What other systems were asked to do for it. */
  acts: z.array(
    z.object({
      kind: z.string(),
      reference: z.string(),
      amountFen: Fen.nullable(),
      outcome: z.string().nullable(),
      code: Code.nullable(),
    }),
  ),
  decision: z
    .object({ verdict: z.enum(['granted', 'refused']), by: z.enum(['rules', 'person']), words: Words })
    .nullable(),
  steps: z.array(Step),
  /** The change that is to decide it, when one waits. */
  waitingChange: z.number().int().nullable(),
});
export type RequestDetail = z.infer<typeof RequestDetail>;

const One = { requestNumber: z.string().max(40) };

/** Errors of all acts: E2508 no such case, E2704 … E2708 not in this state. */
export const requestRoutes = {
  requests: get('/requests', z.object({ ...Paged, state: RequestState.optional() }), page(RequestLine)),
  request: get('/requests/:requestNumber', z.object(One), RequestDetail),
  /** What moves no money, and every refusal; E2506: it moves money and is decided by two (`request.decide`). */
  decideRequest: post(
    '/requests/:requestNumber/decision',
    z.object({ ...One, verdict: z.enum(['granted', 'refused']), words: WordsOf(120) }),
    RequestDetail,
  ),
  askForMaterials: post(
    '/requests/:requestNumber/materials',
    z.object({ ...One, materials: z.array(Text(40)).min(1).max(8), days: z.number().int().min(1).max(60) }),
    RequestDetail,
  ),
  /** Asks the core and the bank what became of what nobody knew. */
  findOutRequest: post('/requests/:requestNumber/outcome', z.object(One), RequestDetail),
  /** The person stood at the counter with the ID card. */
  identifyRequest: post('/requests/:requestNumber/identity', z.object({ ...One, reason: Reason }), RequestDetail),
};

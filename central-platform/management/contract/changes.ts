import { Branch, ServiceItem } from '@kiosk/contract/platform/catalogue.ts';
import { Caps, Channel, Notice, Parameters } from '@kiosk/contract/platform/parameters.ts';
import { z } from 'zod';
import { DepartmentId, DepartmentSettings } from '../../channels/outward/grants.ts';
import { ChannelCode, ChannelFields, ChannelSettings } from '../../channels/settings.ts';
import { DateText, Hours, Instant, ItemId, Login, Reason, Step, TerminalId, Words, WordsOf } from './common.ts';
import { get, page, Paged, post } from './route.ts';

/** When and how much of an item a channel gives (gates 7 to 10). Empty lists and null set no limit. */
export const ServiceRule = z.object({
  itemId: ItemId,
  /** Channel codes the item is offered on. */
  channels: z.array(z.string().max(4)).max(20),
  hours: z.array(Hours).max(4),
  /** Days of the month, both inside; `to` before `from` wraps over the month's end. */
  monthWindow: z.object({ from: z.number().int().min(1).max(31), to: z.number().int().min(1).max(31) }).nullable(),
  closedOnHolidays: z.boolean(),
  /** One person may have it done so often in a day; null: as often as wished. */
  perPersonDay: z.number().int().min(0).max(1000).nullable(),
  /** Over all people in a day; beyond it the diversion text is shown. */
  perDay: z.number().int().min(0).max(10_000_000).nullable(),
  /** One act that moves money, and all of one person in a day. Fen. */
  mostAmountFen: z.number().int().min(0).nullable(),
  mostDayAmountFen: z.number().int().min(0).nullable(),
  /** What a depositor reads where this channel cannot serve: the other way to get there. */
  diversion: WordsOf(80).nullable(),
});
export type ServiceRule = z.infer<typeof ServiceRule>;

export const Holiday = z.object({ date: DateText, name: WordsOf(30) });

export const SlotTemplate = z.object({
  branchId: z.string().max(40),
  topicId: z.string().max(40),
  /** People a half day; 0: none is offered. */
  morning: z.number().int().min(0).max(500),
  afternoon: z.number().int().min(0).max(500),
  maxDaysAhead: z.number().int().min(1).max(90),
  sameDay: z.boolean(),
});
export type SlotTemplate = z.infer<typeof SlotTemplate>;

/** The terminals' own fields that a change may set; the rest stays as it is. */
const ParameterFields = z.strictObject({
  heartbeatSeconds: Parameters.shape.heartbeatSeconds.optional(),
  caps: Caps.optional(),
  retentionDays: Parameters.shape.retentionDays.optional(),
});

const all = { terminalId: TerminalId.optional() };

/** Everything that two people decide. What `terminalId` does not name holds for the whole centre. */
export const ChangeContent = z.discriminatedUnion('kind', [
  /** Start or stop a channel; `50` is the terminals. */
  z.object({ kind: z.literal('channel.state'), channelId: z.string().max(4), state: Channel, ...all }),
  /** Every channel at once. */
  z.object({ kind: z.literal('channel.all'), state: Channel }),
  z.object({ kind: z.literal('channel.settings'), channelId: ChannelCode, fields: ChannelFields.partial() }),
  z.object({ kind: z.literal('channel.add'), settings: ChannelSettings }),
  z.object({ kind: z.literal('channel.remove'), channelId: ChannelCode }),
  /** A new key and, if wished, a token beside it; the ones before end. Shown once, to who approves. */
  z.object({ kind: z.literal('channel.key'), channelId: ChannelCode, withToken: z.boolean() }),
  /** Its calls are refused from here on. */
  z.object({ kind: z.literal('channel.revokeKey'), channelId: ChannelCode }),
  /** What another authority may have, field by field. */
  z.object({ kind: z.literal('department.put'), settings: DepartmentSettings }),
  z.object({ kind: z.literal('department.key'), departmentId: DepartmentId }),
  z.object({ kind: z.literal('department.revokeKey'), departmentId: DepartmentId }),
  z.object({ kind: z.literal('item.state'), itemId: ItemId, words: WordsOf(40).nullable(), ...all }),
  z.object({ kind: z.literal('item.rule'), rule: ServiceRule }),
  z.object({ kind: z.literal('holidays'), holidays: z.array(Holiday).max(200) }),
  /** Adds an item or changes how it is published. */
  z.object({ kind: z.literal('item.publish'), item: ServiceItem }),
  z.object({ kind: z.literal('item.remove'), itemId: ItemId }),
  z.object({ kind: z.literal('branches.publish'), branches: z.array(Branch).min(1).max(200) }),
  z.object({ kind: z.literal('notice.show'), notice: Notice, ...all }),
  z.object({ kind: z.literal('notice.end'), noticeId: z.string().max(40), ...all }),
  /** Field by field; with `waves` it reaches these terminals one group after the other, then everybody. */
  z.object({
    kind: z.literal('parameters'),
    fields: ParameterFields,
    waves: z.array(z.array(TerminalId).min(1).max(500)).max(10).optional(),
    ...all,
  }),
  z.object({ kind: z.literal('knowledge.publish'), articleId: z.string(), version: z.number().int() }),
  z.object({ kind: z.literal('knowledge.withdraw'), articleId: z.string() }),
  z.object({ kind: z.literal('slots'), template: SlotTemplate }),
  z.object({ kind: z.literal('terminal.revoke'), terminalId: TerminalId }),
  z.object({ kind: z.literal('terminal.admit'), terminalId: TerminalId }),
  z.object({ kind: z.literal('document.cancel'), documentNumber: z.string().max(40) }),
  z.object({
    kind: z.literal('case.close'),
    caseId: z.string().max(60),
    resolution: z.enum(['explained', 'corrected', 'accepted']),
  }),
  /** A case whose grant moves money, or one that the bank refused and that is paid once more. `words`: what the depositor reads. */
  z.object({
    kind: z.literal('request.decide'),
    requestNumber: z.string().max(40),
    act: z.enum(['grant', 'payAgain']),
    words: WordsOf(120),
  }),
  /** The person is named by a request of theirs; the register keeps a keyed hash and the masked name. */
  z.object({
    kind: z.literal('register.add'),
    requestNumber: z.string().max(40),
    what: z.enum(['commitmentBroken', 'badFaith']),
    until: DateText,
  }),
  z.object({ kind: z.literal('register.lift'), entryId: z.number().int() }),
]);
export type ChangeContent = z.infer<typeof ChangeContent>;
export type ChangeKind = ChangeContent['kind'];

/**
 * proposed: waits for another person. applied: approved and in force. failed: approved, but the office that carries it out
 * refused (`code`). unconfirmed: an emergency stop that is in force and waits for the second person until `confirmBy`.
 */
export const ChangeState = z.enum(['proposed', 'applied', 'rejected', 'withdrawn', 'failed', 'unconfirmed']);

export const Change = z.object({
  changeId: z.number().int(),
  content: ChangeContent,
  state: ChangeState,
  emergency: z.boolean(),
  confirmBy: Instant.nullable(),
  /** The second person did not come in time. */
  confirmOverdue: z.boolean(),
  proposedBy: Login,
  proposedByName: z.string(),
  proposedAt: Instant,
  reason: z.string(),
  decidedBy: Login.nullable(),
  decidedAt: Instant.nullable(),
  decision: z.string().nullable(),
  /** Why applying it failed. */
  code: z.string().nullable(),
  /** Version of the signed release it became, where it goes down to terminals. */
  version: z.number().int().nullable(),
  /** Of a change in waves: how many were sent, of how many; halted by whom. */
  waves: z.object({ sent: z.number().int(), of: z.number().int(), halted: z.boolean() }).nullable(),
  /** Whether the person who asks may decide it: never their own. */
  mayDecide: z.boolean(),
});
export type Change = z.infer<typeof Change>;

/** A key that a change made: shown once, to who approved it, and kept nowhere. */
export const NewSecret = z.object({ key: z.string(), token: z.string().nullable() });
export type NewSecret = z.infer<typeof NewSecret>;
export const DecidedChange = Change.extend({ secret: NewSecret.optional() });
export type DecidedChange = z.infer<typeof DecidedChange>;

export const ChangeDetail = Change.extend({
  /** What stands in force in the same place, to be laid beside `content`. */
  before: z.unknown(),
  steps: z.array(Step),
});
export type ChangeDetail = z.infer<typeof ChangeDetail>;

const ChangeId = { changeId: QueryId() };
function QueryId() {
  return z.coerce.number<number>().int().positive();
}

export const changeRoutes = {
  changes: get('/changes', z.object({ ...Paged, state: ChangeState.optional() }), page(Change)),
  change: get('/changes/:changeId', z.object(ChangeId), ChangeDetail),
  /** Errors: E9005 wrong content, E2508 what it names does not exist. */
  proposeChange: post('/changes', z.object({ content: ChangeContent, reason: Reason }), Change),
  /** Errors: E2506 the same person, E2507 decided already, E2514 approved but refused by the office. */
  decideChange: post(
    '/changes/:changeId/decision',
    z.object({ ...ChangeId, approve: z.boolean(), comment: z.string().trim().max(300) }),
    DecidedChange,
  ),
  withdrawChange: post('/changes/:changeId/withdrawal', z.object({ ...ChangeId, comment: Reason }), Change),
  /** The next group of a change in waves; `halt` stops it where it is, and the same call goes on later. */
  stepWave: post(
    '/changes/:changeId/waves',
    z.object({ ...ChangeId, act: z.enum(['next', 'halt', 'back']), comment: Reason }),
    Change,
  ),
  /** One person stops every channel at once and says why; another confirms or takes it back within 30 minutes. */
  emergencyStop: post('/emergency', z.object({ words: WordsOf(80), instead: WordsOf(80), reason: Reason }), Change),
};

export const ChannelLine = z.object({
  channelId: z.string(),
  name: Words,
  state: Channel,
  /** Whether this platform serves it, or only lists it. */
  served: z.boolean(),
  settings: ChannelFields,
  hasKey: z.boolean(),
  /** Sessions or calls today. */
  today: z.number().int(),
  lastSeenAt: Instant.nullable(),
});

export const ItemLine = ServiceItem.extend({
  /** Set when the parameters stop it beside what the catalogue says. */
  stopped: Words.nullable(),
  rule: ServiceRule.nullable(),
});

export const channelRoutes = {
  /** What is in force now, and what waits. */
  channels: get(
    '/channels',
    z.object({}),
    z.object({
      channels: z.array(ChannelLine),
      items: z.array(ItemLine),
      holidays: z.array(Holiday),
      notices: z.array(Notice),
      parameters: Parameters,
      /** Terminals that differ from the centre. */
      exceptions: z.array(z.object({ terminalId: TerminalId, parameters: Parameters })),
      waiting: z.array(Change),
    }),
  ),
};

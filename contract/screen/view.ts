import { z } from 'zod';
import { Block, Press } from './blocks.ts';
import { genericScreens } from './generic.ts';
import { ScreenLanguage } from './languages.ts';
import { Mode } from './mode.ts';
import { BatchlessQueue, LinkState } from './parts.ts';
import { ItemGroup } from '../platform/catalogue.ts';
import { Branch, Period, ServiceItem, Transaction } from '../platform/api.ts';
import { Code, DateText, Fen, Instant, MonthText, Words } from '../services/common.ts';
import { DeviceStatus, SelfTest, StatusChange } from '../services/device-host.ts';

/** Changes of a device's state that fit on the service screen; all of them are told on the command line. */
export const HISTORY_SHOWN = 8;

/** Around every screen. */
export const Frame = z.object({
  /** Of the screen; a depositor chooses among those that were reviewed. */
  language: ScreenLanguage,
  /** What this person chose of the screen. */
  mode: Mode,
  link: z.enum(['online', 'offline']),
  centreName: Words,
  hallName: Words,
  terminalId: z.string(),
  enquiryPhone: z.string(),
  /** First character and *; null while nobody is identified. */
  person: z.string().nullable(),
  /** Set when the session is about to end for want of a touch. */
  idle: z.object({ secondsLeft: z.number().int() }).nullable(),
  /** Above whatever is shown: the centre's emergency notice, or that the session ends because the channel is stopped. */
  notice: z.object({ kind: z.enum(['emergency', 'pausing']), words: Words }).nullable(),
});
export type Frame = z.infer<typeof Frame>;

const MenuItem = ServiceItem.pick({
  id: true,
  name: true,
  hint: true,
  group: true,
  order: true,
  suits: true,
  plainName: true,
}).extend({
  available: z.boolean(),
  /** Why not, when not. */
  reason: Words.optional(),
});
export type MenuItem = z.infer<typeof MenuItem>;

export const PrintStep = z.object({
  id: z.enum(['collect', 'seal', 'print', 'slip']),
  state: z.enum(['done', 'now', 'next', 'failed']),
});

/** A slip that accompanies a result. `none`: not asked for or printer not there. */
const SlipState = z.enum(['printing', 'printed', 'failed', 'unknown', 'none']);

const DetailsPart = z.enum(['all', 'deposits', 'interest', 'withdrawals', 'years']);

/** The record of what was read, printed and kept, for whoever leaves. `offered`: `press` record prints it. Absent: no printer for it. */
const RecordSlip = z.enum(['offered', 'printing', 'printed', 'failed', 'unknown']);

/** One screen at a time; the renderer draws it and knows nothing else. Money in fen, personal values masked. */
export const Screen = z.discriminatedUnion('screen', [
  ...genericScreens,
  z.object({
    screen: z.literal('attract'),
    /** What cannot be done here at the moment, in depositors' words by code (E4102 …). */
    notices: z.array(Code),
    /** What the centre has to say to everybody. */
    announcements: z.array(Words),
    /** Items that need no card. */
    withoutCard: z.array(MenuItem),
    /** One may also begin with a bank card or a phone. */
    otherWay: z.boolean().optional(),
  }),
  z.object({ screen: z.literal('outOfService'), code: Code }),
  /** The centre stopped the channel: why, and where to go instead. */
  z.object({ screen: z.literal('paused'), words: Words, instead: Words }),
  z.object({ screen: z.literal('readingCard'), step: z.enum(['found', 'reading', 'checking']) }),
  z.object({
    screen: z.literal('enterCode'),
    phoneMasked: z.string(),
    /** Changes with every code sent, so that the renderer empties its boxes. */
    challenge: z.number().int(),
    resendInSeconds: z.number().int(),
    attemptsLeft: z.number().int().nullable(),
    /** E1201 wrong, E1202 expired; null: nothing wrong so far. */
    error: Code.nullable(),
    checking: z.boolean(),
    /** `press` otherWay leads to the other ways and to help. */
    otherWay: z.boolean().optional(),
  }),
  z.object({
    screen: z.literal('menu'),
    /** In the order in which they are wanted. */
    items: z.array(MenuItem),
    /** Of the catalogue: the parts in which many items are shown. */
    groups: z.array(ItemGroup).optional(),
  }),
  z.object({
    screen: z.literal('account'),
    balanceFen: Fen,
    asOf: Instant,
    statusText: Words,
    contributionBaseFen: Fen,
    unitRatioBp: z.number().int(),
    personRatioBp: z.number().int(),
    unitMonthlyFen: Fen,
    personMonthlyFen: Fen,
    paidToMonth: MonthText,
    openedOn: DateText,
    unitName: z.string(),
    /** Last four, or whole for the seconds of `revealSecondsLeft`. */
    accountNumber: z.string(),
    revealSecondsLeft: z.number().int().nullable(),
    recentBalances: z.array(z.object({ month: MonthText, balanceFen: Fen })),
  }),
  z.object({
    screen: z.literal('period'),
    presets: z.array(z.object({ id: z.enum(['last12', 'thisYear', 'lastYear', 'all']), period: Period })),
    /** What the chosen period is for: looking or printing. */
    purpose: z.enum(['details', 'print']),
    earliest: MonthText,
    latest: MonthText,
  }),
  z.object({
    screen: z.literal('details'),
    period: Period,
    rows: z.array(Transaction),
    /** As people count: the first page is 1. */
    page: z.number().int(),
    pages: z.number().int(),
    totalRows: z.number().int(),
    openingFen: Fen,
    totalInFen: Fen,
    totalOutFen: Fen,
    closingFen: Fen,
    /** Parts of them that can be looked at alone: `choose` one. Absent: there is only one kind. */
    parts: z.array(DetailsPart).optional(),
    part: DetailsPart.optional(),
    /** What the entries of a part come to, when it is not all of them. */
    partFen: Fen.optional(),
    /** Year by year, in place of the rows. */
    years: z
      .array(z.object({ year: z.string(), inFen: Fen, interestFen: Fen, outFen: Fen, closingFen: Fen }))
      .optional(),
  }),
  /** Something is being fetched or sent; usually takes `usualSeconds`. */
  z.object({
    screen: z.literal('working'),
    task: z.enum(['sendCode', 'account', 'details', 'submit', 'endSession', 'item']),
    /** What is being done, where the task does not say. */
    words: Words.optional(),
    usualSeconds: z.number().int(),
  }),
  z.object({
    screen: z.literal('printing'),
    steps: z.array(PrintStep),
    /** What is printed, and of which months if it is of some. */
    title: Words,
    period: Period.nullable(),
    documentNumber: z.string().nullable(),
    page: z.number().int(),
    pages: z.number().int().nullable(),
    /** The printer waits for a person (E4102 …). */
    stoppedBy: Code.nullable(),
    usualSeconds: z.number().int(),
  }),
  z.object({
    screen: z.literal('printed'),
    title: Words,
    documentNumber: z.string(),
    verificationCode: z.string(),
    pages: z.number().int(),
    slip: SlipState,
  }),
  z.object({
    screen: z.literal('requestSlot'),
    branches: z.array(Branch),
    branchId: z.string(),
    days: z.array(
      z.object({
        date: DateText,
        /** Whether it can be chosen. */
        morning: z.boolean(),
        afternoon: z.boolean(),
        /** Appointments still to be had; null or absent: nobody here knows. */
        left: z.object({ morning: z.number().int().nullable(), afternoon: z.number().int().nullable() }).optional(),
        /** Halves in which the branch is shut; what cannot be chosen besides is full. */
        closed: z.array(z.enum(['morning', 'afternoon'])).optional(),
      }),
    ),
  }),
  /** A request has its number: how far it is, and what it was. */
  z.object({
    screen: z.literal('accepted'),
    requestNumber: z.string(),
    item: z.string().max(3),
    /** good: granted. wait: nothing is decided, or a person decides. fault: refused. */
    tone: z.enum(['good', 'wait', 'fault']),
    title: Words,
    lead: Words,
    offline: z.boolean(),
    blocks: z.array(Block).max(4),
    slip: SlipState,
    presses: z.array(Press).max(2),
  }),
  z.object({
    screen: z.literal('failure'),
    code: Code,
    /** Where it stopped, for the sentence about what is safe. */
    step: z.enum(['readCard', 'identify', 'query', 'issue', 'print', 'submit', 'session']),
    printed: z.number().int().nullable(),
    pages: z.number().int().nullable(),
    /** A number to quote: the document or request number. */
    number: z.string().nullable(),
    canRetry: z.boolean(),
    /** What was begun can go on elsewhere: `press` leave. */
    canLeave: z.boolean(),
    /** Items that still work, e.g. leaving a request. */
    instead: z.array(MenuItem),
    /** Another way to identify oneself works here: `press` otherWay. */
    otherWay: z.boolean().optional(),
  }),
  z.object({ screen: z.literal('rate'), askReason: z.boolean(), record: RecordSlip.optional() }),
  z.object({
    screen: z.literal('goodbye'),
    reason: z.enum(['finished', 'ended', 'idle', 'cap', 'failed', 'lost', 'stopped']),
    /** Where to go on, when the centre stopped the channel. */
    instead: Words.nullable(),
    record: RecordSlip.optional(),
  }),
  z.object({
    screen: z.literal('technicianSignIn'),
    error: Code.nullable(),
    lockedSeconds: z.number().int().nullable(),
    checking: z.boolean(),
  }),
  z.object({
    screen: z.literal('technician'),
    name: z.string(),
    expiresInSeconds: z.number().int(),
    devices: z.array(DeviceStatus),
    selfTests: z.array(SelfTest),
    /** Ids of devices whose self-test is running. */
    testing: z.array(z.string()),
    link: LinkState,
    /** The device whose history is open: its last changes, newest first; empty while it is asked for. */
    history: z
      .object({
        deviceId: z.string(),
        entries: z.array(StatusChange).max(HISTORY_SHOWN),
        asking: z.boolean(),
        /** Why there is nothing to show. */
        error: Code.nullable(),
      })
      .nullable(),
    linkTest: z
      .array(
        z.object({ name: z.string(), passed: z.boolean(), milliseconds: z.number(), detail: z.string().optional() }),
      )
      .nullable(),
    queue: BatchlessQueue,
    unsettled: z.number().int(),
    /** Days whose books differ from the centre's, and those it has not compared yet. */
    reconciliation: z.object({ waiting: z.number().int(), cases: z.number().int() }).optional(),
    versions: z.array(z.object({ program: z.string(), version: z.string() })),
    /** Codes that need a person, most urgent first. */
    toDo: z.array(Code),
  }),
]);
export type Screen = z.infer<typeof Screen>;
export type ScreenName = Screen['screen'];
export type ScreenOf<N extends ScreenName> = Extract<Screen, { screen: N }>;

export const View = z.object({ frame: Frame, content: Screen });
export type View = z.infer<typeof View>;

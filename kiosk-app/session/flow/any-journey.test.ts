import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '@kiosk/contract/errors/catalogue.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { Action } from '@kiosk/contract/screen/action.ts';
import type { ScreenOf } from '@kiosk/contract/screen/view.ts';
import fc from 'fast-check';
import { PAPER_NUMBER, answerOf } from '../testing/answers.ts';
import * as F from '../testing/fixtures.ts';
import { identityAnswers } from '../testing/identity-answers.ts';
import { Play } from '../testing/play.ts';
import type { Answers, Ask, Question } from './messages.ts';
import type { StageName } from './state.ts';
import { viewOf } from './view.ts';

/**
 * Any person, any device, any platform, in any order. `Play` itself checks that every view keeps the contract, that no
 * print precedes its kept intent, and that time never wakes a session for nothing.
 */
const TYPED_PHONE = F.PERSON.phone;
const TYPED_CARD = F.CARD_NUMBER;
const SIGNATURE: [number, number][][] = [Array.from({ length: 12 }, (_, i) => [i * 60, 300 + (i % 3) * 90])];
const CODES = Object.keys(catalogue);

const actions = fc.oneof(
  fc.constantFrom<Action>(
    { type: 'touched' },
    { type: 'moreTime' },
    { type: 'back' },
    { type: 'home' },
    { type: 'end' },
    { type: 'resendCode' },
    { type: 'reveal' },
    { type: 'print' },
    { type: 'cancelPrint' },
    { type: 'retry' },
    { type: 'finish' },
    { type: 'openService' },
    { type: 'testLink' },
    { type: 'submitCode', code: '246810' },
    { type: 'choosePeriod', period: F.PERIOD },
    { type: 'choosePeriod', period: { from: '2026-11', to: '2026-01' } },
    { type: 'turnPage', by: 1 },
    { type: 'turnPage', by: -1 },
    { type: 'choose', id: 'complaint' },
    { type: 'choose', id: 'withdrawal' },
    { type: 'chooseBranch', branchId: 'beimen' },
    { type: 'chooseSlot', date: '2026-11-24', half: 'morning' },
    { type: 'press', id: 'submit' },
    { type: 'sign', strokes: SIGNATURE },
    { type: 'rate', score: 'satisfied' },
    { type: 'rate', score: 'dissatisfied' },
    { type: 'rateReason', reason: null },
    { type: 'signIn', name: 'lin', secret: 'a long secret' },
    { type: 'selfTest', deviceId: 'all' },
    { type: 'showHistory', deviceId: 'id-reader' },
    { type: 'chooseMode', mode: { text: 'large', pace: 'elderly' } },
    { type: 'chooseLanguage', language: 'en' },
  ),
  fc
    .constantFrom(
      'Q01',
      'Q02',
      'P01',
      'Q03',
      'Q04',
      'Q07',
      'P02',
      'P03',
      'P05',
      'P07',
      'P08',
      'Q06',
      'B01',
      'B02',
      'B03',
      'B04',
      'B05',
      'B06',
      'B07',
      'B09',
      'S03',
      'S04',
      'S01',
      'B08',
      'X99',
    )
    .map((item): Action => ({ type: 'open', item })),
);

/** What a person who wants something would do here; without it chance alone seldom gets as far as the paper. */
const SENSIBLE: Partial<Record<StageName, readonly Action[]>> = {
  attract: [{ type: 'open', item: 'S01' }, { type: 'openService' }],
  enterCode: [{ type: 'submitCode', code: '246810' }],
  menu: [
    'Q01',
    'Q02',
    'P01',
    'P01',
    'P01',
    'Q03',
    'Q04',
    'Q07',
    'P02',
    'P03',
    'P07',
    'P08',
    'Q06',
    'B01',
    'B02',
    'B03',
    'B04',
    'B05',
    'B06',
    'B07',
    'B09',
    'S03',
    'S04',
    'S01',
    'B08',
  ].map((item): Action => ({ type: 'open', item })),
  account: [{ type: 'reveal' }, { type: 'print' }],
  period: [{ type: 'choosePeriod', period: F.PERIOD }],
  details: [{ type: 'turnPage', by: 1 }, { type: 'print' }],
  printing: [{ type: 'touched' }, { type: 'touched' }, { type: 'cancelPrint' }],
  printed: [{ type: 'home' }, { type: 'finish' }],
  accepted: [{ type: 'press', id: 'phone' }, { type: 'home' }, { type: 'finish' }],
  failure: [{ type: 'retry' }, { type: 'home' }, { type: 'press', id: 'leave' }],
  rate: [
    { type: 'rate', score: 'dissatisfied' },
    { type: 'rateReason', reason: 'device' },
  ],
  technicianSignIn: [{ type: 'signIn', name: 'lin', secret: 'a long secret' }],
  technician: [
    { type: 'selfTest', deviceId: 'all' },
    { type: 'showHistory', deviceId: 'id-reader' },
    { type: 'testLink' },
  ],
};

/** On the screens of service items: whatever is offered there, or something fitting typed. */
function offered(play: Play): readonly Action[] {
  const screen = viewOf(play.state)?.content;
  const presses = screen && 'presses' in screen ? screen.presses : [];
  const pressed = presses.map(({ id }): Action => ({ type: 'press', id }));
  switch (screen?.screen) {
    case 'choices':
      return [...pressed, ...screen.options.map(({ id }): Action => ({ type: 'choose', id })), { type: 'back' }];
    case 'sheet': {
      const ticks = screen.blocks.flatMap((block) => (block.block === 'ticks' ? block.ticks : []));
      const toggled = ticks.map(({ id }): Action => ({ type: 'toggle', id }));
      return [...pressed, ...pressed, ...toggled, { type: 'turnPage', by: 1 }, { type: 'back' }];
    }
    case 'entry':
      return [
        { type: 'enter', value: typedInto(screen.ask) },
        { type: 'enter', value: typedInto(screen.ask) },
        ...pressed,
      ];
    case 'sign':
      return [
        { type: 'sign', strokes: SIGNATURE },
        { type: 'sign', strokes: [] },
      ];
    case 'requestSlot':
      return [
        { type: 'chooseSlot', date: '2026-11-24', half: 'morning' },
        { type: 'chooseBranch', branchId: 'beimen' },
      ];
    default:
      return [...pressed, { type: 'back' }];
  }
}

function typedInto(ask: ScreenOf<'entry'>['ask']): string {
  switch (ask.kind) {
    case 'phone':
      return TYPED_PHONE;
    case 'idNumber':
      return F.PERSON.idNumber;
    case 'cardNumber':
      return TYPED_CARD;
    case 'money':
      return String(Math.max(ask.minFen, Math.min(ask.maxFen, 2_000_000)));
    case 'date':
    case 'month':
      return ask.start;
    case 'count':
      return String(ask.start);
    case 'percent':
      return String(ask.minMilli);
    case 'code':
      return PAPER_NUMBER.slice(0, ask.max);
    case 'digits':
      return '246810'.slice(0, ask.max);
    case 'text':
      return '请说明为什么';
  }
}

type Move =
  | { readonly kind: 'sensible'; readonly pick: number }
  | { readonly kind: 'act'; readonly action: Action }
  | { readonly kind: 'answer'; readonly pick: number; readonly variant: number; readonly code: string | null }
  | { readonly kind: 'progress'; readonly printed: number; readonly stopped: boolean }
  | { readonly kind: 'programs'; readonly agent: number; readonly host: number }
  | { readonly kind: 'pass'; readonly ms: number };

const moves: fc.Arbitrary<Move> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('sensible' as const), pick: fc.nat(40) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('act' as const), action: actions }) },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      pick: fc.nat(5),
      variant: fc.nat(5),
      code: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(...CODES) }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('progress' as const), printed: fc.nat(4), stopped: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('programs' as const), agent: fc.nat(6), host: fc.nat(5) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.oneof(fc.nat(5_000), fc.nat(100_000)) }),
  },
);

const scripts = fc.array(moves, { minLength: 10, maxLength: 80, size: 'max' });

const AGENTS = [F.agentSnapshot(), F.agentSnapshot(), F.agentSnapshot(), F.OFFLINE, F.STOPPED, undefined];
const HOSTS = [
  F.hostSnapshot(),
  F.hostSnapshot(),
  F.hostSnapshot({ 'document-printer': { state: 'fault', code: 'E4102' } }),
  F.hostSnapshot({ 'slip-printer': { state: 'offline' }, 'id-reader': { state: 'offline', code: 'E1101' } }),
  undefined,
];

const either = <T>(variant: number, values: readonly [T, ...T[]]): T => values[variant % values.length]!;

/** Good answers a service may give, some of them unwelcome. */
function goodAnswer(ask: Ask, variant: number): Answers[Question] {
  const operationId = ('operationId' in ask ? ask.operationId : null) ?? 'none';
  const print = either<Answers['printDocument']>(variant, [
    { outcome: 'done', printed: 3 },
    { outcome: 'failed', code: 'E4102', printed: 1 },
    { outcome: 'unknown', printed: 0 },
  ]);
  const answers: Answers = {
    ...identityAnswers(variant, ask.do === 'prove' ? ['idCard', ask.factor] : ['idCard']),
    readCard: either(variant, [F.CARD, F.CARD, F.CARD_WITH_WRONG_CHECK_DIGIT, { ...F.CARD, validTo: '2020-01-01' }]),
    printDocument: print,
    printSlip: print,
    findOperation: { operationId, state: either(variant, ['done', 'never', 'failed', 'started', 'unknown']) },
    scanCode: {
      text: either(variant, ['nonsense', `https://example.invalid/verify?n=${PAPER_NUMBER}&c=K7QM2F9X0TBA41ZC`]),
    },
    readPayoutCard: { number: TYPED_CARD },
    selfTest: { deviceId: 'id-reader', passed: variant % 2 === 0, milliseconds: 1, steps: [] },
    intend: { stream: 'business', seq: 1 },
    pseudonym: { person: 'hash' },
    sendCode: F.CODE_SENT,
    checkCode: either<Answers['checkCode']>(variant, [
      { accepted: true, identityToken: F.TOKEN, expiresAt: F.NOW },
      { accepted: true, identityToken: F.TOKEN, expiresAt: F.NOW },
      { accepted: false, attemptsLeft: 1 },
      { accepted: false, attemptsLeft: 0 },
    ]),
    account: F.OVERVIEW,
    askPlatform: ask.do === 'askPlatform' ? answerOf(ask.ask.route, variant) : {},
    details: F.detailsOf(variant * 7),
    issueDocument: F.issuedFacts(),
    submitRequest: { requestNumber: F.REQUEST_NUMBER, offline: variant % 2 === 1 },
    deviceHistory: { changes: [{ at: F.NOW, state: 'offline', code: 'E1101' }] },
    signIn: { technicianToken: 'technician-token', name: 'lin', expiresAt: F.NOW + 600_000 },
    recordSelfTest: {},
    testLink: { steps: [] },
  };
  return answers[ask.do];
}

function make(play: Play, move: Move): void {
  switch (move.kind) {
    case 'sensible': {
      const { at } = play.state.stage;
      const wishes = at === 'item' || at === 'confirm' || at === 'identify' ? offered(play) : SENSIBLE[at];
      return void (wishes?.length && play.act(wishes[move.pick % wishes.length]!));
    }
    case 'act':
      return void play.act(move.action);
    case 'answer': {
      const ask = play.open[move.pick % Math.max(1, play.open.length)];
      if (!ask) return;
      const result = move.code
        ? { ok: false, error: { code: move.code } }
        : { ok: true, value: goodAnswer(ask, move.variant) };
      return void play.settle(ask.do, result as Result<Answers[Question]> as never);
    }
    case 'progress': {
      const operationId = Object.keys(play.state.operations)[0] ?? 'none';
      const stoppedBy = move.stopped ? 'E4102' : undefined;
      return void play.send({ type: 'printProgress', operationId, printed: move.printed, stoppedBy });
    }
    case 'programs':
      play.send({ type: 'agent', snapshot: AGENTS[move.agent] });
      return void play.send({ type: 'host', snapshot: HOSTS[move.host] });
    case 'pass':
      return void play.pass(move.ms);
  }
}

/** Where a session may still be once the centre has stopped the channel: before, after, or finishing something. */
const ON_STOPPED: readonly StageName[] = [
  'reserve',
  'attract',
  'technicianSignIn',
  'technician',
  'issuing',
  'printing',
  'submitting',
  'printed',
  'accepted',
  'failure',
  'rate',
  'goodbye',
  'over',
];

function checkStopped({ state }: Play): void {
  if (state.agent?.configuration.channel.state !== 'stopped') return;
  assert.ok(ON_STOPPED.includes(state.stage.at), `${state.stage.at} goes on although the channel is stopped`);
  assert.equal(state.stage.at === 'attract' && state.reading !== null, false, 'a stopped channel waits for a card');
}

function checkView(play: Play): void {
  const text = JSON.stringify(viewOf(play.state));
  const { stage } = play.state;
  assert.ok(!text.includes(F.PERSON.idNumber), `the ID number is whole on the screen of ${stage.at}`);
  assert.ok(!text.includes(TYPED_CARD), `the number of the card is whole on the screen of ${stage.at}`);
  assert.ok(!text.includes(TYPED_PHONE), `the phone number is whole on the screen of ${stage.at}`);
  assert.ok(!text.includes(F.PERSON.name), `the name is whole on the screen of ${stage.at}`);
  const revealed = stage.at === 'account' && stage.revealUntil !== null;
  assert.ok(revealed || !text.includes(F.ACCOUNT.accountNumber), `the account is whole on the screen of ${stage.at}`);
  for (const command of play.commands) {
    if (command.do !== 'record' && command.do !== 'intend' && command.do !== 'printSlip') continue;
    const told = JSON.stringify(command);
    assert.ok(!told.includes(F.PERSON.idNumber) && !told.includes(TYPED_PHONE), `${command.do} tells who it was`);
  }
}

/** Whoever presses "end" gets out, once the devices have settled. */
function leave(play: Play): void {
  play.act({ type: 'end' });
  for (let i = 0; i < 10 && play.open.some((ask) => ask.do !== 'readCard'); i++) {
    const ask = play.open.find(({ do: name }) => name !== 'readCard')!;
    play.settle(ask.do, { ok: true, value: goodAnswer(ask, 0) } as never);
  }
  play.pass(70_000);
  const { at } = play.state.stage;
  // Nobody had begun: the first screen is where one is let go to.
  const out = at === 'over' || (at === 'attract' && !play.state.opened);
  assert.ok(out, `no way out: stuck in ${at}`);
}

const RUNS = 800;

test('whatever happens, in whatever order: a view that keeps the contract, no secret on it, and a way out', () => {
  fc.assert(
    fc.property(scripts, (script) => {
      const play = Play.ready();
      for (const move of script) {
        make(play, move);
        checkView(play);
        checkStopped(play);
      }
      leave(play);
    }),
    { numRuns: RUNS },
  );
});

test('whatever happens to an identified person: the session is opened and closed once, each settled intent once', () => {
  fc.assert(
    fc.property(scripts, (script) => {
      const play = Play.identified();
      for (const move of script) {
        make(play, move);
        checkView(play);
        checkStopped(play);
      }
      leave(play);
      assert.equal(play.entries('session.opened').length, 1);
      assert.equal(play.entries('session.closed').length, 1);
      assert.equal(play.told('ended').length, 1);
      const settled = play.entries('operation.settled').map(({ operationId }) => operationId);
      assert.equal(new Set(settled).size, settled.length, 'an operation was settled twice');
      const left = JSON.stringify(play.state);
      assert.ok(!left.includes(F.PERSON.idNumber) && !left.includes(F.TOKEN), 'the person is still in the state');
    }),
    { numRuns: RUNS },
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '@kiosk/contract/errors/catalogue.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { Action } from '@kiosk/contract/screen/action.ts';
import fc from 'fast-check';
import { anyAnswer } from '../testing/any-answer.ts';
import * as F from '../testing/fixtures.ts';
import { Play } from '../testing/play.ts';
import { TYPED_CARD, TYPED_PHONE, anyAction, wishesOf } from '../testing/wishes.ts';
import type { Answers, Question } from './messages.ts';
import type { StageName } from './state.ts';
import { viewOf } from './view.ts';

const CODES = Object.keys(catalogue);

/**
 * Any person, any device, any platform, in any order. `Play` itself checks that every view keeps the contract, that no
 * print precedes its kept intent, and that time never wakes a session for nothing.
 */
type Move =
  | { readonly kind: 'sensible'; readonly pick: number }
  | { readonly kind: 'act'; readonly action: Action }
  | { readonly kind: 'answer'; readonly pick: number; readonly variant: number; readonly code: string | null }
  | { readonly kind: 'progress'; readonly printed: number; readonly stopped: boolean }
  | { readonly kind: 'programs'; readonly agent: number; readonly host: number }
  | { readonly kind: 'pass'; readonly ms: number };

const moves: fc.Arbitrary<Move> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('sensible' as const), pick: fc.nat(40) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('act' as const), action: anyAction }) },
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

function make(play: Play, move: Move): void {
  switch (move.kind) {
    case 'sensible': {
      const wishes = wishesOf(play);
      return void (wishes.length && play.act(wishes[move.pick % wishes.length]!));
    }
    case 'act':
      return void play.act(move.action);
    case 'answer': {
      const ask = play.open[move.pick % Math.max(1, play.open.length)];
      if (!ask) return;
      const result = move.code
        ? { ok: false, error: { code: move.code } }
        : { ok: true, value: anyAnswer(ask, move.variant) };
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
    play.settle(ask.do, { ok: true, value: anyAnswer(ask, 0) } as never);
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

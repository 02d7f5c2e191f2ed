import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '@kiosk/contract/errors/catalogue.ts';
import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { FactorKind } from '@kiosk/contract/platform/identity.ts';
import type { Action } from '@kiosk/contract/screen/action.ts';
import { isAtLeast, levelOf } from '@kiosk/domain/identity-level.ts';
import fc from 'fast-check';
import * as F from '../../testing/fixtures.ts';
import { fullHost, identityAnswers, provenBy } from '../../testing/identity-answers.ts';
import { Play } from '../../testing/play.ts';
import type { Answers, Question } from '../messages.ts';
import { levelNow } from './level.ts';
import type { IdentityQuestion } from './questions.ts';

/**
 * Anybody, at any device, with a platform that accepts and refuses as it likes, in any order: no level without the factors that
 * make it, a factor that failed raises nothing, a bank card that went in comes back, and nothing of it is left at the end.
 */
const ACTIONS: readonly Action[] = [
  ...['smsCode', 'bankCard', 'appCode', 'idCard', 'face', 'agent', 'agentCode', 'agentPaper'].map((id): Action => ({
    type: 'choose',
    id,
  })),
  ...['otherWay', 'otherWay', 'agree', 'help'].map((id): Action => ({ type: 'press', id })),
  { type: 'submitCode', code: '246810' },
  { type: 'open', item: 'Q01' },
  { type: 'back' },
  { type: 'home' },
];
const CODES = [
  'E1102',
  'E1203',
  'E1204',
  'E1205',
  'E1206',
  'E1208',
  'E1209',
  'E1210',
  'E1211',
  'E1212',
  'E1302',
  'E1404',
]
  .concat(['E3101', 'E3501', 'E3503', 'E9002', 'E9003'])
  .filter((code) => code in catalogue);
const STEPS = ['inserted', 'reading', 'found', 'look', 'compare', 'typed'] as const;

type Move =
  | { readonly kind: 'act'; readonly pick: number }
  | { readonly kind: 'answer'; readonly good: boolean; readonly code: string; readonly variant: number }
  | { readonly kind: 'progress'; readonly step: (typeof STEPS)[number] }
  | { readonly kind: 'line'; readonly up: boolean }
  | { readonly kind: 'card' }
  | { readonly kind: 'pass'; readonly ms: number };

const moves: fc.Arbitrary<Move> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('act' as const), pick: fc.nat(ACTIONS.length - 1) }) },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      good: fc.nat(4).map((n) => n > 0),
      code: fc.constantFrom(...CODES),
      variant: fc.nat(5),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('progress' as const), step: fc.constantFrom(...STEPS) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('line' as const), up: fc.boolean() }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'card' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.nat(90_000) }) },
);

/** The platform's own memory of what it accepted, by token. */
class Memory {
  factors = new Map<string, FactorKind[]>();
  /** Faces that the machine matched while the platform could not be asked. */
  local = false;
  cardsIn = 0;
}

const OWN: readonly Question[] = ['sendCode', 'checkCode', 'readCard', 'pseudonym'];

function answer(play: Play, memory: Memory, move: Extract<Move, { kind: 'answer' }>): void {
  const ask = play.open.find((one) => one.do !== 'readCard');
  if (!ask) return;
  if (!move.good) return void play.fails(ask.do, move.code);
  const value = (): Answers[Question] | undefined => {
    switch (ask.do) {
      case 'sendCode':
        return F.CODE_SENT;
      case 'pseudonym':
        return { person: 'hash' };
      case 'checkCode': {
        if (move.variant === 0) return { accepted: false, attemptsLeft: 1 };
        const before = ask.token === undefined ? (['idCard'] as const) : (memory.factors.get(ask.token) ?? []);
        memory.factors.set(F.TOKEN, [...before, 'smsCode']);
        return { accepted: true, identityToken: F.TOKEN, expiresAt: F.NOW + 900_000 };
      }
      case 'prove': {
        if (move.variant === 0) return { accepted: false, attemptsLeft: 1 };
        const before = ask.token === null ? [] : (memory.factors.get(ask.token) ?? []);
        const kinds = [...new Set([...before, ask.factor])];
        const told = provenBy(kinds);
        memory.factors.set(told.identityToken, kinds);
        return told;
      }
      case 'readBankCard':
        memory.cardsIn++;
        return {};
      case 'ejectCard':
        return {};
      case 'matchFace':
        memory.local = true;
        return identityAnswers(move.variant).matchFace;
      case 'account':
        return F.OVERVIEW;
      default:
        return identityAnswers(move.variant)[ask.do as IdentityQuestion];
    }
  };
  const given = value();
  if (given === undefined) return void play.fails(ask.do, 'E9001');
  play.settle(ask.do, { ok: true, value: given } as Result<Answers[Question]> as never);
}

function make(play: Play, memory: Memory, move: Move): void {
  switch (move.kind) {
    case 'act':
      return void play.act(ACTIONS[move.pick]!);
    case 'answer':
      return answer(play, memory, move);
    case 'progress': {
      const ask = play.open.find(({ do: name }) => !OWN.includes(name));
      return void (ask && play.send({ type: 'identityProgress', call: ask.call, step: move.step, typed: 3 }));
    }
    case 'line':
      return void play.send({ type: 'agent', snapshot: move.up ? F.agentSnapshot() : F.OFFLINE });
    case 'card':
      return void (play.asks('readCard') && play.layCard());
    case 'pass':
      return void play.pass(move.ms);
  }
}

/** What the person may at most be held for. */
function check(play: Play, memory: Memory): void {
  const { person } = play.state;
  const level = levelNow(play.state);
  if (!person) return assert.equal(level, 'L0', 'nobody has a level');
  const { proof } = person;
  const real = proof ? (memory.factors.get(proof.token) ?? []) : person.local;
  if (proof?.agent) return assert.equal(level, 'L1', 'an agent with a paper is held for more');
  assert.ok(
    !isAtLeast(level, 'L2') || levelOf(real) === 'L2',
    `${level} was made of ${real.join(' and ') || 'nothing'}`,
  );
  assert.ok(person.token === null || levelOf(real) === 'L2', 'a token of two factors was made of one');
  if (!proof) assert.ok(level !== 'L3' && (memory.local || level !== 'L2'), `${level} without the platform`);
}

test('no level without its factors, whatever fails, and the bank card always comes back', () => {
  fc.assert(
    fc.property(fc.array(moves, { minLength: 10, maxLength: 60, size: 'max' }), (script) => {
      const memory = new Memory();
      const play = Play.ready(F.agentSnapshot(), fullHost());
      for (const move of script) {
        make(play, memory, move);
        check(play, memory);
      }
      play.act({ type: 'end' });
      play.pass(120_000);
      assert.equal(play.state.cardIn, false, 'a bank card is inside and nobody gives it back');
      const asked = play.commands.filter(({ do: name }) => name === 'ejectCard').length;
      const back = asked + play.told('returnCard').length;
      assert.ok(back >= memory.cardsIn, `${memory.cardsIn} bank cards went in, ${back} came back`);
      const left = JSON.stringify(play.state);
      if (play.state.stage.at !== 'attract') {
        assert.ok(!left.includes(F.PERSON.idNumber) && !left.includes(F.TOKEN), 'the person is still in the state');
        assert.ok(play.told('forgetFactors').length > 0, 'the effects still hold what factors were made of');
      }
    }),
    { numRuns: 600 },
  );
});

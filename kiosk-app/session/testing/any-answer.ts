import type { Answers, Ask, Question } from '../flow/messages.ts';
import { PAPER_NUMBER, answerOf } from './answers.ts';
import * as F from './fixtures.ts';
import { identityAnswers } from './identity-answers.ts';

const either = <T>(variant: number, values: readonly [T, ...T[]]): T => values[variant % values.length]!;

/** Good answers a service may give, some of them unwelcome. */
export function anyAnswer(ask: Ask, variant: number): Answers[Question] {
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
    readPayoutCard: { number: F.CARD_NUMBER },
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

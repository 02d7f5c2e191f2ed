import { maskPhone } from '@kiosk/domain/masking.ts';
import { makeRequestNumber } from '@kiosk/domain/request-number.ts';
import { syntheticCardNumber, syntheticPhone } from '@kiosk/domain/synthetic.ts';

/** Examples of confirming a request, of what became of it, and of a person's cases. */
export function requestExamples(identityToken: string, at: number) {
  const requestNumber = makeRequestNumber({ terminal: '300120', counter: 41 });
  const operationId = '019aa4b2-6c00-7000-8000-000000000005';
  const challengeId = '019aa4b2-6c00-7000-8000-000000000006';
  const newPhone = syntheticPhone(7);
  const cardNumber = syntheticCardNumber(7);
  const card = cardNumber.slice(-4);
  const bankName = '江州银行';
  const results = {
    booked: { amountFen: 450_000, interestFen: 0, balanceFen: 7_896_012, on: '2026-11-21' },
    payment: { state: 'paid', amountFen: 450_000, bankName, card },
  } as const;
  const decided = {
    state: 'decided',
    requestNumber,
    item: 'B04',
    verdict: 'granted',
    by: 'rules',
    at,
    words: { zh: '已按规则当场批准', en: 'Granted at once by the rules' },
    trace: [{ rule: 'reason', outcome: 'passed', words: { zh: '租房提取已开通', en: 'Rent withdrawals are open' } }],
    results,
  } as const;
  const missing = {
    material: 'retirement',
    words: { zh: '退休证明', en: 'Proof of retirement' },
    until: '2026-11-28',
  } as const;
  return {
    confirmRequest: {
      request: {
        identityToken,
        operationId,
        item: 'B04',
        formSha256: 'cd'.repeat(32),
        signature: { aspectMilli: 3_000, strokes: [[100, 2_000, 900, 1_400, 1_800, 2_600]] },
      },
      answer: { confirmedAt: at },
    },
    requestOutcome: { request: { requestNumber, identityToken, waitMs: 5_000 }, answer: decided },
    completeIdentity: { request: { identityToken, operationId, requestNumber }, answer: decided },
    branchesNow: {
      request: {},
      answer: {
        asOf: at,
        branches: [
          {
            ...{ id: 'beihu', open: true, waiting: 3, waitingAt: at - 240_000, load: 'free' },
            ...{ kiosks: 4, kiosksReady: 4 },
          },
          {
            ...{ id: 'nanping', open: true, waiting: null, waitingAt: null, load: 'unknown' },
            ...{ kiosks: 4, kiosksReady: 3 },
          },
        ],
      },
    },
    consents: {
      request: { identityToken },
      answer: {
        departments: [
          {
            id: 'education',
            name: { zh: '市教育局', en: 'City education office' },
            purpose: { zh: '子女入学资格核验', en: 'School admission checks' },
            fields: [{ id: 'paidToMonth', words: { zh: '缴至年月', en: 'Paid to' } }],
          },
        ],
        consents: [
          {
            ...{ consentId: 'consent-1', departmentId: 'education', givenAt: at, until: at + 2_592_000_000 },
            department: { zh: '市教育局', en: 'City education office' },
            purpose: { zh: '子女入学资格核验', en: 'School admission checks' },
            fields: [{ zh: '缴至年月', en: 'Paid to' }],
            state: 'valid',
          },
        ],
      },
    },
    appointmentSlots: {
      request: { topicId: 'loan-visit' },
      answer: {
        asOf: at,
        branches: [
          {
            branchId: 'beihu',
            days: [
              { date: '2026-11-23', morning: { open: true, left: 0 }, afternoon: { open: true, left: 6 } },
              { date: '2026-11-24', morning: { open: true, left: null }, afternoon: { open: false, left: null } },
            ],
          },
        ],
      },
    },
    progress: {
      request: { identityToken },
      answer: {
        masked: false,
        cases: [
          {
            number: requestNumber,
            item: 'B03',
            name: { zh: '退休提取', en: 'Retirement withdrawal' },
            channel: '50',
            state: 'needs',
            step: { zh: '等您补交材料', en: 'Waits for what you still have to hand in' },
            receivedAt: at,
            dueOn: '2026-11-25',
            late: false,
            missing: [missing],
            decidedAt: null,
            why: null,
          },
        ],
      },
    },
    sendContactCode: {
      request: { identityToken, phone: newPhone },
      answer: { challengeId, phoneMasked: maskPhone(newPhone), resendAfterSeconds: 60, validSeconds: 300 },
    },
    checkContactCode: {
      request: { identityToken, challengeId, code: '042137' },
      answer: { accepted: true, contactCheckId: challengeId, phoneMasked: maskPhone(newPhone) },
    },
    verifyPayoutCard: {
      request: { identityToken, operationId, cardNumber },
      answer: { verified: true, cardCheckId: operationId, bankName, card },
    },
  } as const;
}

import { maskName, maskAccount } from '@kiosk/domain/masking.ts';
import { syntheticPerson, syntheticPhone } from '@kiosk/domain/synthetic.ts';
import type { WebRouteName } from '../../channels/contract.ts';
import { EXAMPLES } from './examples.ts';

const AT = Date.UTC(2026, 10, 21, 6, 8);
const { name, idNumber } = syntheticPerson('ordinary', '2026-11-21');
const number = 'JZ20261121000042';
const words = (zh: string, en: string) => ({ zh, en });
const challenge = { challengeId: '019aa4b2-6c00-7000-8000-00000000000a', resendAfterSeconds: 60, validSeconds: 300 };
const myCase = {
  ...{ number, item: 'B04', name: words('租房提取', 'Rent withdrawal'), channel: '50', state: 'waitingForYou' },
  ...{ receivedAt: AT, dueAt: AT + 3 * 86_400_000, words: null },
  missing: [words('本人及配偶的无房证明', 'Proof that you own no home here')],
};
const consent = {
  ...{ consentId: 'c-1', departmentId: 'housing', department: words('住建局', 'Housing office') },
  ...{ fields: ['balance'], purpose: words('公租房资格审核', 'Public housing') },
  ...{ givenAt: AT, until: AT + 30 * 86_400_000, withdrawnAt: null },
};
const form = { item: 'B08', step: 'slot', form: { branchId: 'beihu' } };

/** One invented exchange of each route. */
export const WEB_EXAMPLES: Readonly<Record<WebRouteName, { readonly request?: unknown; readonly answer: unknown }>> = {
  sendLoginCode: { request: { phone: syntheticPhone(1), language: 'zh' }, answer: challenge },
  sendRegisterCode: { request: { name, idNumber, language: 'zh' }, answer: challenge },
  signIn: {
    request: { challengeId: challenge.challengeId, code: '000000' },
    answer: {
      accepted: true,
      session: 'session',
      expiresAt: AT + 1_800_000,
      name: maskName(name),
      registeredBy: '50',
    },
  },
  signOut: { request: {}, answer: {} },
  myAccount: { answer: EXAMPLES.account.answer },
  myDetails: { request: { period: { from: '2026-01', to: '2026-11' } }, answer: EXAMPLES.details.answer },
  myDocuments: {
    answer: {
      rows: [
        {
          ...{
            documentNumber: number,
            kind: 'depositCertificate',
            kindName: words('个人缴存证明', 'Deposit certificate'),
          },
          ...{ state: 'valid', issuedAt: AT, pages: 1, prints: 1 },
        },
      ],
    },
  },
  showDocument: { request: {}, answer: { url: 'https://localhost/show/x', expiresAt: AT + 300_000 } },
  cancelDocument: { request: { reason: '不再需要' }, answer: { state: 'cancelled' } },
  myCases: { answer: { rows: [myCase] } },
  myCase: { answer: myCase },
  handInPaper: {
    request: { material: 'noHomeHere', fileBase64: 'AAAA' },
    answer: { sha256: '0'.repeat(64), size: 3, receivedAt: AT },
  },
  rate: { request: { subject: number, score: 'satisfied' }, answer: {} },
  myAppointments: {
    answer: {
      rows: [
        {
          ...{ number, branch: words('北湖大厅', 'Beihu'), service: words('办理提取', 'A withdrawal') },
          ...{ date: '2026-11-24', half: 'morning', state: 'requested' },
        },
      ],
    },
  },
  leave: { request: form, answer: { resumeCode: 'K74Q2918', expiresAt: AT + 86_400_000 } },
  takeUp: { request: { code: 'K74Q2918' }, answer: { ...form, from: '50' } },
  ask: {
    request: { question: '退休提取要带什么', language: 'zh' },
    answer: {
      known: true,
      articles: [
        {
          articleId: 'guide-retirement',
          title: '退休了怎么提',
          excerpt: '办了退休手续的，余额和利息一次提完',
          item: 'B03',
        },
      ],
    },
  },
  topics: { answer: { rows: [{ topic: 'policy', name: words('政策', 'Policy'), subscribed: true }] } },
  subscribe: { request: { topic: 'policy', on: true }, answer: {} },
  noticeSettings: {
    answer: { language: 'zh', topics: [{ topic: 'loan', name: words('贷款', 'Loan'), optional: true, on: true }] },
  },
  setNotices: { request: { language: 'zh', off: [] }, answer: {} },
  myNews: { answer: { rows: [{ at: AT, topic: 'policy', title: words('新政策', 'News'), text: words('…', '…') }] } },
  myCard: { request: {}, answer: { code: 'code', expiresAt: AT + 60_000 } },
  readCard: {
    request: { code: 'code' },
    answer: { name: maskName(name), account: maskAccount('00120427'), state: '01' },
  },
  myConsents: { answer: { rows: [consent] } },
  giveConsent: { request: { departmentId: 'housing', fields: ['balance'], days: 30 }, answer: consent },
  withdrawConsent: { request: {}, answer: {} },
  unitChallenge: {
    request: { certificatePem: '-----BEGIN CERTIFICATE-----' },
    answer: { challengeId: challenge.challengeId, text: 'text to sign', validSeconds: 120 },
  },
  unitSignIn: {
    request: {
      challengeId: challenge.challengeId,
      certificatePem: '-----BEGIN CERTIFICATE-----',
      signatureBase64: 'AAAA',
    },
    answer: {
      session: 'session',
      expiresAt: AT + 1_800_000,
      unitAccount: '380100000001',
      unitName: '江州**科技有限公司',
    },
  },
  unitOverview: {
    answer: {
      ...{ unitAccount: '380100000001', unitName: '江州**科技有限公司', employees: 128 },
      ...{ paidToMonth: '2026-11', state: '01' },
    },
  },
};

export const OUTWARD_EXAMPLE = {
  request: { purpose: 'publicHousing', name, idNumber, fields: ['balance'] },
  answer: { found: true, values: { balance: 5_864_502 }, withheld: [] },
};

import type { PlatformAnswer } from '@kiosk/contract/platform/api.ts';
import type { PassedRoute } from '@kiosk/contract/services/passed.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { CASE, CODE_SENT, NOW, REQUEST_NUMBER, TODAY } from './fixtures.ts';

/** Whoever acts for the person of the fixtures. */
export const OTHER = syntheticPerson('middle-dot', TODAY);

const words = (zh: string, en: string) => ({ zh, en });
type Outcome = PlatformAnswer<'requestOutcome'>;

/** Everything that may become of a request. */
export const OUTCOMES = {
  granted: {
    state: 'decided',
    requestNumber: REQUEST_NUMBER,
    item: 'B04',
    verdict: 'granted',
    by: 'rules',
    at: NOW,
    words: words('符合规定，已经办好。', 'The rules allow it, and it was carried out.'),
    results: {
      booked: { amountFen: 450_000, interestFen: 0, balanceFen: 8_192_017, on: '2026-11-21' },
      payment: { state: 'underWay', amountFen: 450_000, bankName: '江州银行', card: '**** 2018' },
    },
  },
  refused: {
    state: 'decided',
    requestNumber: REQUEST_NUMBER,
    item: 'B04',
    verdict: 'refused',
    by: 'rules',
    at: NOW,
    words: words('名下在本市有住房，不能按租房提取。', 'A home in this city is registered to you.'),
    trace: [
      { rule: 'reason', outcome: 'passed', words: words('这个原因可以办理', 'This reason is open') },
      {
        rule: 'evidence',
        outcome: 'failed',
        words: words('本人及配偶在本市无自有住房', 'No home of your own in this city'),
        change: words('住房转让登记后可以再申请', 'After the home is sold and registered'),
      },
    ],
  },
  case: CASE,
  needs: {
    state: 'needs',
    requestNumber: REQUEST_NUMBER,
    item: 'B03',
    caseNumber: REQUEST_NUMBER,
    dueOn: '2026-11-25',
    missing: [{ material: 'retirement', words: words('退休证或退休审批表', 'Pension papers'), until: '2026-12-05' }],
  },
  identityMissing: {
    state: 'identityMissing',
    requestNumber: REQUEST_NUMBER,
    item: 'B04',
    caseNumber: REQUEST_NUMBER,
    dueOn: '2026-11-25',
    words: words(
      '请在任一终端或窗口补做身份核验，核验后就办理。',
      'Please identify yourself at any terminal or counter.',
    ),
  },
  received: { state: 'received', requestNumber: REQUEST_NUMBER, arrived: true },
} as const satisfies Readonly<Record<string, Outcome>>;

const LINE: PlatformAnswer<'progress'>['cases'][number] = {
  number: REQUEST_NUMBER,
  item: 'B03',
  name: words('退休提取', 'Retirement withdrawal'),
  channel: '50',
  state: 'needs',
  step: words('等您补材料', 'Waits for a paper of yours'),
  receivedAt: NOW - 86_400_000,
  dueOn: '2026-11-25',
  late: false,
  missing: [{ material: 'retirement', words: words('退休证或退休审批表', 'Pension papers'), until: '2026-12-05' }],
  decidedAt: null,
  why: null,
};

const PROGRESS: PlatformAnswer<'progress'>['cases'] = [
  LINE,
  {
    ...LINE,
    number: `${REQUEST_NUMBER.slice(0, -1)}2`,
    item: 'B04',
    name: words('租房提取', 'Rent withdrawal'),
    channel: '10',
    state: 'granted',
    step: words('已经办好', 'Done'),
    missing: [],
    decidedAt: NOW - 3_600_000,
    results: { booked: { amountFen: 450_000, interestFen: 0, balanceFen: 8_192_017, on: '2026-11-20' } },
  },
  {
    ...LINE,
    number: `${REQUEST_NUMBER.slice(0, -1)}3`,
    item: 'B07',
    name: words('异地转移接续', 'Transfer from another city'),
    channel: '60',
    state: 'identityMissing',
    step: words('等您补做身份核验', 'Waits for who you are'),
    missing: [],
  },
];

const AUTHORISATION: PlatformAnswer<'authorisations'>['authorisations'][number] = {
  authorisationId: 'authorisation-1',
  agentNameMasked: '李*',
  agentIdNumberMasked: '3****************X',
  items: ['P01'],
  givenAt: NOW - 86_400_000,
  until: NOW + 6 * 86_400_000,
  state: 'valid',
};

const half = (left: number | null, open = true) => ({ open, left });
/** Full, nearly full, not said, and half a day shut. */
const SLOT_DAYS: PlatformAnswer<'appointmentSlots'>['branches'][number]['days'] = [
  { date: '2026-11-23', morning: half(0), afternoon: half(2) },
  { date: '2026-11-24', morning: half(12), afternoon: half(8) },
  { date: '2026-11-25', morning: half(null), afternoon: half(null) },
  { date: '2026-11-27', morning: half(4), afternoon: half(null, false) },
  { date: '2026-11-30', morning: half(20), afternoon: half(20) },
];

const EDUCATION = words('市教育局', 'City education office');
const ADMISSION = words('子女入学资格核验', 'School admission checks');
const CONSENTS: PlatformAnswer<'consents'> = {
  departments: [
    {
      id: 'education',
      name: EDUCATION,
      purpose: ADMISSION,
      fields: [
        { id: 'paidToMonth', words: words('缴至年月', 'Paid to') },
        { id: 'pays', words: words('是否正常缴存', 'Is paying') },
      ],
    },
    {
      id: 'human-resources',
      name: words('市人力资源和社会保障局', 'City labour office'),
      purpose: words('人才公寓申请', 'Flats for graduates'),
      fields: [{ id: 'balanceFen', words: words('账户余额', 'Balance') }],
    },
  ],
  consents: [
    {
      ...{ consentId: 'consent-1', departmentId: 'education', department: EDUCATION, purpose: ADMISSION },
      fields: [words('缴至年月', 'Paid to'), words('是否正常缴存', 'Is paying')],
      ...{ givenAt: NOW - 10 * 86_400_000, until: NOW + 20 * 86_400_000, state: 'valid' },
    },
  ],
};

const EVERY = Object.values(OUTCOMES);

/** Answers to whatever belongs to a request, by route; `variant` makes some of them unwelcome. */
export function requestAnswers(variant: number): { readonly [R in PassedRoute]?: PlatformAnswer<R> } {
  return {
    confirmRequest: { confirmedAt: NOW },
    requestOutcome: EVERY[variant % EVERY.length]!,
    completeIdentity: EVERY[variant % EVERY.length]!,
    progress: { masked: variant % 2 === 0, cases: variant % 3 === 2 ? [] : PROGRESS },
    sendContactCode: CODE_SENT,
    checkContactCode:
      variant % 3 === 2
        ? { accepted: false, attemptsLeft: variant % 2 }
        : { accepted: true, contactCheckId: 'contact-1', phoneMasked: CODE_SENT.phoneMasked },
    verifyPayoutCard:
      variant % 3 === 2
        ? {
            verified: false,
            repair: (['number', 'name', 'closed', 'credit'] as const)[variant % 4]!,
            words: words('银行登记的姓名不一样', 'The bank has another name'),
            bankName: '江州银行',
          }
        : { verified: true, cardCheckId: 'card-1', bankName: '江州银行', card: '**** 2018' },
    earlyRepaymentTrial: {
      onDate: '2026-11-23',
      amountFen: 10_000_000,
      principalFen: 9_965_000,
      interestFen: 35_000,
      balanceFen: 33_847_655,
      payOffFen: 43_847_655,
      before: { nextPaymentFen: 337_421, months: 151, interestFen: 7_412_000, lastDueDate: '2039-06-12' },
      keepTerm: {
        nextPaymentFen: 260_650,
        months: 151,
        interestFen: 5_726_000,
        savedFen: 1_686_000,
        lastDueDate: '2039-06-12',
      },
      keepPayment: {
        nextPaymentFen: 337_421,
        months: 113,
        interestFen: 4_218_000,
        savedFen: 3_194_000,
        lastDueDate: '2036-04-12',
      },
    },
    consents: variant % 3 === 2 ? { departments: [], consents: [] } : CONSENTS,
    branchesNow: {
      asOf: NOW,
      branches: [
        { id: 'wangjiang', open: true, waiting: 3, waitingAt: NOW - 180_000, load: 'free', kiosks: 4, kiosksReady: 3 },
        {
          ...{ id: 'beimen', open: null, waiting: null, waitingAt: null, load: 'unknown' },
          ...{ kiosks: variant % 2, kiosksReady: 0 },
        },
      ],
    },
    appointmentSlots: {
      asOf: NOW,
      branches: variant % 3 === 2 ? [] : [{ branchId: 'wangjiang', days: SLOT_DAYS }],
    },
    cancelCertificate: { state: 'cancelRequested' },
    authorise: { ...AUTHORISATION, code: 'K7QM2F9X' },
    authorisations: { authorisations: variant % 2 === 0 ? [AUTHORISATION] : [] },
    withdrawAuthorisation: { ...AUTHORISATION, state: 'withdrawn' },
    leave:
      variant % 2 === 0
        ? { code: 'H7KM3PQZ', expiresAt: NOW + 172_800_000 }
        : { code: 'token', url: 'https://127.0.0.1/go/token', expiresAt: NOW + 600_000 },
    takeUp: { item: 'B04', step: 'months', form: {}, from: '50' },
  };
}

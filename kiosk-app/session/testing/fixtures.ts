import { createHash } from 'node:crypto';
import type {
  AccountOverview,
  Catalogue,
  Details,
  IssuedDocument,
  PlatformAnswer,
} from '@kiosk/contract/platform/api.ts';
import { CalculatorRules } from '@kiosk/contract/platform/reference-data.ts';
import { SAFE_PARAMETERS } from '@kiosk/contract/platform/parameters.ts';
import type { DeviceKind, DeviceStatus, IdCard } from '@kiosk/contract/services/device-host.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { makeDocumentNumber } from '@kiosk/domain/document-number.ts';
import { maskPhone } from '@kiosk/domain/masking.ts';
import { makeResumeCode } from '@kiosk/domain/resume-code.ts';
import { makeRequestNumber } from '@kiosk/domain/request-number.ts';
import {
  personWithWrongCheckDigit,
  type SyntheticPerson,
  syntheticPerson,
  syntheticPhone,
} from '@kiosk/domain/synthetic.ts';
import type { AgentSnapshot, HostSnapshot } from '../flow/state.ts';

/** 2026-11-21 14:08 in China. */
export const NOW = Date.UTC(2026, 10, 21, 6, 8);
export const TODAY = shanghaiDate(NOW);

export const PERSON: SyntheticPerson = syntheticPerson('ordinary', TODAY);
export const ACCOUNT = PERSON.accounts[0]!;
export const IDENTITY = {
  terminalId: '380103',
  centreId: '38010000',
  centreName: { zh: '江州市住房公积金管理中心', en: 'Jiangzhou Housing Provident Fund Centre' },
  hallName: { zh: '望江服务大厅', en: 'Wangjiang hall' },
};

export function cardOf(person: SyntheticPerson, changes: Partial<IdCard> = {}): IdCard {
  return {
    kind: 'resident',
    name: person.name,
    sex: person.sex,
    nation: person.nation,
    birthDate: person.birthDate,
    address: person.address,
    idNumber: person.idNumber,
    issuer: person.issuer,
    validFrom: person.validFrom,
    validTo: person.validUntil === '长期' ? null : person.validUntil,
    ...changes,
  };
}
export const CARD = cardOf(PERSON);
/** As on a slip; its last character checks the others. */
export const RESUME_CODE = makeResumeCode((count) => new Uint8Array(count).fill(7));
/** Not the number on record. */
export const OTHER_PHONE = syntheticPhone(7_654_321);
/** A bank card that nobody issues. */
export const CARD_NUMBER = '3801002640002018';
export const CARD_WITH_WRONG_CHECK_DIGIT = cardOf(personWithWrongCheckDigit(TODAY));

const words = (zh: string, en: string) => ({ zh, en });
type Items = Catalogue['items'];
const item = (id: string, level: Items[number]['level'], offline: Items[number]['offline']): Items[number] => ({
  id,
  name: words(`业务 ${id}`, `Item ${id}`),
  hint: words('说明', 'Hint'),
  level,
  offline,
  state: 'open',
});

const GUIDES: NonNullable<Catalogue['guides']> = [
  {
    id: 'rent',
    version: 3,
    topic: 'withdraw',
    item: 'Q07',
    title: words('租房怎么提取', 'Withdrawing for rent'),
    keywords: ['房租'],
    text: {
      zh: ['在本市没有住房的，可以按月提取付房租。'],
      en: ['Without a home here, rent can be paid from the fund.'],
    },
    steps: {
      zh: Array.from({ length: 9 }, (_, i) => `第 ${i + 1} 步，在机器上选择租房提取，按提示核对本人信息，确认后提交。`),
      en: Array.from({ length: 9 }, (_, i) => `Step ${i + 1}: choose rent, check what is shown and confirm.`),
    },
    materials: { zh: ['身份证'], en: ['ID card'] },
    timeLimit: words('当场办结', 'At once'),
  },
];

export const CATALOGUE: Catalogue = {
  items: [
    item('Q01', 'L2', 'no'),
    item('Q02', 'L2', 'no'),
    item('P01', 'L2', 'no'),
    ...['Q03', 'Q04', 'Q05', 'Q07', 'P02', 'P03', 'P04', 'P05', 'P06', 'P07'].map((id) => item(id, 'L2', 'no')),
    item('P08', 'L0', 'no'),
    item('B08', 'L1', 'queue'),
    item('S01', 'L0', 'queue'),
    item('S03', 'L0', 'local'),
    item('S04', 'L2', 'no'),
    item('Q06', 'L1', 'no'),
    item('B01', 'L3', 'no'),
    item('B02', 'L3', 'no'),
    item('B03', 'L3', 'queue'),
    item('B04', 'L3', 'queue'),
    item('B05', 'L3', 'no'),
    item('B06', 'L2', 'no'),
    item('B07', 'L3', 'queue'),
    item('B09', 'L2', 'no'),
    item('Q08', 'L0', 'cache'),
    item('Q09', 'L0', 'cache'),
    item('Q10', 'L0', 'local'),
  ],
  branches: [
    {
      id: 'wangjiang',
      name: words('望江服务大厅', 'Wangjiang hall'),
      district: words('望江区', 'Wangjiang'),
      address: words('望江路 8 号', '8 Wangjiang Road'),
      hours: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }],
    },
    { id: 'beimen', name: words('北门服务大厅', 'Beimen hall') },
  ],
  topics: [
    { id: 'complaint', item: 'S01', name: words('投诉', 'Complaint') },
    { id: 'withdrawal', item: 'B08', name: words('提取', 'Withdrawal') },
  ],
  enquiryPhone: '12329',
  centres: [
    {
      id: '38020000',
      name: words('云州市住房公积金管理中心', 'Yunzhou Housing Provident Fund Centre'),
      city: words('云州', 'Yunzhou'),
      pinyin: 'yunzhou',
      connected: true,
    },
  ],
  commitments: [
    {
      textId: 'noHome',
      version: 1,
      items: ['B03', 'B04'],
      materials: ['noHomeHere', 'retirement'],
      title: words('承诺书', 'Commitment'),
      text: words('本人承诺以上情况属实。', 'I declare that this is true.'),
      consequence: words('承诺不实的，退回已提取的款项。', 'If it is not, the money is to be returned.'),
    },
  ],
  calculator: CalculatorRules.parse({
    deposit: {
      roundingUnitFen: 1,
      ratioMinimum: '5',
      ratioMaximum: '12',
      baseMinimumFen: 249_000,
      baseMaximumFen: 3_188_400,
    },
    interest: { rate: '1.50', settlementDayCounts: true },
    loan: {
      dayCount: 'actual',
      penaltyPercent: '150',
      penaltyBase: 'principal',
      earlyRepaymentMinimumFen: 1_000_000,
      rates: [
        { from: '2025-05-08', first: { short: '2.10', long: '2.60' }, second: { short: '2.525', long: '3.075' } },
      ],
      greatestFen: 100_000_000,
      greatestMonths: 360,
    },
  }),
  guideTopics: [{ id: 'withdraw', name: words('提取', 'Withdrawing') }],
  guides: GUIDES,
};

const QUIET = { pending: 0, oldestAt: null, quarantined: 0 };

export const CONFIGURATION: AgentSnapshot['configuration'] = {
  versions: { catalogue: 1, parameters: 0, command: 0 },
  channel: { state: 'open' },
  notices: [],
  caps: SAFE_PARAMETERS.caps,
  use: { waiting: 0, waitingAmountFen: 0, oldestAt: null },
  refused: null,
  commands: [],
};

export function agentSnapshot(changes: Partial<AgentSnapshot> = {}): AgentSnapshot {
  return {
    version: '0.1.0',
    startedAt: NOW,
    terminal: IDENTITY,
    accepting: true,
    journal: { sqliteVersion: '3.51.3' },
    link: { state: 'online', since: NOW },
    queue: { business: QUIET, audit: QUIET, telemetry: QUIET },
    unsettled: 0,
    catalogue: CATALOGUE,
    configuration: CONFIGURATION,
    ...changes,
  };
}

export const STOPPED_WORDS = {
  words: words('系统升级，预计 16:00 恢复。', 'The system is being updated; back at about 16:00.'),
  instead: words('请到二楼人工窗口。', 'Please go to the counters upstairs.'),
};
/** The centre has stopped the channel. */
export const STOPPED = agentSnapshot({
  configuration: { ...CONFIGURATION, channel: { state: 'stopped', ...STOPPED_WORDS } },
});

export const OFFLINE = agentSnapshot({ link: { state: 'offline', since: NOW, code: 'E3101' } });

const device = (id: string, kind: DeviceKind, driver: string): DeviceStatus => ({
  id,
  kind,
  driver,
  state: 'ready',
  warnings: [],
  since: NOW,
  counters: {},
});

/** The three devices, with changes by id. */
export function hostSnapshot(changes: Readonly<Record<string, Partial<DeviceStatus>>> = {}): HostSnapshot {
  const devices = [
    device('id-reader', 'idCardReader', 'sdt-serial'),
    device('slip-printer', 'slipPrinter', 'escpos'),
    device('document-printer', 'documentPrinter', 'ipp'),
  ].map((status) => ({ ...status, ...changes[status.id] }));
  return { version: '0.1.0', startedAt: NOW, devices, lastEvent: 0 };
}

export const CODE_SENT = {
  challengeId: 'challenge-1',
  phoneMasked: maskPhone(PERSON.phone),
  resendAfterSeconds: 60,
  validSeconds: 300,
};
export const TOKEN = 'identity-token-1';

export const OVERVIEW: AccountOverview = {
  accountNumber: ACCOUNT.accountNumber,
  unitName: ACCOUNT.unitName,
  accountStatus: '01',
  balanceFen: ACCOUNT.balanceFen,
  asOf: NOW,
  contributionBaseFen: ACCOUNT.contributionBaseFen,
  unitRatioBp: 1200,
  personRatioBp: 1200,
  unitMonthlyFen: ACCOUNT.unitMonthlyFen,
  personMonthlyFen: ACCOUNT.personMonthlyFen,
  paidToMonth: ACCOUNT.paidToMonth ?? '2026-11',
  openedOn: ACCOUNT.openedOn,
  phoneMasked: maskPhone(PERSON.phone),
  recentBalances: [{ month: '2026-10', balanceFen: ACCOUNT.balanceFen }],
};

export const PERIOD = { from: '2025-12', to: '2026-11' };

export function detailsOf(rows: number): Details {
  return {
    period: PERIOD,
    openingFen: 0,
    totalInFen: rows * 100,
    totalOutFen: 0,
    interestFen: 0,
    closingFen: rows * 100,
    rows: Array.from({ length: rows }, (_, i) => ({
      date: '2026-01-15',
      kind: '01',
      summary: '汇缴',
      inFen: 100,
      outFen: 0,
      balanceFen: (i + 1) * 100,
    })),
  };
}

const PDF = Buffer.from('%PDF-1.7 three pages');

const documentNumber = makeDocumentNumber({ centre: '38010000', date: TODAY, terminal: '380103', sequence: 17 });
export const REQUEST_NUMBER = makeRequestNumber({ terminal: '380103', counter: 1 });

/** A person of the staff decides. */
export const CASE: PlatformAnswer<'requestOutcome'> = {
  state: 'case',
  requestNumber: REQUEST_NUMBER,
  item: 'S01',
  caseNumber: REQUEST_NUMBER,
  dueOn: '2026-11-25',
  why: [{ reason: 'no-rule', words: words('这一类由工作人员答复', 'Our staff answer these') }],
};

/** What the agent passes on from the platform. */
export const ISSUED: IssuedDocument = {
  documentNumber,
  verificationCode: 'K7QM2F9X0TBA41ZC',
  verificationUrl: `https://127.0.0.1/verify?n=${documentNumber}&c=K7QM2F9X0TBA41ZC`,
  pages: 3,
  issuedAt: NOW,
  sha256: createHash('sha256').update(PDF).digest('hex'),
  pdfBase64: PDF.toString('base64'),
};

export function issuedFacts() {
  const { pdfBase64: _bytes, ...facts } = ISSUED;
  return facts;
}

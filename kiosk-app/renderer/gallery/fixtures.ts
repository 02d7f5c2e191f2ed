/** A view for every screen and every variant worth looking at. Synthetic people and numbers only. */

import type { DeviceStatus } from '@kiosk/contract/services/device-host.ts';
import type { Frame, MenuItem, Screen, View } from '@kiosk/contract/screen/view.ts';
import { monthPlus } from '../format.ts';
import { channelSamples } from './channel-fixtures.ts';

export interface Sample {
  readonly name: string;
  readonly content: Screen;
  readonly frame?: Partial<Frame>;
}

const FRAME: Frame = {
  language: 'zh',
  textSize: 'normal',
  link: 'online',
  centreName: { zh: '江州市住房公积金管理中心', en: 'Jiangzhou Housing Provident Fund Centre' },
  hallName: { zh: '江州大厅', en: 'Jiangzhou hall' },
  terminalId: '300120',
  enquiryPhone: '12329',
  person: '张*',
  idle: null,
  notice: null,
};

/** 21 November 2026, 14:08 in the hall. */
const NOW = Date.UTC(2026, 10, 21, 6, 8);
const PHONE = '122******01';
const DOCUMENT = '38010000202611213001200004277';
const nobody = { person: null } as const;

const item = (id: string, zh: [string, string], en: [string, string], reason?: [string, string]): MenuItem => ({
  id,
  name: { zh: zh[0], en: en[0] },
  hint: { zh: zh[1], en: en[1] },
  available: reason === undefined,
  ...(reason && { reason: { zh: reason[0], en: reason[1] } }),
});
const NEEDS_LINE: [string, string] = ['线路中断，恢复后可办', 'Line down; possible when it is back'];
const Q01 = (closed?: [string, string]) =>
  item('Q01', ['我的账户', '余额、基数、缴至年月'], ['My account', 'Balance, base, paid up to'], closed);
const Q02 = (closed?: [string, string]) =>
  item('Q02', ['缴存明细', '每一笔存入和提取'], ['Entries', 'Every deposit and withdrawal'], closed);
const P01 = (closed?: [string, string]) =>
  item(
    'P01',
    ['打印缴存明细对账单', '选起止月份，带电子印章，约 40 秒出纸'],
    ['Print a statement', 'Choose the months; sealed, about 40 seconds'],
    closed,
  );
const B08 = item('B08', ['预约办理', '选网点和时间，到了不用排队'], ['Appointment', 'Choose place and time, no queue']);
const S01 = item('S01', ['投诉和建议', '不用身份证，断线也收'], ['Complaint or suggestion', 'No card needed']);

const accepted = (offline: boolean, slip: 'printing' | 'printed' | 'failed'): Screen => ({
  screen: 'accepted',
  requestNumber: 'YTJ300120000428K',
  item: 'B08',
  topic: { zh: '提前还款面谈', en: 'Early repayment interview' },
  slot: { branch: { zh: '江州市本级服务大厅', en: 'Jiangzhou main hall' }, date: '2026-11-25', half: 'morning' },
  offline,
  replyTo: PHONE,
  slip,
});

const DRIVERS: Readonly<Record<DeviceStatus['kind'], string>> = {
  idCardReader: 'sdt-serial',
  slipPrinter: 'escpos',
  documentPrinter: 'ipp',
  bankCardReader: 'bank-card-crt',
  pinPad: 'pin-pad-zt598',
  codeScanner: 'code-scanner-serial',
  ioBoard: 'io-board-modbus',
  vendorPlugin: 'vendor-plugin',
};

const device = (
  id: string,
  kind: DeviceStatus['kind'],
  state: 'ready' | 'fault' | 'offline',
  rest: Pick<Partial<DeviceStatus>, 'code' | 'warnings' | 'counters' | 'supplies'> = {},
): DeviceStatus => ({
  id,
  kind,
  driver: DRIVERS[kind],
  state,
  warnings: rest.warnings ?? [],
  since: NOW,
  counters: rest.counters ?? {},
  ...(rest.code === undefined ? {} : { code: rest.code }),
  ...(rest.supplies === undefined ? {} : { supplies: rest.supplies }),
});

const SOON: [string, string] = ['即将开放', 'Opening soon'];
/** As many items, and as long names, as the platform publishes. */
const everything: MenuItem[] = [
  P01(),
  Q01(),
  item(
    'Q02',
    ['缴存与提取明细', '选一段时间，逐笔查看'],
    ['Deposits and withdrawals', 'Choose a period, see every entry'],
  ),
  item(
    'B08',
    ['预约办理', '选网点和时间，断网也能先收下'],
    ['Make an appointment', 'Choose a branch and a time; works offline too'],
  ),
  item(
    'S01',
    ['咨询、投诉、建议', '给您一个编号，可以凭号查询'],
    ['Questions and complaints', 'You get a number to ask by'],
  ),
  item('P02', ['个人缴存证明', ''], ['Deposit certificate', ''], SOON),
  item('P03', ['异地贷款缴存使用证明', ''], ['Cross-region loan certificate', ''], SOON),
  item('Q04', ['贷款与还款', ''], ['Loan and repayment', ''], SOON),
  item('B03', ['退休提取', ''], ['Retirement withdrawal', ''], SOON),
];

const idle: Screen = { screen: 'menu', items: [P01(), Q01(), Q02(), B08, S01] };

const TECHNICIAN: Extract<View['content'], { screen: 'technician' }> = {
  screen: 'technician',
  name: '值班一',
  expiresInSeconds: 582,
  toDo: ['E4102', 'E4209'],
  devices: [
    device('id-reader', 'idCardReader', 'ready', { counters: { cardsRead: 1287 } }),
    device('slip', 'slipPrinter', 'ready', {
      warnings: ['E4209'],
      counters: { slips: 914, resets: 2 },
      supplies: [{ kind: 'paper', level: 'low' }],
    }),
    device('a4', 'documentPrinter', 'fault', {
      code: 'E4102',
      counters: { sheets: 3311 },
      supplies: [
        { kind: 'paper', level: 'out' },
        { kind: 'toner', name: 'Black', level: 'full', percent: 62 },
      ],
    }),
  ],
  selfTests: [
    { deviceId: 'id-reader', passed: true, milliseconds: 312, steps: [] },
    {
      deviceId: 'a4',
      passed: false,
      milliseconds: 1840,
      steps: [{ name: 'paper', passed: false, milliseconds: 4, code: 'E4102' }],
    },
  ],
  testing: ['slip'],
  history: null,
  link: { state: 'online', since: NOW, roundTripMs: 18, certificateExpiresAt: NOW + 212.5 * 86_400_000 },
  linkTest: [
    { name: 'DNS', passed: true, milliseconds: 2 },
    { name: 'TCP', passed: true, milliseconds: 4 },
    { name: 'TLS', passed: true, milliseconds: 18 },
    { name: 'HTTP', passed: true, milliseconds: 31 },
  ],
  queue: {
    business: { pending: 3, oldestAt: NOW - 6 * 60_000, quarantined: 1 },
    audit: { pending: 12, oldestAt: NOW - 6 * 60_000, quarantined: 0 },
    telemetry: { pending: 0, oldestAt: null, quarantined: 0 },
  },
  unsettled: 0,
  versions: [
    { program: 'kiosk-app', version: '0.1.0' },
    { program: 'device-host', version: '0.1.0' },
    { program: 'sync-agent', version: '0.1.0' },
  ],
};

const SCREENS: readonly Sample[] = [
  {
    name: 'attract',
    frame: nobody,
    content: { screen: 'attract', notices: [], announcements: [], withoutCard: [S01] },
  },
  {
    name: 'attract-offline',
    frame: { ...nobody, link: 'offline' },
    content: { screen: 'attract', notices: ['E3101', 'E4102'], announcements: [], withoutCard: [S01, B08] },
  },
  { name: 'out-of-service', frame: nobody, content: { screen: 'outOfService', code: 'E6101' } },
  { name: 'reading-card', frame: nobody, content: { screen: 'readingCard', step: 'reading' } },
  { name: 'checking-card', frame: nobody, content: { screen: 'readingCard', step: 'checking' } },
  {
    name: 'enter-code',
    content: {
      screen: 'enterCode',
      phoneMasked: PHONE,
      challenge: 1,
      resendInSeconds: 47,
      attemptsLeft: null,
      error: null,
      checking: false,
    },
  },
  {
    name: 'enter-code-wrong',
    content: {
      screen: 'enterCode',
      phoneMasked: PHONE,
      challenge: 1,
      resendInSeconds: 0,
      attemptsLeft: 3,
      error: 'E1201',
      checking: false,
    },
  },
  { name: 'menu', content: idle },
  { name: 'menu-full', content: { screen: 'menu', items: everything } },
  {
    name: 'menu-offline',
    frame: { link: 'offline' },
    content: { screen: 'menu', items: [P01(NEEDS_LINE), Q01(NEEDS_LINE), Q02(NEEDS_LINE), B08, S01] },
  },
  { name: 'idle-question', frame: { idle: { secondsLeft: 27 } }, content: idle },
  {
    name: 'account',
    content: {
      screen: 'account',
      balanceFen: 5_864_502,
      asOf: NOW,
      statusText: { zh: '正常', en: 'Normal' },
      contributionBaseFen: 1_000_000,
      unitRatioBp: 1200,
      personRatioBp: 1200,
      unitMonthlyFen: 120_000,
      personMonthlyFen: 120_000,
      paidToMonth: '2026-10',
      openedOn: '2019-07-01',
      unitName: '江州**科技有限公司',
      accountNumber: '********6789',
      revealSecondsLeft: null,
      recentBalances: Array.from({ length: 12 }, (_, i) => ({
        month: monthPlus('2025-11', i),
        balanceFen: 4_600_000 + i * 120_000 - (i > 5 ? 500_000 : 0) + (i > 8 ? 380_000 : 0),
      })),
    },
  },
  {
    name: 'period',
    content: {
      screen: 'period',
      purpose: 'print',
      earliest: '2019-07',
      latest: '2026-10',
      presets: [
        { id: 'last12', period: { from: '2025-11', to: '2026-10' } },
        { id: 'thisYear', period: { from: '2026-01', to: '2026-10' } },
        { id: 'lastYear', period: { from: '2025-01', to: '2025-12' } },
        { id: 'all', period: { from: '2019-07', to: '2026-10' } },
      ],
    },
  },
  {
    name: 'details',
    content: {
      screen: 'details',
      period: { from: '2025-11', to: '2026-10' },
      page: 1,
      pages: 3,
      totalRows: 25,
      openingFen: 3_412_200,
      totalInFen: 2_952_302,
      totalOutFen: 500_000,
      closingFen: 5_864_502,
      rows: Array.from({ length: 9 }, (_, i) =>
        i === 3
          ? {
              date: '2026-07-02',
              kind: '11',
              summary: '部分提取（租房）',
              inFen: 0,
              outFen: 500_000,
              balanceFen: 5_100_000,
            }
          : {
              date: `2026-${String(10 - i).padStart(2, '0')}-15`,
              kind: '01',
              summary: '汇缴',
              depositMonth: monthPlus('2026-10', -i),
              inFen: 240_000,
              outFen: 0,
              balanceFen: 5_864_502 - i * 240_000,
            },
      ),
    },
  },
  { name: 'working', content: { screen: 'working', task: 'account', usualSeconds: 3 } },
  {
    name: 'printing',
    content: {
      screen: 'printing',
      title: { zh: '打印缴存明细', en: 'Print a deposit statement' },
      period: { from: '2025-11', to: '2026-10' },
      documentNumber: DOCUMENT,
      page: 2,
      pages: 3,
      stoppedBy: null,
      usualSeconds: 15,
      steps: [
        { id: 'collect', state: 'done' },
        { id: 'seal', state: 'done' },
        { id: 'print', state: 'now' },
        { id: 'slip', state: 'next' },
      ],
    },
  },
  {
    name: 'printing-stopped',
    content: {
      screen: 'printing',
      title: { zh: '打印缴存明细', en: 'Print a deposit statement' },
      period: { from: '2025-11', to: '2026-10' },
      documentNumber: DOCUMENT,
      page: 2,
      pages: 3,
      stoppedBy: 'E4102',
      usualSeconds: 15,
      steps: [
        { id: 'collect', state: 'done' },
        { id: 'seal', state: 'done' },
        { id: 'print', state: 'failed' },
        { id: 'slip', state: 'next' },
      ],
    },
  },
  {
    name: 'printed',
    content: {
      screen: 'printed',
      title: { zh: '打印缴存明细', en: 'Print a deposit statement' },
      documentNumber: DOCUMENT,
      verificationCode: 'K74Q2918',
      pages: 3,
      slip: 'printed',
    },
  },
  {
    name: 'request-topic',
    frame: nobody,
    content: {
      screen: 'requestTopic',
      item: 'S01',
      topics: [
        { id: 't1', name: { zh: '单位没有按时缴存', en: 'My employer does not pay on time' } },
        { id: 't2', name: { zh: '提取办理', en: 'Withdrawals' } },
        { id: 't3', name: { zh: '贷款办理', en: 'Loans' } },
        { id: 't4', name: { zh: '窗口服务', en: 'Service at the counter' } },
        { id: 't5', name: { zh: '自助机和手机应用', en: 'Machines and phone app' } },
        { id: 't6', name: { zh: '其他', en: 'Something else' } },
      ],
    },
  },
  {
    name: 'request-slot',
    content: {
      screen: 'requestSlot',
      branches: [
        { id: 'b1', name: { zh: '江州市本级大厅', en: 'Jiangzhou main hall' } },
        { id: 'b2', name: { zh: '临江管理部', en: 'Linjiang branch' } },
        { id: 'b3', name: { zh: '云山管理部', en: 'Yunshan branch' } },
      ],
      branchId: 'b1',
      days: [
        { date: '2026-11-23', morning: false, afternoon: true },
        { date: '2026-11-24', morning: true, afternoon: true },
        { date: '2026-11-25', morning: true, afternoon: false },
        { date: '2026-11-26', morning: true, afternoon: true },
        { date: '2026-11-27', morning: true, afternoon: true },
      ],
    },
  },
  {
    name: 'request-confirm',
    frame: { link: 'offline' },
    content: {
      screen: 'requestConfirm',
      item: 'B08',
      topic: { zh: '提前还款面谈', en: 'Early repayment interview' },
      slot: { branch: { zh: '江州市本级大厅', en: 'Jiangzhou main hall' }, date: '2026-11-25', half: 'morning' },
      phoneOnRecord: PHONE,
      offline: true,
    },
  },
  { name: 'accepted', content: accepted(false, 'printing') },
  { name: 'accepted-offline', frame: { link: 'offline' }, content: accepted(true, 'printed') },
  { name: 'accepted-no-slip', frame: { link: 'offline' }, content: accepted(true, 'failed') },
  {
    name: 'failure-print',
    content: {
      screen: 'failure',
      code: 'E4102',
      step: 'print',
      printed: 2,
      pages: 3,
      number: DOCUMENT,
      canRetry: true,
      instead: [B08, S01],
    },
  },
  {
    name: 'failure-query',
    content: {
      screen: 'failure',
      code: 'E3103',
      step: 'query',
      printed: null,
      pages: null,
      number: null,
      canRetry: true,
      instead: [S01],
    },
  },
  {
    name: 'failure-card',
    frame: nobody,
    content: {
      screen: 'failure',
      code: 'E1104',
      step: 'readCard',
      printed: null,
      pages: null,
      number: null,
      canRetry: false,
      instead: [],
    },
  },
  { name: 'rate', content: { screen: 'rate', askReason: false } },
  { name: 'rate-reason', content: { screen: 'rate', askReason: true } },
  { name: 'goodbye', frame: nobody, content: { screen: 'goodbye', reason: 'finished', instead: null } },
  { name: 'goodbye-idle', frame: nobody, content: { screen: 'goodbye', reason: 'idle', instead: null } },
  {
    name: 'technician-sign-in',
    frame: nobody,
    content: { screen: 'technicianSignIn', error: 'E7101', lockedSeconds: null, checking: false },
  },
  { name: 'technician', frame: nobody, content: TECHNICIAN },
  {
    name: 'technician-history',
    frame: nobody,
    content: {
      ...TECHNICIAN,
      history: {
        deviceId: 'a4',
        asking: false,
        error: null,
        entries: [
          { at: NOW - 4 * 60_000, state: 'fault', code: 'E4102' },
          { at: NOW - 52 * 60_000, state: 'ready' },
          { at: NOW - 58 * 60_000, state: 'fault', code: 'E4103' },
          { at: NOW - 26 * 3_600_000, state: 'ready' },
          { at: NOW - 26.1 * 3_600_000, state: 'starting' },
          { at: NOW - 26.2 * 3_600_000, state: 'offline', code: 'E4101' },
          { at: NOW - 50 * 3_600_000, state: 'ready' },
          { at: NOW - 50.1 * 3_600_000, state: 'starting' },
        ],
      },
    },
  },
  {
    name: 'technician-history-failed',
    frame: nobody,
    content: { ...TECHNICIAN, history: { deviceId: 'a4', asking: false, error: 'E9003', entries: [] } },
  },
  {
    name: 'technician-seven',
    frame: nobody,
    content: {
      ...TECHNICIAN,
      toDo: ['E4102', 'E1402', 'E4209'],
      devices: [
        ...TECHNICIAN.devices,
        device('bank-card-reader', 'bankCardReader', 'ready', { counters: { cardsRead: 402, cardsRetained: 3 } }),
        device('pin-pad', 'pinPad', 'fault', { code: 'E1402', counters: { pins: 377 } }),
        device('code-scanner', 'codeScanner', 'ready', { counters: { codes: 88 } }),
        device('io-board', 'ioBoard', 'ready'),
      ],
    },
  },
];

export const SAMPLES: readonly Sample[] = [...SCREENS, ...channelSamples(SCREENS)];

export interface Variant {
  readonly name: string;
  readonly frame: Partial<Frame>;
  readonly width: number;
  readonly height: number;
}

export const VARIANTS: readonly Variant[] = [
  { name: 'zh', frame: {}, width: 1080, height: 1920 },
  { name: 'en', frame: { language: 'en' }, width: 1080, height: 1920 },
  { name: 'zh-large', frame: { textSize: 'large' }, width: 1080, height: 1920 },
  { name: 'en-large', frame: { language: 'en', textSize: 'large' }, width: 1080, height: 1920 },
  { name: 'zh-wide', frame: {}, width: 1920, height: 1080 },
];

export function viewOf(sample: Sample, variant: Variant): View {
  return { frame: { ...FRAME, ...sample.frame, ...variant.frame }, content: sample.content };
}

export { NOW };

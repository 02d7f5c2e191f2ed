import type { SexCode } from './card-codes.ts';
import type { AccountState, WithdrawalReason } from './code-tables.ts';
import type { CalendarDate, CalendarMonth } from './dates.ts';

/** How an invented account came to be. The rows follow from it by arithmetic. */
export interface AccountPlan {
  readonly unit: keyof typeof UNITS;
  readonly openedIn: CalendarMonth;
  /** Yuan in the first fund year; every 1 July it grows by `growthPercent`. */
  readonly firstBaseYuan: number;
  readonly growthPercent: number;
  /** Of unit and person each. */
  readonly ratio: '5' | '7' | '8' | '10' | '12';
  readonly state: AccountState;
  /** Deposits end after this month; interest goes on. */
  readonly lastDepositMonth?: CalendarMonth;
  readonly withdrawals: readonly {
    readonly date: CalendarDate;
    readonly yuan: number;
    readonly reason: WithdrawalReason;
  }[];
}

export interface PersonPlan {
  readonly key: string;
  readonly name: string;
  readonly sex: SexCode;
  readonly nation: string;
  readonly birthDate: CalendarDate;
  readonly address: string;
  readonly validFrom: CalendarDate;
  readonly validUntil: CalendarDate | '长期';
  readonly accounts: readonly AccountPlan[];
}

export const UNITS = {
  xinghe: '江州星河科技有限公司',
  hospital: '江州市第一人民医院',
  bridge: '江州长虹桥梁建设股份有限公司',
  school: '江州市实验中学',
  garden: '江州绿园园林有限责任公司',
} as const;

/**
 * The depositors of Jiangzhou (江州市), a city that does not exist. Each is here for a reason: an ordinary account, a character outside common
 * fonts, a name with a middle dot, a card without end, two accounts, a long history, a character outside the basic plane, one that
 * our fonts lack.
 */
export const PEOPLE: readonly PersonPlan[] = [
  {
    key: 'ordinary',
    name: '沈知夏',
    sex: '2',
    nation: '01',
    birthDate: '1991-04-18',
    address: '江州市望江区柳荫路18号3幢502室',
    validFrom: '2018-05-09',
    validUntil: '2038-05-09',
    accounts: [
      {
        unit: 'xinghe',
        openedIn: '2022-07',
        firstBaseYuan: 8765.43,
        growthPercent: 4,
        ratio: '12',
        state: '01',
        withdrawals: [
          { date: '2024-09-10', yuan: 12_000, reason: '07' },
          { date: '2025-12-16', yuan: 15_000, reason: '07' },
        ],
      },
    ],
  },
  {
    key: 'rare-character',
    name: '周䶮',
    sex: '1',
    nation: '01',
    birthDate: '1987-11-02',
    address: '江州市北湖区书院街7号1单元101室',
    validFrom: '2020-01-15',
    validUntil: '2040-01-15',
    accounts: [
      {
        unit: 'hospital',
        openedIn: '2021-03',
        firstBaseYuan: 10_000,
        growthPercent: 3,
        ratio: '12',
        state: '01',
        withdrawals: [{ date: '2025-03-20', yuan: 30_000, reason: '06' }],
      },
    ],
  },
  {
    key: 'middle-dot',
    name: '阿依慕·图尔荪',
    sex: '2',
    nation: '05',
    birthDate: '1994-02-28',
    address: '江州市望江区石榴巷26号2幢604室',
    validFrom: '2019-08-20',
    validUntil: '2039-08-20',
    accounts: [
      {
        unit: 'school',
        openedIn: '2023-09',
        firstBaseYuan: 6543.21,
        growthPercent: 5,
        ratio: '10',
        state: '01',
        withdrawals: [{ date: '2026-04-08', yuan: 8000, reason: '07' }],
      },
    ],
  },
  {
    key: 'card-without-end',
    name: '顾长庚',
    sex: '1',
    nation: '01',
    birthDate: '1968-06-30',
    address: '江州市北湖区老码头街112号',
    validFrom: '2014-07-01',
    validUntil: '长期',
    accounts: [
      {
        unit: 'bridge',
        openedIn: '2015-07',
        firstBaseYuan: 5200,
        growthPercent: 5,
        ratio: '8',
        state: '01',
        withdrawals: [
          { date: '2018-05-22', yuan: 20_000, reason: '02' },
          { date: '2023-10-11', yuan: 40_000.5, reason: '09' },
        ],
      },
    ],
  },
  {
    key: 'two-accounts',
    name: '欧阳晴川',
    sex: '2',
    nation: '15',
    birthDate: '1989-09-12',
    address: '江州市南屏区梧桐里9号5幢1203室',
    validFrom: '2016-10-08',
    validUntil: '2036-10-08',
    accounts: [
      {
        unit: 'xinghe',
        openedIn: '2023-04',
        firstBaseYuan: 15_300,
        growthPercent: 6,
        ratio: '7',
        state: '01',
        withdrawals: [{ date: '2025-08-05', yuan: 18_000, reason: '06' }],
      },
      {
        unit: 'garden',
        openedIn: '2018-02',
        firstBaseYuan: 4300,
        growthPercent: 3,
        ratio: '5',
        state: '02',
        lastDepositMonth: '2023-03',
        withdrawals: [{ date: '2021-06-17', yuan: 6000, reason: '07' }],
      },
    ],
  },
  {
    key: 'supplementary-plane',
    name: '林𬭊',
    sex: '1',
    nation: '11',
    birthDate: '1996-12-31',
    address: '江州市南屏区环城东路230号8幢301室',
    validFrom: '2021-03-01',
    validUntil: '2041-03-01',
    accounts: [
      {
        unit: 'bridge',
        openedIn: '2022-01',
        firstBaseYuan: 7200,
        growthPercent: 8,
        ratio: '8',
        state: '01',
        withdrawals: [{ date: '2026-01-15', yuan: 9600, reason: '07' }],
      },
    ],
  },
  {
    key: 'frozen-account',
    name: '白雪松',
    sex: '1',
    nation: '02',
    birthDate: '1983-07-07',
    address: '江州市北湖区松涛路55号2幢202室',
    validFrom: '2013-11-11',
    validUntil: '2033-11-11',
    accounts: [
      {
        unit: 'garden',
        openedIn: '2020-05',
        firstBaseYuan: 5600,
        growthPercent: 2,
        ratio: '5',
        state: '06',
        withdrawals: [{ date: '2023-02-14', yuan: 5000, reason: '01' }],
      },
    ],
  },
  {
    key: 'no-account',
    name: '温小满',
    sex: '2',
    nation: '01',
    birthDate: '2003-05-21',
    address: '江州市望江区新芽路3号宿舍B座410室',
    validFrom: '2024-06-03',
    validUntil: '2034-06-03',
    accounts: [],
  },
  {
    key: 'missing-character',
    name: '陈𱍐安',
    sex: '1',
    nation: '01',
    birthDate: '1979-10-16',
    address: '江州市南屏区渔港路61号4幢103室',
    validFrom: '2017-02-20',
    validUntil: '2037-02-20',
    accounts: [
      {
        unit: 'hospital',
        openedIn: '2019-04',
        firstBaseYuan: 6800,
        growthPercent: 4,
        ratio: '10',
        state: '01',
        withdrawals: [{ date: '2024-01-18', yuan: 22_000, reason: '02' }],
      },
    ],
  },
];

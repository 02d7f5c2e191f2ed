import { DateText, Words } from '@kiosk/contract/services/common.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { maskAccount, maskIdNumber, maskName, maskUnitName } from '@kiosk/domain/masking.ts';
import { z } from 'zod';
import type { Depositor } from '../../core/core-system.ts';

/** Every value that can leave the centre, by name, and how it is shortened. What is not in this list has no way out. */
export const OUTWARD_FIELDS = {
  name: { words: { zh: '姓名', en: 'Name' }, of: (d) => d.name, mask: maskName },
  idNumber: { words: { zh: '证件号码', en: 'ID number' }, of: (d) => d.idNumber, mask: maskIdNumber },
  accountNumber: {
    words: { zh: '个人账号', en: 'Account' },
    of: (d) => d.accounts[0]?.accountNumber,
    mask: maskAccount,
  },
  accountState: { words: { zh: '账户状态', en: 'State of the account' }, of: (d) => d.accounts[0]?.state },
  unitName: { words: { zh: '单位名称', en: 'Unit' }, of: (d) => d.accounts[0]?.unitName, mask: maskUnitName },
  openedOn: { words: { zh: '开户日期', en: 'Opened' }, of: (d) => d.accounts[0]?.openedOn },
  paidToMonth: { words: { zh: '缴至年月', en: 'Paid to' }, of: (d) => d.accounts[0]?.paidToMonth },
  contributionBaseFen: { words: { zh: '缴存基数', en: 'Base' }, of: (d) => d.accounts[0]?.contributionBaseFen },
  monthlyFen: {
    words: { zh: '月缴存额', en: 'Monthly amount' },
    of: (d) => {
      const [account] = d.accounts;
      return account && account.unitMonthlyFen + account.personMonthlyFen;
    },
  },
  balanceFen: { words: { zh: '账户余额', en: 'Balance' }, of: (d) => d.accounts[0]?.balanceFen },
  pays: { words: { zh: '是否正常缴存', en: 'Is paying' }, of: (d) => d.accounts.some(({ state }) => state === '01') },
  hasLoan: { words: { zh: '是否有公积金贷款', en: 'Has a loan' }, of: (d) => d.loans.length > 0 },
} as const satisfies Record<string, OutwardField>;
export type OutwardFieldName = keyof typeof OUTWARD_FIELDS;

interface OutwardField {
  readonly words: Words;
  of(depositor: Depositor): string | number | boolean | undefined;
  /** How it is masked; absent: there is no masked form. */
  mask?(value: string): string;
}

const FieldName = z.enum(Object.keys(OUTWARD_FIELDS) as [OutwardFieldName, ...OutwardFieldName[]]);

export const Grant = z.strictObject({
  field: FieldName,
  /** plain: as it is. masked: as on a public page. rounded: money down to whole `roundFen`. */
  form: z.enum(['plain', 'masked', 'rounded']).default('plain'),
  roundFen: z.number().int().positive().optional(),
  /** Only with a consent of the person that is in force. */
  consent: z.boolean().default(false),
});
export type Grant = z.infer<typeof Grant>;

export const DepartmentId = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);

/** What an authority may have. Written down with why, and changed by two people. */
export const DepartmentSettings = z.strictObject({
  departmentId: DepartmentId,
  name: Words,
  purpose: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
  purposeWords: Words,
  /** The rule it rests on, as it is quoted. */
  legalBasis: z.string().min(4).max(300),
  grants: z.array(Grant).max(40),
  enabled: z.boolean().default(true),
  validFrom: DateText.nullable().default(null),
  validTo: DateText.nullable().default(null),
  perMinute: z.number().int().min(1).max(10_000).default(60),
  perDay: z.number().int().min(1).max(1_000_000).default(5_000),
});
export type DepartmentSettings = z.infer<typeof DepartmentSettings>;

export const inDates = ({ validFrom, validTo }: DepartmentSettings, now: number): boolean => {
  const today = shanghaiDate(now);
  return (validFrom === null || today >= validFrom) && (validTo === null || today <= validTo);
};

/** The value of a grant for somebody, in the form granted; undefined: there is none, or no such form of it. */
export function valueOf({ field, form, roundFen }: Grant, depositor: Depositor): string | number | boolean | undefined {
  const { of, ...how }: OutwardField = OUTWARD_FIELDS[field];
  const value = of(depositor);
  if (value === undefined || form === 'plain') return value;
  if (form === 'masked') return typeof value === 'string' && how.mask ? how.mask(value) : undefined;
  if (typeof value !== 'number' || roundFen === undefined) return undefined;
  return Math.floor(value / roundFen) * roundFen;
}

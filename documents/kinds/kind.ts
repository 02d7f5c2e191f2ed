import {
  ACCOUNT_STATES,
  CERTIFICATE_TYPES,
  type AccountState,
  type CertificateType,
} from '@kiosk/domain/code-tables.ts';
import { isCalendarDate, isCalendarMonth } from '@kiosk/domain/dates.ts';
import { maskAccount, maskIdNumber } from '@kiosk/domain/masking.ts';
import { z } from 'zod';
import type { OpenPaper } from '../layout/paper/open.ts';
import type { Paper } from '../layout/paper/paper.ts';

/** A line of the page that verifies a paper: nothing on it is whole that the mask hides. */
export interface PublicFact {
  readonly zh: string;
  readonly en: string;
  readonly value: string;
  /** money, and number for what is compared digit by digit. */
  readonly style?: 'money' | 'total' | 'number';
}

/** One kind of paper: what it says, how it looks, and what a stranger with number and code may see of it. */
export interface DocumentKind<C> {
  readonly title: string;
  readonly english: string;
  readonly content: z.ZodType<C>;
  /** Everything of the content that comes from outside and is printed. */
  printed(content: C): readonly string[];
  draw(open: OpenPaper, content: C): void;
  facts(content: C): readonly PublicFact[];
}

export const CalendarDate = z.string().refine(isCalendarDate, 'a calendar date YYYY-MM-DD');
export const CalendarMonth = z.string().refine(isCalendarMonth, 'a calendar month YYYY-MM');
export const Fen = z.number().int().min(0);
export const keysOf = <Key extends string>(table: Readonly<Record<Key, string>>): [Key, ...Key[]] =>
  Object.keys(table) as [Key, ...Key[]];
export const codeOf = <Key extends string>(table: Readonly<Record<Key, string>>) => z.enum<Key[]>(keysOf(table));

export const Person = z.object({
  name: z.string().min(1).max(60),
  certificateType: z.enum<CertificateType[]>(keysOf(CERTIFICATE_TYPES)),
  certificateNumber: z.string().min(1).max(30),
});
export type Person = z.infer<typeof Person>;

/** A person's fund account as certificates tell it. Ratios are per cent times 100. */
export const AccountFacts = z.object({
  number: z.string().min(1).max(20),
  unitName: z.string().min(1).max(120),
  unitAccount: z.string().max(20),
  openedOn: CalendarDate,
  state: z.enum<AccountState[]>(keysOf(ACCOUNT_STATES)),
  contributionBaseFen: Fen,
  unitRatioBp: z.number().int().min(0).max(10_000),
  personRatioBp: z.number().int().min(0).max(10_000),
  unitMonthlyFen: Fen,
  personMonthlyFen: Fen,
  /** 缴至年月; null before the first deposit. */
  paidToMonth: CalendarMonth.nullable(),
  balanceFen: Fen,
});
export type AccountFacts = z.infer<typeof AccountFacts>;

export const shownCertificate = ({ shown }: Paper, { certificateNumber }: Person): string =>
  shown === 'full' ? certificateNumber : maskIdNumber(certificateNumber);

/** Of a bank account: the last four digits unless the depositor wants them all. */
export const shownAccount = ({ shown }: Paper, number: string): string =>
  shown === 'full' ? number : maskAccount(number);

/** 1200 → '12%', 525 → '5.25%'. */
export const percent = (basisPoints: number): string => `${basisPoints / 100}%`;

/** '2026-05' → '2026年5月'. */
export const chineseMonth = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5))}月`;

import type { Account } from '@kiosk/domain/account.ts';
import { summarisePeriod } from '@kiosk/domain/account.ts';
import type { Period } from '@kiosk/domain/dates.ts';
import { makeDocumentNumber } from '@kiosk/domain/document-number.ts';
import { SYNTHETIC_CENTRE_CODE, SYNTHETIC_CENTRE_NAME, type SyntheticPerson } from '@kiosk/domain/synthetic.ts';
import { verificationCode } from '../verification.ts';
import { canonicalContent, type DepositStatementInput } from './schema.ts';

/** A statement of a synthetic person, as the platform would ask for it; for tests, previews and documentation. */
export function exampleStatement(
  person: SyntheticPerson,
  account: Account,
  period: Period,
  printedAt: number = Date.UTC(2026, 10, 21, 6, 8, 5),
): DepositStatementInput {
  const { openingFen, entries } = summarisePeriod(account.entries, period);
  const content = {
    documentNumber: makeDocumentNumber({
      centre: SYNTHETIC_CENTRE_CODE,
      date: '2026-11-21',
      terminal: 'JZ0030',
      sequence: 427,
    }),
    person: { name: person.name, certificateType: '01' as const, certificateNumber: person.idNumber },
    account: { number: account.accountNumber, unitName: account.unitName, unitAccount: account.unitAccount },
    period,
    openingFen,
    rows: entries.map((entry) => ({
      date: entry.date,
      kind: entry.kind,
      summary: entry.summary,
      ...(entry.depositMonth ? { depositMonths: { from: entry.depositMonth, to: entry.depositMonth } } : {}),
      inFen: entry.inFen,
      outFen: entry.outFen,
      balanceFen: entry.balanceFen,
    })),
  };
  return {
    ...content,
    verificationCode: verificationCode(
      canonicalContent(content),
      new TextEncoder().encode('an example key, never a real one'),
    ),
    verifyUrl: 'https://gjj.jiangzhou.example/v',
    centreName: SYNTHETIC_CENTRE_NAME,
    certificateShown: 'masked',
    printedAt,
    terminalId: 'JZ0030',
    demonstration: true,
  };
}

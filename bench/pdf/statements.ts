import { exampleStatement } from '@kiosk/documents/deposit-statement/example.ts';
import { canonicalContent, type DepositStatementInput } from '@kiosk/documents/deposit-statement/schema.ts';
import { verificationCode } from '@kiosk/documents/verification.ts';
import { addMonths } from '@kiosk/domain/dates.ts';
import { syntheticPerson } from '@kiosk/domain/synthetic.ts';

const TODAY = '2026-11-21';
const FIRST_MONTH = '1995-01';
const DEPOSIT_FEN = 123_456;

/** A deposit statement with this many rows of monthly deposits, interest among them. */
export function statementOfRows(count: number): DepositStatementInput {
  const person = syntheticPerson('ordinary', TODAY);
  const period = { from: `${FIRST_MONTH}-01`, to: TODAY };
  const example = exampleStatement(person, person.accounts[0]!, period);
  const rows = Array.from({ length: count }, (_, i) => {
    const month = addMonths(FIRST_MONTH, i % 380);
    const interest = i % 13 === 12;
    return {
      date: `${month}-15`,
      kind: interest ? ('09' as const) : ('01' as const),
      summary: interest ? '年终结息' : '汇缴',
      ...(interest ? {} : { depositMonths: { from: month, to: month } }),
      inFen: DEPOSIT_FEN + i,
      outFen: 0,
      balanceFen: DEPOSIT_FEN * (i + 1) + (i * (i + 1)) / 2,
    };
  });
  const content = { ...example, openingFen: 0, rows };
  return { ...content, verificationCode: verificationCode(canonicalContent(content), Buffer.from('bench')) };
}

import { capitalWords } from '@kiosk/domain/capital-words.ts';
import { chineseDate, shanghaiDate, shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { formatDocumentNumber } from '@kiosk/domain/document-number.ts';
import { maskIdNumber } from '@kiosk/domain/masking.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import {
  DepositStatement,
  type DepositStatementInput,
  statementTotals,
} from '@kiosk/documents/deposit-statement/schema.ts';
import { STATEMENT_TRUTH } from '@kiosk/documents/deposit-statement/render.ts';
import { detailRow, openingRow, closingRow, COLUMNS } from '@kiosk/documents/deposit-statement/rows.ts';
import { formatVerificationCode, verificationLink } from '@kiosk/documents/verification.ts';

/** What a statement says, as words in order, for peers that lay it out in their own way. */
export interface StatementWords {
  readonly title: string;
  readonly centre: string;
  readonly period: string;
  readonly facts: readonly (readonly [string, string])[];
  readonly figures: readonly (readonly [string, string])[];
  readonly headings: readonly string[];
  /** Points; 0 takes what is left. */
  readonly widths: readonly number[];
  readonly aligns: readonly ('left' | 'right' | 'center')[];
  readonly rows: readonly (readonly string[])[];
  readonly capitals: string;
  readonly link: string;
  readonly code: string;
  readonly notes: readonly string[];
  readonly issued: string;
  readonly footer: string;
}

/**
 * The same content for every contestant. The seal is left to ours alone: that is work the peers are spared.
 */
export function wordsOf(input: DepositStatementInput): StatementWords {
  const statement = DepositStatement.parse(input);
  const totals = statementTotals(statement);
  const { person, account, documentNumber, printedAt } = statement;
  return {
    title: '个人住房公积金缴存明细对账单',
    centre: statement.centreName,
    period: `${chineseDate(statement.period.from)} 至 ${chineseDate(statement.period.to)}`,
    facts: [
      ['姓名', person.name],
      ['身份证', maskIdNumber(person.certificateNumber)],
      ['个人账号', account.number],
      ['单位账号', account.unitAccount],
      ['单位名称', account.unitName],
      ['打印时间', shanghaiDateTime(printedAt)],
      ['凭证编号', formatDocumentNumber(documentNumber)],
      ['自助终端', statement.terminalId],
    ],
    figures: [
      ['期初余额', formatYuan(statement.openingFen)],
      ['收入合计', formatYuan(totals.inFen)],
      ['其中利息', formatYuan(totals.interestFen)],
      ['支出合计', formatYuan(totals.outFen)],
      ['期末余额', formatYuan(totals.closingFen)],
    ],
    headings: COLUMNS.map(({ heading }) => heading),
    widths: COLUMNS.map(({ width }) => width),
    aligns: COLUMNS.map(({ align }) => align),
    rows: [openingRow(statement), ...statement.rows.map(detailRow), closingRow(totals)].map(({ cells }) => [...cells]),
    capitals: `期末余额（大写）人民币${capitalWords(totals.closingFen)}`,
    link: verificationLink(statement.verifyUrl, documentNumber, statement.verificationCode),
    code: formatVerificationCode(statement.verificationCode),
    notes: [STATEMENT_TRUTH, '扫描左侧二维码，或在自助终端选择“凭证验真”，可以核对本凭证的真伪和状态。'],
    issued: chineseDate(shanghaiDate(printedAt)),
    footer: `编号 ${formatDocumentNumber(documentNumber)}`,
  };
}

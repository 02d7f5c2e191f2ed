import { maskAccount, maskName } from '@kiosk/domain/masking.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import { TITLE } from '../deposit-statement/head.ts';
import { drawStatement, printedTexts } from '../deposit-statement/render.ts';
import { StatementContent, statementTotals } from '../deposit-statement/schema.ts';
import type { DocumentKind } from './kind.ts';

/** 个人住房公积金缴存明细对账单, in the table of kinds. */
export const depositStatement: DocumentKind<StatementContent> = {
  title: TITLE,
  english: 'Deposit statement',
  content: StatementContent,
  printed: printedTexts,
  draw: drawStatement,
  facts(content) {
    const totals = statementTotals(content);
    return [
      { zh: '姓名', en: 'Name', value: maskName(content.person.name) },
      { zh: '个人账号', en: 'Account', value: maskAccount(content.account.number), style: 'number' },
      { zh: '起止日期', en: 'Period', value: `${content.period.from} 至 ${content.period.to}` },
      { zh: '明细笔数', en: 'Entries', value: `${content.rows.length} 笔` },
      { zh: '本期收入', en: 'In', value: `${formatYuan(totals.inFen)} 元`, style: 'money' },
      { zh: '本期支出', en: 'Out', value: `${formatYuan(totals.outFen)} 元`, style: 'money' },
      { zh: '期末余额', en: 'Closing', value: `${formatYuan(totals.closingFen)} 元`, style: 'total' },
    ];
  },
};

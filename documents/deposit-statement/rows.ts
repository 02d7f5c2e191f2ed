import { formatYuan } from '@kiosk/domain/money.ts';
import type { Column, Row } from '../layout/table.ts';
import type { DepositStatementRow, StatementContent, StatementTotals } from './schema.ts';

export const COLUMNS: readonly Column[] = [
  { heading: '序号', width: 32, align: 'center' },
  { heading: '日期', width: 66, align: 'left' },
  { heading: '摘要', width: 0, align: 'left' },
  { heading: '缴存年月', width: 66, align: 'left' },
  { heading: '收入', width: 82, align: 'right' },
  { heading: '支出', width: 82, align: 'right' },
  { heading: '余额', width: 92, align: 'right' },
];

const OFFICE: Column = { heading: '经办机构', width: 66, align: 'right' };
/** Widths with the office beside: amounts of seven digits still have room. */
const NARROW = [26, 60, 0, 60, 70, 70, 76] as const;

/** With the handling office at the right where the rows say one. */
export function columnsFor(statement: Pick<StatementContent, 'rows'>): readonly Column[] {
  if (!statement.rows.some(({ office }) => office !== undefined)) return COLUMNS;
  return [...COLUMNS.map((column, i) => ({ ...column, width: NARROW[i]! })), OFFICE];
}

export function openingRow(statement: StatementContent): Row {
  return { cells: ['', '', '期初余额', '', '', '', formatYuan(statement.openingFen)] };
}

/** First line of every further page, so that each page can be checked by itself. */
export function carriedRow(balanceFen: number): Row {
  return { cells: ['', '', '承上页', '', '', '', formatYuan(balanceFen)] };
}

export function detailRow(row: DepositStatementRow, index: number): Row {
  const { depositMonths: months } = row;
  return {
    cells: [
      String(index + 1),
      row.date,
      row.summary,
      months ? (months.from === months.to ? months.from : `${months.from} 至 ${months.to}`) : '',
      row.inFen > 0 ? formatYuan(row.inFen) : '',
      row.outFen > 0 ? formatYuan(row.outFen) : '',
      formatYuan(row.balanceFen),
      ...(row.office === undefined ? [] : [row.office]),
    ],
  };
}

export function closingRow(totals: StatementTotals): Row {
  return {
    cells: [
      '',
      '',
      '合计 / 期末余额',
      '',
      formatYuan(totals.inFen),
      formatYuan(totals.outFen),
      formatYuan(totals.closingFen),
    ],
    weight: 'bold',
  };
}

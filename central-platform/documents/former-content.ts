import type { PublicFact } from '@kiosk/documents/index.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import { z } from 'zod';

/** What the register kept of a deposit statement before there were other kinds. */
const Former = z.object({
  nameMasked: z.string(),
  accountMasked: z.string(),
  from: z.string(),
  to: z.string(),
  rows: z.number(),
  totalInFen: z.number(),
  totalOutFen: z.number(),
  closingFen: z.number(),
});

export function formerFacts(content: unknown): PublicFact[] {
  const parsed = Former.safeParse(content);
  if (!parsed.success) return [];
  const { nameMasked, accountMasked, from, to, rows, totalInFen, totalOutFen, closingFen } = parsed.data;
  return [
    { zh: '姓名', en: 'Name', value: nameMasked },
    { zh: '个人账号', en: 'Account', value: accountMasked, style: 'number' },
    { zh: '起止日期', en: 'Period', value: `${from} 至 ${to}` },
    { zh: '明细笔数', en: 'Entries', value: `${rows} 笔` },
    { zh: '本期收入', en: 'In', value: `${formatYuan(totalInFen)} 元`, style: 'money' },
    { zh: '本期支出', en: 'Out', value: `${formatYuan(totalOutFen)} 元`, style: 'money' },
    { zh: '期末余额', en: 'Closing', value: `${formatYuan(closingFen)} 元`, style: 'total' },
  ];
}

import type { ItemGroup, ServiceItem } from '@kiosk/contract/platform/catalogue.ts';
import { BUSINESS } from './items/business.ts';
import { CONSULTING } from './items/consulting.ts';
import { PRINTS } from './items/prints.ts';
import { QUERIES } from './items/queries.ts';

export const GROUPS: readonly ItemGroup[] = [
  {
    id: 'look',
    name: { zh: '查一查', en: 'Look up' },
    hint: { zh: '余额、明细、贷款、进度', en: 'Balance, entries, loan, progress' },
    order: 1,
  },
  {
    id: 'print',
    name: { zh: '打印', en: 'Print' },
    hint: { zh: '对账单和各种证明', en: 'Statements and certificates' },
    order: 2,
  },
  {
    id: 'apply',
    name: { zh: '办业务', en: 'Apply' },
    hint: { zh: '提取、还款、变更、预约', en: 'Withdraw, repay, change, book' },
    order: 3,
  },
  {
    id: 'ask',
    name: { zh: '问一问', en: 'Ask' },
    hint: { zh: '指南、网点、计算、帮忙', en: 'Guides, branches, sums, help' },
    order: 4,
  },
];

/** What a terminal without groups shows first, in this order; the rest follows as it stands in the lists. */
const FIRST = ['P01', 'Q01', 'Q02', 'B08', 'S01', 'S02', 'P02', 'P03', 'Q04', 'B03'];

const rank = ({ id }: ServiceItem): number => (FIRST.includes(id) ? FIRST.indexOf(id) : FIRST.length);

/** The service items this platform publishes. Data: a terminal shows what stands here and knows no item by itself. */
export const ITEMS: readonly ServiceItem[] = [...QUERIES, ...PRINTS, ...BUSINESS, ...CONSULTING].sort(
  (a, b) => rank(a) - rank(b),
);

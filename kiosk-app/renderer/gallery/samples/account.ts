/** The account, its entries and its paper. */

import { monthPlus } from '../../format.ts';
import { DOCUMENT, NOW, type Sample } from './sample.ts';

export const ACCOUNT: readonly Sample[] = [
  {
    name: 'account',
    content: {
      screen: 'account',
      balanceFen: 5_864_502,
      asOf: NOW,
      statusText: { zh: '正常', en: 'Normal' },
      contributionBaseFen: 1_000_000,
      unitRatioBp: 1200,
      personRatioBp: 1200,
      unitMonthlyFen: 120_000,
      personMonthlyFen: 120_000,
      paidToMonth: '2026-10',
      openedOn: '2019-07-01',
      unitName: '江州**科技有限公司',
      accountNumber: '********6789',
      revealSecondsLeft: null,
      recentBalances: Array.from({ length: 12 }, (_, i) => ({
        month: monthPlus('2025-11', i),
        balanceFen: 4_600_000 + i * 120_000 - (i > 5 ? 500_000 : 0) + (i > 8 ? 380_000 : 0),
      })),
    },
  },
  {
    name: 'period',
    content: {
      screen: 'period',
      purpose: 'print',
      earliest: '2019-07',
      latest: '2026-10',
      presets: [
        { id: 'last12', period: { from: '2025-11', to: '2026-10' } },
        { id: 'thisYear', period: { from: '2026-01', to: '2026-10' } },
        { id: 'lastYear', period: { from: '2025-01', to: '2025-12' } },
        { id: 'all', period: { from: '2019-07', to: '2026-10' } },
      ],
    },
  },
  {
    name: 'details',
    content: {
      screen: 'details',
      period: { from: '2025-11', to: '2026-10' },
      page: 1,
      pages: 3,
      totalRows: 25,
      openingFen: 3_412_200,
      totalInFen: 2_952_302,
      totalOutFen: 500_000,
      closingFen: 5_864_502,
      rows: Array.from({ length: 9 }, (_, i) =>
        i === 3
          ? {
              date: '2026-07-02',
              kind: '11',
              summary: '部分提取（租房）',
              inFen: 0,
              outFen: 500_000,
              balanceFen: 5_100_000,
            }
          : {
              date: `2026-${String(10 - i).padStart(2, '0')}-15`,
              kind: '01',
              summary: '汇缴',
              depositMonth: monthPlus('2026-10', -i),
              inFen: 240_000,
              outFen: 0,
              balanceFen: 5_864_502 - i * 240_000,
            },
      ),
    },
  },
  { name: 'working', content: { screen: 'working', task: 'account', usualSeconds: 3 } },
  {
    name: 'printing',
    content: {
      screen: 'printing',
      title: { zh: '打印缴存明细', en: 'Print a deposit statement' },
      period: { from: '2025-11', to: '2026-10' },
      documentNumber: DOCUMENT,
      page: 2,
      pages: 3,
      stoppedBy: null,
      usualSeconds: 15,
      steps: [
        { id: 'collect', state: 'done' },
        { id: 'seal', state: 'done' },
        { id: 'print', state: 'now' },
        { id: 'slip', state: 'next' },
      ],
    },
  },
  {
    name: 'printing-stopped',
    content: {
      screen: 'printing',
      title: { zh: '打印缴存明细', en: 'Print a deposit statement' },
      period: { from: '2025-11', to: '2026-10' },
      documentNumber: DOCUMENT,
      page: 2,
      pages: 3,
      stoppedBy: 'E4102',
      usualSeconds: 15,
      steps: [
        { id: 'collect', state: 'done' },
        { id: 'seal', state: 'done' },
        { id: 'print', state: 'failed' },
        { id: 'slip', state: 'next' },
      ],
    },
  },
  {
    name: 'printed',
    content: {
      screen: 'printed',
      title: { zh: '打印缴存明细', en: 'Print a deposit statement' },
      documentNumber: DOCUMENT,
      verificationCode: 'K74Q2918',
      pages: 3,
      slip: 'printed',
    },
  },
];

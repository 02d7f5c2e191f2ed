import type { Catalogue } from '@kiosk/contract/platform/api.ts';
import { ITEMS } from './items.ts';

const BRANCHES: Catalogue['branches'] = [
  { id: 'wangjiang', name: { zh: '望江区管理部（望江大厅）', en: 'Wangjiang branch' } },
  { id: 'beihu', name: { zh: '北湖区管理部（北湖大厅）', en: 'Beihu branch' } },
  { id: 'nanping', name: { zh: '南屏区管理部（南屏大厅）', en: 'Nanping branch' } },
];

const TOPICS: Catalogue['topics'] = [
  { id: 'deposit', item: 'S01', name: { zh: '缴存、基数和比例', en: 'Deposits, base and ratio' } },
  { id: 'withdrawal', item: 'S01', name: { zh: '提取', en: 'Withdrawal' } },
  { id: 'loan', item: 'S01', name: { zh: '贷款与还款', en: 'Loan and repayment' } },
  { id: 'staff', item: 'S01', name: { zh: '窗口服务', en: 'Service at the counter' } },
  { id: 'machine', item: 'S01', name: { zh: '这台机器', en: 'This machine' } },
  { id: 'other', item: 'S01', name: { zh: '其他', en: 'Something else' } },
  { id: 'withdrawal-visit', item: 'B08', name: { zh: '办理提取', en: 'A withdrawal' } },
  { id: 'loan-visit', item: 'B08', name: { zh: '办理贷款', en: 'A loan' } },
  { id: 'transfer-visit', item: 'B08', name: { zh: '办理转移接续', en: 'A transfer from another city' } },
  { id: 'details-visit', item: 'B08', name: { zh: '变更个人信息', en: 'A change of personal details' } },
];

/** What every terminal of the centre offers. The branches are those of 江州市, which does not exist. */
export function currentCatalogue(enquiryPhone: string): Catalogue {
  return { items: [...ITEMS], branches: BRANCHES, topics: TOPICS, enquiryPhone };
}

/** A request, from its topic to its number. */

import type { Screen } from '@kiosk/contract/screen/view.ts';
import { PHONE, type Sample, nobody } from './sample.ts';

const accepted = (offline: boolean, slip: 'printing' | 'printed' | 'failed'): Screen => ({
  screen: 'accepted',
  requestNumber: 'YTJ300120000428K',
  item: 'B08',
  topic: { zh: '提前还款面谈', en: 'Early repayment interview' },
  slot: { branch: { zh: '江州市本级服务大厅', en: 'Jiangzhou main hall' }, date: '2026-11-25', half: 'morning' },
  offline,
  replyTo: PHONE,
  slip,
});

export const REQUEST: readonly Sample[] = [
  {
    name: 'request-topic',
    frame: nobody,
    content: {
      screen: 'requestTopic',
      item: 'S01',
      topics: [
        { id: 't1', name: { zh: '单位没有按时缴存', en: 'My employer does not pay on time' } },
        { id: 't2', name: { zh: '提取办理', en: 'Withdrawals' } },
        { id: 't3', name: { zh: '贷款办理', en: 'Loans' } },
        { id: 't4', name: { zh: '窗口服务', en: 'Service at the counter' } },
        { id: 't5', name: { zh: '自助机和手机应用', en: 'Machines and phone app' } },
        { id: 't6', name: { zh: '其他', en: 'Something else' } },
      ],
    },
  },
  {
    name: 'request-slot',
    content: {
      screen: 'requestSlot',
      branches: [
        { id: 'b1', name: { zh: '江州市本级大厅', en: 'Jiangzhou main hall' } },
        { id: 'b2', name: { zh: '临江管理部', en: 'Linjiang branch' } },
        { id: 'b3', name: { zh: '云山管理部', en: 'Yunshan branch' } },
      ],
      branchId: 'b1',
      days: [
        { date: '2026-11-23', morning: false, afternoon: true },
        { date: '2026-11-24', morning: true, afternoon: true },
        { date: '2026-11-25', morning: true, afternoon: false },
        { date: '2026-11-26', morning: true, afternoon: true },
        { date: '2026-11-27', morning: true, afternoon: true },
      ],
    },
  },
  {
    name: 'request-confirm',
    frame: { link: 'offline' },
    content: {
      screen: 'requestConfirm',
      item: 'B08',
      topic: { zh: '提前还款面谈', en: 'Early repayment interview' },
      slot: { branch: { zh: '江州市本级大厅', en: 'Jiangzhou main hall' }, date: '2026-11-25', half: 'morning' },
      phoneOnRecord: PHONE,
      offline: true,
    },
  },
  { name: 'accepted', content: accepted(false, 'printing') },
  { name: 'accepted-offline', frame: { link: 'offline' }, content: accepted(true, 'printed') },
  { name: 'accepted-no-slip', frame: { link: 'offline' }, content: accepted(true, 'failed') },
];

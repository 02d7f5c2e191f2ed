import type { Words } from '@kiosk/contract/services/common.ts';

const CLOSED: Readonly<Record<string, Words>> = {
  finished: { zh: '办完离开', en: 'Finished' },
  ended: { zh: '中途退出', en: 'Left half-way' },
  idle: { zh: '无人操作', en: 'Nobody touched it' },
  cap: { zh: '到了最长时间', en: 'Longest time reached' },
  failed: { zh: '故障中断', en: 'Broken off by a fault' },
  lost: { zh: '人离开了', en: 'Person walked away' },
  stopped: { zh: '渠道停用', en: 'Channel was stopped' },
};
const REASONS: Readonly<Record<string, Words>> = {
  policy: { zh: '业务政策', en: 'Policy' },
  attitude: { zh: '服务态度', en: 'Attitude' },
  process: { zh: '流程效率', en: 'Process' },
  advice: { zh: '咨询解答', en: 'Advice' },
  device: { zh: '设备故障', en: 'Device' },
};

const wordsOf = (known: Readonly<Record<string, Words>>, key: string): Words => known[key] ?? { zh: key, en: key };
export const closedWords = (why: string): Words => wordsOf(CLOSED, why);
export const ratingReasonWords = (reason: string): Words => wordsOf(REASONS, reason);

import type { Translated } from './translated.ts';

/** Of a terminal that stands still: who was called, and who would be. */
export const zh = {
  title: '值守',
  told: (level: number, at: string) => `${at} 已通知第 ${level} 级`,
  nobody: '还没有通知到人',
  since: (ago: string) => `${ago}开始`,
  over: (minutes: string) => `${minutes} 后恢复`,
  past: '以前的停机',
  level: (n: number) => `第 ${n} 级`,
  allDay: '全天',
  now: '在岗',
  noContacts: '没有登记值守电话，停机时没有人会收到通知',
};

export const en: Translated<typeof zh> = {
  title: 'Duty',
  told: (level, at) => `Level ${level} told at ${at}`,
  nobody: 'Nobody told yet',
  since: (ago) => `began ${ago}`,
  over: (minutes) => `over after ${minutes}`,
  past: 'Earlier incidents',
  level: (n) => `Level ${n}`,
  allDay: 'all day',
  now: 'on duty',
  noContacts: 'No duty phone is registered: nobody hears when it stands still',
};

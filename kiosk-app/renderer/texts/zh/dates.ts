import { calendarParts, hallTime } from '../../format.ts';
import type { Period } from '@kiosk/contract/platform/api.ts';

const month = (text: string) => {
  const { year, month: m } = calendarParts(text);
  return `${year} 年 ${m} 月`;
};
const day = (text: string) => {
  const { month: m, day: d, weekday } = calendarParts(text);
  return `${m} 月 ${d} 日 周${'日一二三四五六'[weekday]}`;
};
const period = ({ from, to }: Period) => (from === to ? month(from) : `${month(from)}至 ${month(to)}`);

/** Dates, times and money. */
export const dates = {
  month,
  day,
  span: period,
  date: (text: string) => {
    const { year, month: m, day: d } = calendarParts(text);
    return `${year} 年 ${m} 月 ${d} 日`;
  },
  half: { morning: '上午', afternoon: '下午' },
  moment: (instant: number) => {
    const { date, time } = hallTime(instant);
    const { month: m, day: d } = calendarParts(date);
    return `${m} 月 ${d} 日 ${time}`;
  },
  yuan: '元',
  seconds: (n: number) => `${n} 秒`,
} as const;

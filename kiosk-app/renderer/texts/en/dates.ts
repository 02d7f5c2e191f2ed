import { calendarParts, hallTime } from '../../format.ts';
import type { Texts } from '../texts.ts';

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

const monthName = (m: number) => MONTHS[m - 1] ?? '';
const month = (text: string) => {
  const { year, month: m } = calendarParts(text);
  return `${monthName(m)} ${year}`;
};

export const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** Dates, times and money. */
export const dates: Pick<Texts, 'month' | 'day' | 'span' | 'date' | 'half' | 'moment' | 'yuan' | 'seconds'> = {
  month,
  day: (text) => {
    const { month: m, day: d, weekday } = calendarParts(text);
    return `${WEEKDAYS[weekday]} ${d} ${monthName(m)}`;
  },
  span: ({ from, to }) => (from === to ? month(from) : `${month(from)} to ${month(to)}`),
  date: (text) => {
    const { year, month: m, day: d } = calendarParts(text);
    return `${d} ${monthName(m)} ${year}`;
  },
  half: { morning: 'Morning', afternoon: 'Afternoon' },
  moment: (instant) => {
    const { date, time } = hallTime(instant);
    const { month: m, day: d } = calendarParts(date);
    return `${d} ${monthName(m)}, ${time}`;
  },
  yuan: 'yuan',
  seconds: (n) => `${n} s`,
};

import type { RequestForm } from '@kiosk/contract/journal/entry.ts';
import type { Words } from '@kiosk/contract/services/common.ts';

type Call = Extract<RequestForm, { item: 'S03' }>;

const WHY: Readonly<Record<Call['why'], Words>> = {
  question: { zh: '想问一件事', en: 'a question' },
  stuck: { zh: '不会操作', en: 'does not know how to go on' },
  accessibility: { zh: '看不清、听不见或够不着', en: 'cannot see, hear or reach it' },
  device: { zh: '机器有问题', en: 'something is wrong with the machine' },
  other: { zh: '其他', en: 'something else' },
};

/** A call in one word, as a work order keeps its topic: why, and the item the person was at. */
export const callTopic = ({ why, step = '' }: Call): string => `call.${why}.${step}`;

/** The same in words; null: no call. `nameOf`: of an item of the catalogue. */
export function calledFor(topicId: string, nameOf: (item: string) => Words | undefined): Words | null {
  const [, why = '', item = ''] = /^call\.(\w+)\.(\w*)$/.exec(topicId) ?? [];
  const words = (WHY as Readonly<Record<string, Words>>)[why];
  if (!words) return null;
  const at = item === '' ? undefined : (nameOf(item) ?? { zh: item, en: item });
  return at ? { zh: `${words.zh}（在办：${at.zh}）`, en: `${words.en} (at: ${at.en})` } : words;
}

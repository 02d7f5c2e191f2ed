import type { Guide } from '@kiosk/contract/platform/reference-data.ts';
import type { Words } from '@kiosk/contract/services/common.ts';

/** What a guide says in one language. */
export interface GuideText {
  readonly text: readonly string[];
  readonly steps: readonly string[];
  readonly materials: readonly string[];
  readonly timeLimit: string | null;
}

/**
 * A body of the knowledge base is plain text, so that staff need nothing but a text field: `- ` begins something to bring, `1. ` a
 * step, `时限：` or `Time:` the time limit; the rest are paragraphs. A heading over a list is left out of the guide.
 */
export function readBody(body: string): GuideText {
  const [text, steps, materials]: [string[], string[], string[]] = [[], [], []];
  let timeLimit: string | null = null;
  for (const line of body.split('\n').map((one) => one.trim())) {
    const step = /^\d{1,2}(?:[、．]|\.(?!\d))\s*(.+)$/.exec(line)?.[1];
    const material = /^[-•]\s+(.+)$/.exec(line)?.[1];
    const time = /^(?:时限|Time)\s*[：:]\s*(.+)$/i.exec(line)?.[1];
    if (step) steps.push(step);
    else if (material) materials.push(material);
    else if (time) timeLimit = time;
    else if (line !== '' && !/^(?:带什么|材料|步骤|Bring|Materials|Steps)\s*[：:]$/i.test(line)) text.push(line);
  }
  return { text, steps, materials, timeLimit };
}

export function writeBody({ text, steps, materials, timeLimit }: GuideText, language: keyof Words): string {
  const time = language === 'zh' ? '时限：' : 'Time: ';
  return [
    ...text,
    ...materials.map((one) => `- ${one}`),
    ...steps.map((one, index) => `${index + 1}. ${one}`),
    ...(timeLimit === null ? [] : [`${time}${timeLimit}`]),
  ].join('\n');
}

const TOPIC_OF: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['Q07', 'B02', 'B03', 'B04'].map((id) => [id, 'withdrawal'])),
  ...Object.fromEntries(['Q04', 'Q05', 'B05', 'B06'].map((id) => [id, 'loan'])),
  ...Object.fromEntries(['Q01', 'Q02', 'Q03', 'B01', 'Q10'].map((id) => [id, 'account'])),
  ...Object.fromEntries(['P01', 'P02', 'P03', 'P04', 'P05', 'P06', 'P07', 'P08', 'B09'].map((id) => [id, 'paper'])),
  B07: 'transfer',
};

export interface PublishedArticle {
  readonly articleId: string;
  readonly version: number;
  readonly title: Words;
  readonly body: Words;
  readonly itemId: string | null;
  readonly keywords: readonly string[];
}

/** An article as terminals get it. */
export function guideOf({ articleId, version, title, body, itemId, keywords }: PublishedArticle): Guide {
  const [zh, en] = [readBody(body.zh), readBody(body.en)];
  const both = (part: 'text' | 'steps' | 'materials') => ({ zh: [...zh[part]], en: [...en[part]] });
  return {
    ...{ id: articleId, version, topic: (itemId && TOPIC_OF[itemId]) ?? 'here', item: itemId, title },
    keywords: [...keywords],
    ...{ text: both('text'), steps: both('steps'), materials: both('materials') },
    timeLimit: zh.timeLimit === null ? null : { zh: zh.timeLimit, en: en.timeLimit ?? zh.timeLimit },
  };
}

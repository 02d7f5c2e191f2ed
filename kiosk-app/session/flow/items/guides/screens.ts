import type { Guide } from '@kiosk/contract/platform/reference-data.ts';
import type { Block } from '@kiosk/contract/screen/blocks.ts';
import type { Screen } from '@kiosk/contract/screen/view.ts';
import type { Language, Words } from '@kiosk/contract/services/common.ts';
import { closedBecause, findItem } from '../../menu.ts';
import type { State } from '../../state.ts';
import { fact, facts, pageOf, press, said, words } from '../parts.ts';
import { TAKE_HOME } from '../take-home.ts';
import { PER_PAGE } from './flow.ts';

const ITEM = 'Q08';

export function topicScreen(
  topics: readonly { readonly id: string; readonly name: Words }[],
  guides: readonly Guide[],
): Screen {
  const filled = topics.filter(({ id }) => guides.some(({ topic }) => topic === id));
  return {
    screen: 'choices',
    item: ITEM,
    title: words('想了解什么？', 'What would you like to know?'),
    options: filled.slice(0, 12).map(({ id, name }) => {
      const n = guides.filter(({ topic }) => topic === id).length;
      return { id, title: name, note: words(`${n} 篇`, `${n} articles`) };
    }),
    empty: words('指南还没有下发，请问工作人员。', 'No guides have come yet. Please ask the staff.'),
    page: 1,
    pages: 1,
    presses: filled.length > 0 ? [press('search', words('打字查找', 'Search'))] : [],
  };
}

export function searchScreen(): Screen {
  return {
    screen: 'entry',
    item: ITEM,
    title: words('要找什么？', 'What are you looking for?'),
    lead: words('例如：租房、退休、贷款', 'For example: rent, retirement, loan'),
    field: 'search',
    ask: { kind: 'text', max: 20, lines: 1 },
    error: null,
    presses: [],
  };
}

export function listScreen(guides: readonly Guide[], page: number, typed: string): Screen {
  const { rows, pages } = pageOf(guides, page, PER_PAGE);
  return {
    screen: 'choices',
    item: ITEM,
    title: typed === '' ? words('选一篇看', 'Choose one') : words(`查找：${typed}`, `Found for: ${typed}`),
    options: rows.map(({ id, title, timeLimit }) => ({ id, title, ...(timeLimit ? { note: timeLimit } : {}) })),
    empty: words('没有找到，换个词试试，或拨打服务热线。', 'Nothing found. Try another word, or call the hotline.'),
    page: Math.min(page, pages),
    pages,
    presses: [],
  };
}

type Section = 'text' | 'steps' | 'materials';
const TITLES: Readonly<Record<Section, Words>> = {
  text: words('说明', 'What it is'),
  steps: words('怎么办', 'How to'),
  materials: words('要带什么', 'What to bring'),
};
/** About what fits on a screen, in characters; the renderer cuts again where a mode has less room. */
const ROOM = { zh: 520, en: 1_100 } as const;

/** The article cut where a screen is full: never in the middle of a line. */
function cut(guide: Guide, language: Language): readonly (readonly { section: Section; line: number }[])[] {
  const pages: { section: Section; line: number }[][] = [[]];
  let used = 0;
  for (const section of ['text', 'steps', 'materials'] as const) {
    for (const [line, content] of guide[section][language].entries()) {
      const size = content.length + 24;
      if (used > 0 && used + size > ROOM[language]) {
        pages.push([]);
        used = 0;
      }
      pages.at(-1)!.push({ section, line });
      used += size;
    }
  }
  return pages;
}

export const pagesOf = (guide: Guide, language: Language): number => cut(guide, language).length;

export function guideSheet(guide: Guide, page: number, state: State): Screen {
  const pages = cut(guide, state.language);
  const shown = pages[Math.min(page, pages.length) - 1] ?? [];
  const blocks = (['text', 'steps', 'materials'] as const).flatMap((section): Block[] => {
    const lines = shown.filter((one) => one.section === section).map(({ line }) => lineOf(guide, section, line));
    if (lines.length === 0) return [];
    if (section === 'text') return lines.slice(0, 4).map((one) => ({ block: 'paragraph', words: one }));
    return [{ block: 'list', title: TITLES[section], items: lines.slice(0, 12), numbered: section === 'steps' }];
  });
  const item = guide.item === null ? undefined : findItem(state, guide.item);
  const open = item && closedBecause(state, item) === null && (item.level === 'L0' || state.person !== null);
  return {
    screen: 'sheet',
    item: ITEM,
    title: guide.title,
    blocks: [
      ...(page === 1 && guide.timeLimit
        ? [facts([fact(words('办理时限', 'How long it takes'), said(guide.timeLimit))])]
        : []),
      ...blocks.slice(0, 7),
    ],
    page: Math.min(page, pages.length),
    pages: pages.length,
    presses: [
      TAKE_HOME,
      ...(item && open ? [press('open', words(`现在办：${item.name.zh}`, `Do it now: ${item.name.en}`), 'go')] : []),
    ],
  };
}

/** A language that has fewer lines says the last ones in the other. */
function lineOf(guide: Guide, section: Section, line: number): Words {
  const { zh, en } = guide[section];
  const either = zh[line] ?? en[line] ?? '';
  return words(zh[line] ?? either, en[line] ?? either);
}

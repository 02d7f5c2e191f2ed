import type { Branch } from '@kiosk/contract/platform/api.ts';
import type { Screen } from '@kiosk/contract/screen/view.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { dayNumber, shanghaiDate } from '@kiosk/domain/dates.ts';
import { findItem } from '../../menu.ts';
import type { State } from '../../state.ts';
import { data, fact, facts, notice, pageOf, placeId, press, said, words } from '../parts.ts';
import { TAKE_HOME } from '../take-home.ts';
import { PER_PAGE } from './flow.ts';
import { hoursInWords, openAt } from './hours.ts';

const ITEM = 'Q09';
const CHINA_MS = 8 * 3_600_000;

/** By the clock of the wall; null: its hours are not known. */
function isOpen({ hours }: Branch, now: number): boolean | null {
  if (!hours) return null;
  // Day 0 of the count, 1970-01-01, was a Thursday.
  const weekday = ((dayNumber(shanghaiDate(now)) + 3) % 7) + 1;
  return openAt(hours, weekday, new Date(now + CHINA_MS).toISOString().slice(11, 16));
}

const STATE = (open: boolean | null): Words | null =>
  open === null ? null : open ? words('现在营业', 'Open now') : words('现在休息', 'Closed now');

export function districtScreen(districts: readonly Words[]): Screen {
  return {
    screen: 'choices',
    item: ITEM,
    title: words('在哪个区？', 'Which district?'),
    options: [
      ...districts.slice(0, 11).map((name, index) => ({ id: placeId(index), title: name })),
      { id: 'all', title: words('全部网点', 'All branches') },
    ],
    page: 1,
    pages: 1,
    presses: [],
  };
}

export function listScreen(branches: readonly Branch[], page: number, state: State): Screen {
  const { rows, pages } = pageOf(branches, page, PER_PAGE);
  return {
    screen: 'choices',
    item: ITEM,
    title: words('选一个网点', 'Choose a branch'),
    options: rows.map((branch) => {
      const now = STATE(isOpen(branch, state.time.now));
      const [zh, en] = [
        [now?.zh, branch.address?.zh].filter(Boolean).join(' · '),
        [now?.en, branch.address?.en].filter(Boolean).join(' · '),
      ];
      return { id: branch.id, title: branch.name, ...(zh === '' ? {} : { note: words(zh, en) }) };
    }),
    empty: words('网点信息还没有下发', 'The branches have not come yet'),
    page: Math.min(page, pages),
    pages,
    presses: [],
  };
}

export function branchSheet(branch: Branch, state: State): Screen {
  const { hours, address, phone, reach, kiosks, services } = branch;
  const open = isOpen(branch, state.time.now);
  const now = STATE(open);
  const items = (services ?? []).flatMap((id) => findItem(state, id)?.name ?? []);
  return {
    screen: 'sheet',
    item: ITEM,
    title: branch.name,
    blocks: [
      ...(now ? [notice(open ? 'good' : 'wait', now)] : []),
      facts([
        address ? fact(words('地址', 'Address'), said(address), { strong: true }) : null,
        ...(hours
          ? hoursInWords(hours).map((one, i) =>
              fact(i === 0 ? words('营业时间', 'Hours') : words('　', ' '), said(one)),
            )
          : []),
        phone === undefined
          ? fact(words('电话', 'Phone'), data(state.agent?.catalogue?.enquiryPhone ?? ''))
          : fact(words('电话', 'Phone'), data(phone)),
        reach ? fact(words('怎么去', 'Getting there'), said(reach)) : null,
        ...(kiosks ?? [])
          .slice(0, 3)
          .map(({ place, allDay }) =>
            fact(allDay ? words('24 小时自助', 'Kiosk, day and night') : words('自助机', 'Kiosk'), said(place)),
          ),
      ]),
      ...(items.length > 0
        ? [{ block: 'list' as const, title: words('可以办', 'Done there'), items: items.slice(0, 8) }]
        : []),
    ],
    page: 1,
    pages: 1,
    presses: [
      TAKE_HOME,
      ...(state.person && findItem(state, 'B08') ? [press('appoint', words('预约', 'Make an appointment'), 'go')] : []),
    ],
  };
}

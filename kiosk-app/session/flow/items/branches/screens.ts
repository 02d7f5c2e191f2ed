import type { Branch } from '@kiosk/contract/platform/api.ts';
import type { BranchNow, BranchesNow } from '@kiosk/contract/platform/branches.ts';
import type { Screen } from '@kiosk/contract/screen/view.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import { shanghaiDate, shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { findItem } from '../../menu.ts';
import type { State } from '../../state.ts';
import { count, data, fact, facts, notice, pageOf, placeId, press, said, words } from '../parts.ts';
import { TAKE_HOME } from '../take-home.ts';
import { PER_PAGE } from './flow.ts';
import { hoursInWords, openAt, weekdayOf } from './hours.ts';

const ITEM = 'Q09';
const CHINA_MS = 8 * 3_600_000;

/** By the clock of the wall; null: its hours are not known. */
function isOpen({ hours }: Branch, now: number): boolean | null {
  if (!hours) return null;
  return openAt(hours, weekdayOf(shanghaiDate(now)), new Date(now + CHINA_MS).toISOString().slice(11, 16));
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

/** How a branch stands now; undefined: nobody told. */
const nowOf = (now: BranchesNow | undefined, { id }: Branch): BranchNow | undefined =>
  now?.branches.find((one) => one.id === id);

/** By the platform, which knows the holidays; without it by the clock of the wall. */
const openNow = (branch: Branch, now: BranchesNow | undefined, state: State): boolean | null =>
  nowOf(now, branch)?.open ?? isOpen(branch, state.time.now);

const people = (n: number): Words => words(`等候 ${n} 人`, n === 1 ? '1 waiting' : `${n} waiting`);

export function listScreen(
  branches: readonly Branch[],
  page: number,
  state: State,
  live: BranchesNow | undefined,
): Screen {
  const { rows, pages } = pageOf(branches, page, PER_PAGE);
  return {
    screen: 'choices',
    item: ITEM,
    title: words('选一个网点', 'Choose a branch'),
    options: rows.map((branch) => {
      const now = STATE(openNow(branch, live, state));
      const waiting = nowOf(live, branch)?.waiting ?? null;
      const told = [now, waiting === null ? null : people(waiting), branch.address];
      const [zh, en] = [told.map((one) => one?.zh), told.map((one) => one?.en)].map((list) =>
        list.filter(Boolean).join(' · '),
      ) as [string, string];
      return { id: branch.id, title: branch.name, ...(zh === '' ? {} : { note: words(zh, en) }) };
    }),
    ...(live ? {} : { lead: UNKNOWN }),
    empty: words('网点信息还没有下发', 'The branches have not come yet'),
    page: Math.min(page, pages),
    pages,
    presses: [],
  };
}

const UNKNOWN = words('线路中断，现在排队多少人不知道。', 'The line is down: how many wait now is not known.');

const LOAD = {
  free: words('人少', 'Few people'),
  normal: words('不多', 'Some people'),
  busy: words('人多', 'Busy'),
  unknown: null,
} as const;

/** Who waits there, and which machines work; what nobody said is not guessed. */
function liveFacts(now: BranchNow | undefined) {
  const label = words('正在等候', 'Waiting');
  if (!now) return [fact(label, said(words('现在不知道', 'Not known now')))];
  const { waiting, waitingAt, load, kiosks, kiosksReady } = now;
  const crowd = LOAD[load];
  const seen = waitingAt === null ? null : shanghaiDateTime(waitingAt).slice(11, 16);
  return [
    waiting === null
      ? fact(label, said(words('网点没有报', 'The branch has not said')))
      : fact(label, count(waiting, words('人', waiting === 1 ? 'person' : 'people')), {
          strong: true,
          ...(seen === null
            ? {}
            : { note: words(`${crowd?.zh ?? ''} ${seen} 的人数`.trim(), `${crowd?.en ?? ''} at ${seen}`.trim()) }),
        }),
    ...(kiosks === 0
      ? []
      : [
          fact(
            words('自助机', 'Machines'),
            said(words(`${kiosks} 台，${kiosksReady} 台能用`, `${kiosks}, ${kiosksReady} of them working`)),
          ),
        ]),
  ];
}

export function branchSheet(branch: Branch, state: State, live: BranchesNow | undefined): Screen {
  const { hours, address, phone, reach, kiosks, services } = branch;
  const open = openNow(branch, live, state);
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
        ...liveFacts(nowOf(live, branch)),
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

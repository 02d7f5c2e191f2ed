import type { Screen } from '@kiosk/contract/screen/view.ts';
import { maskAccount, maskUnitName } from '@kiosk/domain/masking.ts';
import { accountStateWords } from './account-words.ts';
import { partsOf, rowsOf, sumOf, yearsOf } from './details-parts.ts';
import { ROWS_PER_PAGE, choosable, pageCount, presets, shownOf } from './details.ts';
import type { StageOf, State } from './state.ts';
import { secondsUntil } from './wake.ts';

export function accountScreen(state: State, { revealUntil }: StageOf<'account'>): Screen | null {
  const overview = state.person?.overview;
  if (!overview) return null;
  const { phoneMasked: _phone, accountStatus, accountNumber, unitName, ...shown } = overview;
  return {
    screen: 'account',
    ...shown,
    statusText: accountStateWords(accountStatus),
    unitName: maskUnitName(unitName),
    accountNumber: revealUntil === null ? maskAccount(accountNumber) : accountNumber,
    revealSecondsLeft: revealUntil === null ? null : secondsUntil(state, revealUntil),
  };
}

export function periodScreen(state: State, { purpose }: StageOf<'period'>): Screen {
  const { from: earliest, to: latest } = choosable(state);
  return { screen: 'period', purpose, presets: presets(state), earliest, latest };
}

export function detailsScreen(stage: StageOf<'details'>): Screen {
  const { details, part, page } = stage;
  const { period, openingFen, totalInFen, totalOutFen, closingFen } = details;
  const rows = rowsOf(details, part);
  const onPage = <T>(list: readonly T[]) => list.slice(page * ROWS_PER_PAGE, (page + 1) * ROWS_PER_PAGE);
  const parts = partsOf(details);
  return {
    screen: 'details',
    period,
    rows: onPage(rows),
    page: page + 1,
    pages: pageCount(shownOf(stage)),
    totalRows: part === 'years' ? details.rows.length : rows.length,
    openingFen,
    totalInFen,
    totalOutFen,
    closingFen,
    ...(parts.length > 0 ? { parts: [...parts], part } : {}),
    ...(part === 'all' || part === 'years' ? {} : { partFen: sumOf(rows) }),
    ...(part === 'years' ? { years: onPage(yearsOf(details)) } : {}),
  };
}

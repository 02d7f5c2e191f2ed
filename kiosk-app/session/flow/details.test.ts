import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Details } from '@kiosk/contract/platform/api.ts';
import * as F from '../testing/fixtures.ts';
import { Play } from '../testing/play.ts';

/** Twelve deposits in each of three years, interest each July, one withdrawal. */
function history(): Details {
  const rows: Details['rows'] = [];
  let balanceFen = 100_000;
  const add = (date: string, kind: string, inFen: number, outFen: number) => {
    balanceFen += inFen - outFen;
    rows.push({ date, kind, summary: '摘要', inFen, outFen, balanceFen });
  };
  for (const year of [2024, 2025, 2026]) {
    for (let month = 1; month <= 12; month++) {
      add(`${year}-${String(month).padStart(2, '0')}-15`, '01', 1_000, 0);
      if (month === 6) add(`${year}-06-30`, '09', 15, 0);
    }
  }
  add('2026-12-20', '11', 0, 5_000);
  return {
    period: { from: '2024-01', to: '2026-12' },
    ...{ openingFen: 100_000, totalInFen: 36_045, totalOutFen: 5_000, interestFen: 45, closingFen: balanceFen },
    rows: rows.toReversed(),
  };
}

function shown(details = history()): Play {
  const play = Play.identified().act({ type: 'open', item: 'Q02' }).answer('account', F.OVERVIEW);
  return play.act({ type: 'choosePeriod', period: F.PERIOD }).answer('details', details);
}

test('the whole history in pages, and one kind alone with what it comes to', () => {
  const play = shown();
  const { parts, totalRows, pages } = play.screen('details');
  assert.deepEqual([parts, totalRows, pages], [['all', 'deposits', 'interest', 'withdrawals', 'years'], 40, 5]);
  play.act({ type: 'turnPage', by: 1 }).act({ type: 'choose', id: 'withdrawals' });
  const out = play.screen('details');
  assert.deepEqual([out.page, out.totalRows, out.partFen], [1, 1, -5_000]);
  play.act({ type: 'choose', id: 'interest' });
  assert.deepEqual([play.screen('details').totalRows, play.screen('details').partFen], [3, 45]);
  play.act({ type: 'choose', id: 'deposits' }).act({ type: 'turnPage', by: 1 });
  assert.equal(play.screen('details').page, 2);
});

test('year by year: every fen of the period stands in one year, and the last balance is the account’s', () => {
  const details = history();
  const { years = [] } = shown(details).act({ type: 'choose', id: 'years' }).screen('details');
  const sum = (of: 'inFen' | 'outFen' | 'interestFen') => years.reduce((all, year) => all + year[of], 0);
  assert.deepEqual(
    years.map(({ year }) => year),
    ['2026', '2025', '2024'],
  );
  assert.deepEqual(
    [sum('inFen'), sum('outFen'), sum('interestFen')],
    [details.totalInFen, details.totalOutFen, details.interestFen],
  );
  assert.equal(years[0]?.closingFen, details.closingFen);
});

test('entries of one kind in one year: nothing to choose', () => {
  const { parts, part } = shown(F.detailsOf(5)).screen('details');
  assert.deepEqual([parts, part], [undefined, undefined]);
});

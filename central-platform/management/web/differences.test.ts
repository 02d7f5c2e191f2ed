import assert from 'node:assert/strict';
import test from 'node:test';
import { differences, linesOf, subjectOf } from './differences.ts';
import { texts } from './texts/texts.ts';

const english = { t: texts.en, language: 'en' } as const;
const words = (text: string) => ({ zh: `中${text}`, en: text });

test('a stop beside what is open: state, reason and the other way', () => {
  const content = {
    kind: 'channel.state',
    channelId: '50',
    state: { state: 'stopped', words: words('moving'), instead: words('use the web') },
  } as const;
  assert.deepEqual(
    differences(content, { state: 'open' }, english).map(({ label, before, after }) => [label, before, after]),
    [
      ['State', 'open', 'stopped'],
      ['Reason', null, 'moving'],
      ['Instead', null, 'use the web'],
    ],
  );
  assert.equal(subjectOf(content), '50');
});

test('a change of parameters shows the fields it names and leaves out the rest', () => {
  const content = { kind: 'parameters', fields: { heartbeatSeconds: 30 } } as const;
  const before = { heartbeatSeconds: 15, caps: { mostWaiting: 500 } };
  assert.deepEqual(
    differences(content, before, english).map(({ path, before: from, after }) => [path, from, after]),
    [['heartbeatSeconds', '15', '30']],
  );
});

test('an amount is read in yuan, a list as one line, and what went away is said', () => {
  const rule = {
    itemId: 'P01',
    channels: ['50', '30'],
    hours: [{ from: '09:00', to: '17:00' }],
    monthWindow: null,
    closedOnHolidays: true,
    perPersonDay: null,
    perDay: 100,
    mostAmountFen: 150_05,
    mostDayAmountFen: null,
    diversion: null,
  };
  const lines = differences(
    { kind: 'item.rule', rule },
    { ...rule, diversion: words('go there'), perDay: 100 },
    english,
  );
  const find = (path: string) => lines.find((line) => line.path === path);
  assert.equal(find('mostAmountFen')?.after, '150.05');
  assert.equal(find('channels')?.after, '50, 30');
  assert.deepEqual([find('diversion')?.before, find('diversion')?.after], ['go there', 'None']);
  assert.equal(find('perDay')?.before, find('perDay')?.after, 'what stays the same is the same on both sides');
  assert.equal(linesOf({ closedOnHolidays: true }, english)[0]?.value, 'Yes');
});

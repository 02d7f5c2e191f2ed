import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { got, signedIn } from '../testing/console-client.ts';
import { type SeededConsole, startSeededConsole } from '../testing/console-seed.ts';
import { ExportList } from './contract/analysis.ts';
import type { ConsoleClient } from './contract/client.ts';
import { csvOf } from './exports/csv.ts';
import { adviceOf } from './branches.ts';

let seeded: SeededConsole;
let chen: ConsoleClient;
before(async () => {
  seeded = await startSeededConsole();
  chen = await signedIn(seeded.url, 'chen.yu');
});
after(() => seeded.platform.end());

/** Reads RFC 4180 back, as a spreadsheet would. */
function readCsv(bytes: Uint8Array): string[][] {
  const text = Buffer.from(bytes).toString('utf8').slice(1);
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end !== ',') rows.push([]);
  }
  return rows.slice(0, -1);
}

test('whatever stands in a cell, no spreadsheet takes it for a formula, and nothing of it is lost', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('=1+1', '+86', '-x', '@SUM', '|cmd', ' =1', '＝1', '-5', 'a"b', 'a,b'),
  );
  fc.assert(
    fc.property(fc.array(nasty, { minLength: 1, maxLength: 5 }), (cells) => {
      const bytes = csvOf([cells]);
      assert.deepEqual([...bytes.slice(0, 3)], [0xef, 0xbb, 0xbf], 'UTF-8 with its mark');
      const [read] = readCsv(bytes);
      assert.equal(read!.length, cells.length);
      for (const [i, cell] of read!.entries()) {
        assert.ok(/^-?\d+(\.\d+)?$/.test(cell) || !/^\s*[=+\-@|%＝＋－＠]/u.test(cell), JSON.stringify(cell));
        const plain = cells[i]!.replace(/\p{Cc}/gu, (one) => (one === '\n' ? one : ' '));
        assert.ok(cell === plain || cell === `'${plain}`, JSON.stringify([cell, plain]));
      }
    }),
  );
});

/** Columns of the Chinese lists whose cells are one of a few things. */
const SAID_IN_WORDS = ['状态', '种类', '类别', '内容', '规则', '流', '纸', '粉', '级别', '离线', '范围', '密钥'];

test('every list of the seeded city is saved as CSV; who took which is logged', async () => {
  for (const list of ExportList.options) {
    const blob = (await got(chen.exportList({ list, format: 'csv', month: '2026-11' }))) as Blob;
    const rows = readCsv(new Uint8Array(await blob.arrayBuffer()));
    assert.ok(rows.length > 1, `${list} is empty in the seeded city`);
    assert.ok(
      rows.every((row) => row.length === rows[0]!.length),
      list,
    );
    for (const [i, head] of rows[0]!.entries()) {
      if (!SAID_IN_WORDS.includes(head)) continue;
      const codes = rows
        .slice(1)
        .map((row) => row[i]!)
        .filter((cell) => /^[a-z][\w.]*$/i.test(cell));
      assert.deepEqual(codes, [], `${list}, ${head}: codes where the page has words`);
    }
  }
  const taken = (await got(chen.audit({ action: 'list.exported' }))).rows.map(({ subject }) => subject);
  assert.deepEqual(new Set(taken), new Set(ExportList.options));
});

test('lists are drawn as PDF, in both languages and over several pages', async () => {
  for (const [list, language] of [
    ['audit', 'zh'],
    ['usageReport', 'en'],
    ['workOrders', 'zh'],
  ] as const) {
    const blob = (await got(chen.exportList({ list, format: 'pdf', language }))) as Blob;
    const bytes = Buffer.from(await blob.arrayBuffer());
    assert.equal(bytes.subarray(0, 5).toString(), '%PDF-', list);
    assert.ok(bytes.subarray(-8).toString().includes('%%EOF'), list);
  }
});

test('where many wait, somebody is told that another branch is free and that the app can do it now', async () => {
  const { advice, branches } = await got(chen.flow({}));
  assert.deepEqual(
    advice.map(({ branchId, why }) => [branchId, why]),
    [['wangjiang', 'waiting']],
  );
  assert.deepEqual(
    advice[0]!.towards.map(({ kind, id }) => `${kind} ${id}`),
    ['branch beihu', 'channel 10', 'channel 20'],
  );
  const quiet = branches.map((branch) => ({ ...branch, load: 'normal' as const }));
  assert.deepEqual(adviceOf(quiet, []), []);
});

test('faults first: what is silent, then what cannot work, and a reason with each', async () => {
  const { terminals, counts } = await got(chen.fleet({}));
  assert.deepEqual(
    terminals.slice(0, 3).map(({ health }) => health),
    ['silent', 'fault', 'fault'],
  );
  assert.ok(terminals.every(({ health, reasons }) => health === 'ready' || reasons.length > 0));
  assert.equal(
    Object.values(counts).reduce((sum, count) => sum + count, 0),
    terminals.length,
  );
  const empty = terminals.find(({ paper }) => paper === 'out');
  assert.deepEqual([empty?.terminalId, empty?.reasons[0]?.code], ['300202', 'E4102']);
});

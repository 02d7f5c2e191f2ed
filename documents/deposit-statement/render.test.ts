import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { formatDocumentNumber } from '@kiosk/domain/document-number.ts';
import { formatYuan } from '@kiosk/domain/money.ts';
import { syntheticPeople, syntheticPerson } from '@kiosk/domain/synthetic.ts';
import { loadFonts, missingCharacters } from '../fonts.ts';
import { mm } from '../layout/page.ts';
import { formatVerificationCode } from '../verification.ts';
import { exampleStatement } from './example.ts';
import { renderDepositStatement } from './render.ts';
import type { DepositStatementInput } from './schema.ts';

const TODAY = '2026-11-21';
const YEAR = { from: '2025-12-01', to: TODAY };
const ALL = { from: '2010-01-01', to: TODAY };
const fonts = await loadFonts(join(import.meta.dirname, '../../assets/fonts'));
const folder = mkdtempSync(join(tmpdir(), 'statement-'));
after(() => rmSync(folder, { recursive: true }));

const ordinary = syntheticPerson('ordinary', TODAY);
const oneYear = exampleStatement(ordinary, ordinary.accounts[0]!, YEAR);
const longTime = syntheticPerson('card-without-end', TODAY);
const elevenYears = exampleStatement(longTime, longTime.accounts[0]!, ALL);

async function render(input: DepositStatementInput) {
  const rendered = await renderDepositStatement(input, fonts);
  assert.ok(rendered.ok, 'the statement should render');
  return rendered.value;
}

/** Runs a poppler tool on the PDF; undefined when it is not installed. */
function poppler(tool: string, bytes: Uint8Array, ...options: string[]): Buffer | undefined {
  const file = join(folder, 'statement.pdf');
  writeFileSync(file, bytes);
  const run = spawnSync(tool, [...options, file, '-'], { maxBuffer: 64 << 20 });
  if (run.error) return undefined;
  assert.equal(run.status, 0, `${tool}: ${run.stderr}`);
  return run.stdout;
}

/** The pages as text; undefined, and the test marked as skipped, without pdftotext. */
function pagesOf(t: TestContext, bytes: Uint8Array): string[] | undefined {
  const text = poppler('pdftotext', bytes, '-layout', '-enc', 'UTF-8');
  if (!text) t.skip('pdftotext not installed');
  return text?.toString('utf8').split('\f').slice(0, -1);
}

interface Picture {
  readonly width: number;
  readonly height: number;
  /** RGB of the pixel. */
  at(x: number, y: number): readonly [number, number, number];
}

function pictureOf(t: TestContext, bytes: Uint8Array, page: number, dpi: number): Picture | undefined {
  const file = join(folder, 'picture.pdf');
  const root = join(folder, 'picture');
  writeFileSync(file, bytes);
  const run = spawnSync('pdftoppm', ['-r', String(dpi), '-f', String(page), '-singlefile', file, root]);
  if (run.error) {
    t.skip('pdftoppm not installed');
    return undefined;
  }
  const ppm = readFileSync(`${root}.ppm`);
  const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.toString('latin1', 0, 40))!;
  const width = Number(header[1]);
  const pixel = (x: number, y: number) => header[0].length + 3 * (y * width + x);
  return {
    width,
    height: Number(header[2]),
    at: (x, y) => [ppm[pixel(x, y)]!, ppm[pixel(x, y) + 1]!, ppm[pixel(x, y) + 2]!],
  };
}

test('a year of deposits is on one page, and every figure of it can be selected', async (t) => {
  const { bytes, pages } = await render(oneYear);
  assert.equal(pages, 1);
  const text = pagesOf(t, bytes);
  if (!text) return;
  assert.equal(text.length, 1);
  assert.deepEqual(
    missingCharacters(fonts, [text[0]!.replace(/\s/g, '')]),
    [],
    'the fixed words hold a character the fonts lack',
  );
  for (const row of oneYear.rows) {
    const line = text[0]!
      .split('\n')
      .find((candidate) => candidate.includes(row.date) && candidate.includes(row.summary));
    assert.ok(line, `no line for ${row.date} ${row.summary}`);
    const amounts = [row.inFen, row.outFen].filter((fen) => fen > 0).concat(row.balanceFen);
    for (const fen of amounts) assert.ok(line.includes(formatYuan(fen)), `${formatYuan(fen)} is missing in: ${line}`);
    if (row.depositMonths) assert.ok(line.includes(row.depositMonths.from), line);
  }
  for (const shown of [
    '个人住房公积金缴存明细对账单',
    '江州市住房公积金管理中心',
    ordinary.name,
    oneYear.account.number,
    oneYear.account.unitName,
    '2026-11-21 14:08:05',
    '人民币玖万伍仟贰佰柒拾陆元陆角捌分',
    formatVerificationCode(oneYear.verificationCode),
    '2027年1月21日止',
    '演示用章',
    '12329',
  ]) {
    assert.ok(text[0]!.includes(shown), `${shown} is missing`);
  }
});

test('eleven years: every row once, the number and the page on every sheet', async (t) => {
  const { bytes, pages } = await render(elevenYears);
  const text = pagesOf(t, bytes);
  if (!text) return;
  assert.equal(text.length, pages);
  assert.ok(pages > 2, `${pages} pages for ${elevenYears.rows.length} rows`);
  text.forEach((page, i) => {
    assert.ok(page.includes(formatDocumentNumber(elevenYears.documentNumber)), `page ${i + 1} has no number`);
    assert.ok(page.includes(`第 ${i + 1} 页，共 ${pages} 页`), `page ${i + 1} does not say which it is`);
    assert.ok(page.includes('缴存年月'), `page ${i + 1} has no column headings`);
    assert.equal(page.includes('承上页'), i > 0, `page ${i + 1} carries the balance over`);
  });
  const whole = text.join('\n');
  for (const row of elevenYears.rows) {
    const lines = whole.split('\n').filter((line) => line.includes(row.date) && line.includes(row.summary));
    assert.equal(lines.length, 1, `${row.date} ${row.summary}`);
  }
});

test('every invented depositor can be printed, rare characters and middle dots as the card gives them', async (t) => {
  const people = syntheticPeople(TODAY).filter((person) => person.key !== 'missing-character');
  assert.ok(people.length > 0);
  for (const person of people) {
    for (const account of person.accounts) {
      const { bytes } = await render(exampleStatement(person, account, YEAR));
      const text = pagesOf(t, bytes);
      if (!text) return;
      assert.ok(text[0]!.includes(person.name), person.key);
    }
  }
});

test('the certificate number is masked unless the depositor wants it in full', async (t) => {
  const masked = pagesOf(t, (await render(oneYear)).bytes);
  const full = pagesOf(t, (await render({ ...oneYear, certificateShown: 'full' })).bytes);
  if (!masked || !full) return;
  assert.ok(!masked.join().includes(ordinary.idNumber));
  assert.ok(full.join().includes(ordinary.idNumber));
});

test('a reprint says so on every page, and a first print does not', async (t) => {
  const again = pagesOf(t, (await render({ ...elevenYears, reprint: 3 })).bytes);
  const first = pagesOf(t, (await render(elevenYears)).bytes);
  if (!again || !first) return;
  for (const page of again) assert.match(page, /补打 3/);
  assert.ok(!first.join().includes('补打'));
});

test('the properties of the file tell a stranger nothing about the person', async (t) => {
  const { bytes } = await render(oneYear);
  // pdfinfo writes to stdout only, and has no '-' argument.
  const file = join(folder, 'properties.pdf');
  writeFileSync(file, bytes);
  const run = spawnSync('pdfinfo', [file], { encoding: 'utf8' });
  if (run.error) return t.skip('pdfinfo not installed');
  assert.match(run.stdout, /Title:\s+个人住房公积金缴存明细对账单/);
  assert.match(run.stdout, /Page size:.*A4/);
  for (const secret of [
    ordinary.name,
    ordinary.idNumber,
    oneYear.account.number,
    oneYear.account.unitName,
    '95,276.68',
  ]) {
    assert.ok(!run.stdout.includes(secret), 'personal data in the properties');
    assert.ok(!Buffer.from(bytes).toString('latin1').includes(secret), 'personal data outside the compressed pages');
  }
});

test('the same statement gives the same bytes, now and later', async () => {
  const [first, second] = [await render(oneYear), await render(structuredClone(oneYear))];
  assert.ok(Buffer.from(first.bytes).equals(second.bytes));
});

test('a name with a character no font has fails and is not printed with a hole', async () => {
  // Of extension H, younger than the standard our fonts keep to.
  const lacking = { ...oneYear, person: { ...oneYear.person, name: '江\u{31350}' } };
  const rendered = await renderDepositStatement(lacking, fonts);
  assert.equal(rendered.ok, false);
  assert.deepEqual(rendered.error, { code: 'E5204', detail: 'the fonts lack 1 character(s) of the document' });
});

test('balances that do not add up are a bug of the account system and never reach paper', async () => {
  const rows = oneYear.rows.map((row, i) => (i === 4 ? { ...row, balanceFen: row.balanceFen + 1 } : row));
  await assert.rejects(renderDepositStatement({ ...oneYear, rows }, fonts), /row 5: its balance does not follow/);
  const outside = { ...oneYear, period: { from: '2026-01-01', to: TODAY } };
  await assert.rejects(renderDepositStatement(outside, fonts), /row 1: it lies outside the period/);
});

test('long names of units and long summaries wrap; nothing is cut off', async (t) => {
  const unitName = '江州长虹桥梁建设股份有限公司'.repeat(4);
  const summary = '部分提取（提取原因为偿还购房贷款本息）';
  const rows = oneYear.rows.map((row) => (row.kind === '11' ? { ...row, summary } : row));
  const { bytes } = await render({ ...oneYear, rows, account: { ...oneYear.account, unitName } });
  const text = poppler('pdftotext', bytes, '-raw', '-enc', 'UTF-8');
  if (!text) return t.skip('pdftotext not installed');
  const bare = text.toString('utf8').replace(/\s/g, '');
  assert.equal(bare.split('江州长虹桥梁建设股份有限公司'.slice(0, 6)).length - 1, 4, 'the unit name is not whole');
  assert.ok(bare.includes(summary), 'the summary is not whole');
});

test('an account without a single entry in the period is still a document', async (t) => {
  const { bytes, pages } = await render({ ...oneYear, rows: [] });
  assert.equal(pages, 1);
  const text = pagesOf(t, bytes);
  if (text) assert.match(text[0]!, /合计 \/ 期末余额\s+0\.00\s+0\.00\s+80,272\.55/);
});

test('on paper: ink on the page, white margins, a red seal at the end and a slice of it on the edge of every page', async (t) => {
  const dpi = 40;
  const { bytes, pages } = await render(elevenYears);
  const margin = Math.floor((10 / 25.4) * dpi);
  // What printers keep of the edge for themselves.
  const unprintable = Math.floor((4.5 / 25.4) * dpi);
  for (let page = 1; page <= pages; page++) {
    const picture = pictureOf(t, bytes, page, dpi);
    if (!picture) return;
    let ink = 0;
    let red = 0;
    let redOutside = 0;
    let redOnEdge = 0;
    for (let y = 0; y < picture.height; y++) {
      for (let x = 0; x < picture.width; x++) {
        const [r, g, b] = picture.at(x, y);
        if (r + g + b > 740) continue;
        ink++;
        const isRed = r > 150 && r - g > 60 && r - b > 60;
        if (x >= picture.width - Math.ceil((17 / 25.4) * dpi) && x < picture.width - unprintable) {
          if (isRed) redOnEdge++;
          continue;
        }
        const inside = x >= margin && x < picture.width - margin && y >= margin && y < picture.height - margin;
        assert.ok(inside, `page ${page}: ink at ${x},${y}, closer than 10 mm to the edge`);
        if (!isRed) continue;
        if (x > picture.width * 0.65) red++;
        else redOutside++;
      }
    }
    const share = ink / (picture.width * picture.height);
    assert.ok(share > 0.02 && share < 0.4, `page ${page}: ${(share * 100).toFixed(1)} % ink`);
    assert.equal(redOutside, 0, `page ${page}: red away from the seal`);
    assert.ok(redOnEdge > 25, `page ${page}: ${redOnEdge} red pixels of the seal across the pages`);
    // A ring, twelve letters and a star of 40 mm at 40 dpi.
    if (page === pages) assert.ok(red > 400, `only ${red} red pixels where the seal should be`);
    else assert.equal(red, 0, `page ${page} has red on it`);
  }
});

test('the paper is A4', async (t) => {
  const picture = pictureOf(t, (await render(oneYear)).bytes, 1, 72);
  if (picture) assert.deepEqual([picture.width, picture.height], [Math.ceil(mm(210)), Math.ceil(mm(297))]);
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { formatDocumentNumber } from '@kiosk/domain/document-number.ts';
import { loadFonts } from '../fonts.ts';
import type { PaperInput } from '../layout/paper/paper.ts';
import { formatVerificationCode } from '../verification.ts';
import type { AccountBox } from './cross-region-certificate.ts';
import { EXAMPLES, examplePaper } from './examples.ts';
import { canonicalText, type DocumentKindName, kindOf, renderDocument } from './kinds.ts';

const fonts = await loadFonts(join(import.meta.dirname, '../../assets/fonts'));
const folder = mkdtempSync(join(tmpdir(), 'kinds-'));
after(() => rmSync(folder, { recursive: true }));
const KINDS = Object.keys(EXAMPLES) as DocumentKindName[];

async function render(kind: DocumentKindName, change: Partial<PaperInput> = {}, content: unknown = EXAMPLES[kind]) {
  const rendered = await renderDocument({ kind, content }, examplePaper(kind, change), fonts);
  assert.ok(rendered.ok, `${kind} should render`);
  return rendered.value;
}

function pagesOf(t: TestContext, bytes: Uint8Array): string[] | undefined {
  const file = join(folder, 'paper.pdf');
  writeFileSync(file, bytes);
  const run = spawnSync('pdftotext', ['-layout', '-enc', 'UTF-8', file, '-'], { encoding: 'utf8' });
  if (run.error) t.skip('pdftotext not installed');
  return run.error ? undefined : run.stdout.split('\f').slice(0, -1);
}

/** A page as grey pixels at 72 dpi, a pixel a point. */
function pixelsOf(t: TestContext, bytes: Uint8Array, page: number): { width: number; data: Buffer } | undefined {
  const file = join(folder, 'picture.pdf');
  writeFileSync(file, bytes);
  const run = spawnSync('pdftoppm', ['-r', '72', '-gray', '-f', String(page), '-l', String(page), file], {
    maxBuffer: 64 << 20,
  });
  if (run.error) t.skip('pdftoppm not installed');
  const header = run.error ? null : /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(run.stdout.toString('latin1', 0, 40));
  return header ? { width: Number(header[1]), data: run.stdout.subarray(header[0].length) } : undefined;
}

test('every kind of paper says its title, its number on every page, its code, and that its seal is a demonstration', async (t) => {
  for (const kind of KINDS) {
    const { bytes, pages } = await render(kind);
    const text = pagesOf(t, bytes);
    if (!text) return;
    const { issued } = examplePaper(kind);
    assert.equal(text.length, pages, kind);
    assert.ok(text[0]!.includes(kindOf(kind).title), `${kind}: title`);
    text.forEach((page, i) => {
      assert.ok(page.includes(formatDocumentNumber(issued!.documentNumber)), `${kind}: page ${i + 1} has no number`);
      assert.ok(page.includes(`第 ${i + 1} 页，共 ${pages} 页`), `${kind}: page ${i + 1} does not say which it is`);
    });
    const whole = text.join('\n');
    assert.ok(whole.includes(formatVerificationCode(issued!.verificationCode)), `${kind}: code`);
    assert.match(whole, /演示用章/, kind);
    assert.match(whole, /2027年1月21日止/, kind);
  }
});

test('certificate numbers, phones and accounts to debit are masked unless the depositor wants them whole', async (t) => {
  const { person, phone } = EXAMPLES.accountSheet;
  for (const kind of KINDS) {
    const masked = pagesOf(t, (await render(kind)).bytes)?.join();
    const full = pagesOf(t, (await render(kind, { shown: 'full' })).bytes)?.join();
    if (!masked || !full) return;
    assert.ok(!masked.includes(person.certificateNumber), `${kind}: masked`);
    assert.ok(full.includes(person.certificateNumber), `${kind}: whole`);
    if (kind === 'accountSheet' || kind === 'loanSheet') {
      assert.ok(!masked.includes(phone) && full.includes(phone), `${kind}: phone`);
    }
  }
});

test('a preview has neither number nor code nor seal, and says on every page what it is', async (t) => {
  const { bytes, pages } = await render('crossRegionCertificate', { issued: null });
  const text = pagesOf(t, bytes);
  if (!text) return;
  assert.equal(text.length, pages);
  for (const page of text) assert.match(page, /预览，未编号/);
  assert.ok(
    !text.join().includes(formatVerificationCode(examplePaper('crossRegionCertificate').issued!.verificationCode)),
  );
  assert.ok(!Buffer.from(bytes).toString('latin1').includes('/Sig'), 'a place for a signature in a preview');
});

test('the box that applies is ticked, each of the four, and no other', async (t) => {
  const states: readonly AccountBox[] = ['normal', 'sealed', 'arrears', 'other'];
  const plain = EXAMPLES.crossRegionCertificate;
  const pictures = new Map<AccountBox, { width: number; data: Buffer }>();
  for (const accountBox of states) {
    const { bytes } = await render('crossRegionCertificate', {}, { ...plain, accountBox });
    const picture = pixelsOf(t, bytes, 1);
    if (!picture) return;
    pictures.set(accountBox, picture);
  }
  // Columns of the row of boxes where the ink of two pictures differs: each tick stands further right than the one before.
  const darkest = (accountBox: AccountBox): number => {
    const { width, data } = pictures.get(accountBox)!;
    const others = states
      .filter((state) => state !== accountBox && state !== 'other')
      .map((s) => pictures.get(s)!.data);
    let [best, at] = [0, -1];
    for (let x = 130; x < 420; x++) {
      let difference = 0;
      for (let y = 268; y < 292; y++) {
        const i = y * width + x;
        difference += Math.max(0, Math.min(...others.map((other) => other[i]!)) - data[i]!);
      }
      if (difference > best) [best, at] = [difference, x];
    }
    assert.ok(best > 100, `${accountBox}: no box is ticked (look at the row 账户状态)`);
    return at;
  };
  const places = states.map(darkest);
  assert.deepEqual(
    [...places].sort((a, b) => a - b),
    places,
    `ticks at ${places}`,
  );
  assert.equal(new Set(places).size, 4);
});

test("both ratios carry their own name: the unit's and the person's", async (t) => {
  const { account } = EXAMPLES.crossRegionCertificate;
  const content = { ...EXAMPLES.crossRegionCertificate, account: { ...account, unitRatioBp: 800, personRatioBp: 525 } };
  const text = pagesOf(t, (await render('crossRegionCertificate', {}, content)).bytes);
  if (!text) return;
  assert.match(text[0]!, /缴存比例 单位\s+8%\s+缴存比例 个人\s+5\.25%/);
});

test('the certificate for another city brings its details and a slip to be sent back', async (t) => {
  const text = pagesOf(t, (await render('crossRegionCertificate')).bytes);
  if (!text) return;
  assert.equal(text.length, 3);
  assert.match(text[0]!, /海湾市住房公积金管理中心：/);
  assert.match(text[1]!, /缴存明细/);
  for (const words of ['回执', '准予', '不予', '等额本金', '等额本息', '其他', '参贷']) {
    assert.ok(text[2]!.includes(words), words);
  }
});

test('amounts in words, reprints and the length of validity', async (t) => {
  const text = pagesOf(t, (await render('loanSettlement', { reprint: 2, validMonths: null })).bytes);
  if (!text) return;
  assert.match(text[0]!, /人民币陆拾万元整/);
  assert.match(text[0]!, /补打 2/);
  assert.match(text[0]!, /第\s*3\s*次/);
  assert.doesNotMatch(text[0]!, /个月内有效/);
});

test('content that contradicts itself never reaches paper', async () => {
  const year = { ...EXAMPLES.annualStatement, interestFen: 98_003 };
  await assert.rejects(render('annualStatement', {}, year), /is not what it closes with/);
  const sheet = EXAMPLES.accountSheet;
  await assert.rejects(
    render('accountSheet', {}, { ...sheet, parts: { ...sheet.parts, frozenFen: 1 } }),
    /the parts are not the balance/,
  );
  const early = { ...EXAMPLES.loanSettlement, settledOn: '2019-06-09' };
  await assert.rejects(render('loanSettlement', {}, early), /settled after/);
});

test('a code stands for everything a paper says: one figure more and it is another', () => {
  for (const kind of KINDS) {
    const text = canonicalText(kind, 'N', EXAMPLES[kind]);
    assert.notEqual(canonicalText(kind, 'M', EXAMPLES[kind]), text, kind);
    const key = kind === 'depositStatement' ? 'openingFen' : undefined;
    if (key) continue;
    const again = canonicalText(kind, 'N', structuredClone(EXAMPLES[kind]));
    assert.equal(again, text, kind);
  }
  const { depositCertificate } = EXAMPLES;
  const more = { ...depositCertificate, account: { ...depositCertificate.account, balanceFen: 1 } };
  assert.notEqual(
    canonicalText('depositCertificate', 'N', more),
    canonicalText('depositCertificate', 'N', depositCertificate),
  );
});

test("what a stranger sees of any kind holds nobody's whole name or number", () => {
  const { person, phone, account } = EXAMPLES.accountSheet;
  for (const kind of KINDS) {
    const facts = kindOf(kind).facts(EXAMPLES[kind]);
    assert.ok(facts.length >= 4, kind);
    const text = JSON.stringify(facts);
    for (const whole of [person.name, person.certificateNumber, phone, account.number, account.unitName]) {
      assert.ok(!text.includes(whole), `${kind} shows a personal value unmasked`);
    }
  }
});

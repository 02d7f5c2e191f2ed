import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { SYNTHETIC_CENTRE_NAME } from '@kiosk/domain/synthetic.ts';
import { loadFonts } from '../fonts.ts';
import { CALCULATIONS, type CalculationContent, type CalculationName, renderCalculation } from './calculation.ts';
import { CALCULATION_EXAMPLES } from './examples.ts';

const fonts = await loadFonts(join(import.meta.dirname, '../../assets/fonts'));
const folder = mkdtempSync(join(tmpdir(), 'calculations-'));
after(() => rmSync(folder, { recursive: true }));
const frame = { centreName: SYNTHETIC_CENTRE_NAME, terminalId: 'JZ0030', at: Date.UTC(2026, 10, 21, 6, 8, 5) };

async function pagesOf(t: TestContext, content: CalculationContent): Promise<string[] | undefined> {
  const rendered = await renderCalculation(content, frame, fonts);
  assert.ok(rendered.ok);
  const file = join(folder, 'calculation.pdf');
  writeFileSync(file, rendered.value.bytes);
  const run = spawnSync('pdftotext', ['-layout', '-enc', 'UTF-8', file, '-'], { encoding: 'utf8' });
  if (run.error) t.skip('pdftotext not installed');
  return run.error ? undefined : run.stdout.split('\f').slice(0, -1);
}

test('every page of a calculation says that it has no seal and certifies nothing', async (t) => {
  for (const [name, content] of Object.entries(CALCULATION_EXAMPLES)) {
    const pages = await pagesOf(t, content);
    if (!pages) return;
    assert.ok(pages[0]!.includes(CALCULATIONS[name as CalculationName].title), name);
    assert.match(pages.at(-1)!, /未加盖印章，不作凭证。如有疑问，请拨打 12329/, name);
    pages.forEach((page, i) => {
      assert.match(page, /试算单，未加盖印章，不作凭证/, `${name}: page ${i + 1}`);
      assert.ok(
        page.includes(`第 ${i + 1} 页，共 ${pages.length} 页`),
        `${name}: page ${i + 1} does not say which it is`,
      );
      assert.doesNotMatch(page, /验证码|业务专用章/, name);
    });
  }
});

test('interest can be followed line by line to the fen', async (t) => {
  const text = (await pagesOf(t, CALCULATION_EXAMPLES.interest))?.[0];
  if (!text) return;
  assert.match(text, /2025-07-01\s+2025-07-14\s+14\s+50,000\.00\s+700,000\.00/);
  assert.match(text, /合计\s+365\s+23,520,400\.00/);
  assert.match(text, /980\.02 元/);
});

test('a plan of thirty years is all there, and adds up', async (t) => {
  const pages = await pagesOf(t, CALCULATION_EXAMPLES.loan);
  if (!pages) return;
  const text = pages.join('\n');
  assert.match(text, /^\s*1\s+4,003\.40\s+1,836\.73\s+2,166\.67\s+998,163\.27/m);
  assert.match(text, /^\s*360\s+4,001\.75\s/m);
  assert.match(text, /合计\s+1,441,222\.35\s+1,000,000\.00\s+441,222\.35/);
});

test('both ways of repaying early stand beside going on as before', async (t) => {
  const text = (await pagesOf(t, CALCULATION_EXAMPLES.earlyRepayment))?.[0];
  if (!text) return;
  assert.match(text, /不提前还款\s+减少月供\s+缩短期限/);
  assert.match(text, /剩余期数\s+152 期\s+152 期\s+107 期/);
  assert.match(text, /节省利息\s+—\s+[\d,.]+ 元\s+[\d,.]+ 元/);
});

test('a plan that does not repay the loan is a bug and is not printed', async () => {
  const { content } = CALCULATION_EXAMPLES.loan as Extract<CalculationContent, { kind: 'loan' }>;
  const wrong = { kind: 'loan', content: { ...content, rows: content.rows.slice(1) } } as const;
  await assert.rejects(renderCalculation(wrong, frame, fonts), /does not repay/);
});

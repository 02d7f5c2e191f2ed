import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blankPdf } from '@kiosk/device-drivers/suites/blank-pdf.ts';
import { countPageObjects } from './pages.ts';

test('pages are counted without pdfinfo, and the list of pages is not one of them', () => {
  for (const pages of [1, 3, 12])
    assert.equal(countPageObjects(Buffer.from(blankPdf(pages)).toString('latin1')), pages);
  assert.equal(countPageObjects('no PDF at all'), 1);
});

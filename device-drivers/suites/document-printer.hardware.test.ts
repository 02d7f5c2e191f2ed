import { test } from 'node:test';
import { ippDocumentPrinter } from '../drivers/document-ipp/driver.ts';
import { documentPrinterSuite } from './document-printer.suite.ts';

const port = process.env['KIOSK_TEST_A4_URI'];

if (port) {
  const open = () =>
    Promise.resolve({
      driver: ippDocumentPrinter,
      port,
      options: {},
      hands: undefined,
      close: () => Promise.resolve(),
    });
  documentPrinterSuite(`A4 printer at ${port}`, open, false);
} else {
  test('A4 printer, real hardware', { skip: 'KIOSK_TEST_A4_URI names no printer' }, () => {});
}

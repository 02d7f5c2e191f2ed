import { test } from 'node:test';
import { escposSlipPrinter } from '../drivers/slip-escpos/driver.ts';
import { slipPrinterSuite } from './slip-printer.suite.ts';

const port = process.env['KIOSK_TEST_SLIP_PORT'];

if (port) {
  const open = () =>
    Promise.resolve({ driver: escposSlipPrinter, port, options: {}, hands: undefined, close: () => Promise.resolve() });
  slipPrinterSuite(`slip printer at ${port}`, open, false);
} else {
  test('slip printer, real hardware', { skip: 'KIOSK_TEST_SLIP_PORT names no port' }, () => {});
}

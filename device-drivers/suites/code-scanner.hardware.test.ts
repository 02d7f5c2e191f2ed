import { test } from 'node:test';
import { serialCodeScanner } from '../drivers/code-scanner-serial/driver.ts';
import { codeScannerSuite } from './code-scanner.suite.ts';

const port = process.env['KIOSK_TEST_CODE_SCANNER_PORT'];

if (port) {
  const open = () =>
    Promise.resolve({
      driver: serialCodeScanner,
      port,
      options: {},
      hands: undefined,
      hostile: [],
      close: () => Promise.resolve(),
    });
  codeScannerSuite(`code scanner at ${port}`, open, false);
} else {
  test('code scanner, real hardware', { skip: 'KIOSK_TEST_CODE_SCANNER_PORT names no port' }, () => {});
}

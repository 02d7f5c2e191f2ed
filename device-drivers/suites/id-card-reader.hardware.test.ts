import { test } from 'node:test';
import { sdtIdCardReader } from '../drivers/sdt-id-reader/driver.ts';
import { idCardReaderSuite } from './id-card-reader.suite.ts';

const port = process.env['KIOSK_TEST_ID_READER_PORT'];

if (port) {
  const open = () =>
    Promise.resolve({ driver: sdtIdCardReader, port, hands: undefined, close: () => Promise.resolve() });
  idCardReaderSuite(`ID card reader at ${port}`, open, false);
} else {
  test('ID card reader, real hardware', { skip: 'KIOSK_TEST_ID_READER_PORT names no port' }, () => {});
}

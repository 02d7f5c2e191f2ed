import { test } from 'node:test';
import {
  sdtDllIdCardReader,
  sdtHidIdCardReader,
  sdtIdCardReader,
  sdtUsbIdCardReader,
} from '../drivers/sdt-id-reader/driver.ts';
import { idCardReaderSuite } from './id-card-reader.suite.ts';

const port = process.env['KIOSK_TEST_ID_READER_PORT'];
const library = process.env['KIOSK_TEST_ID_READER_LIBRARY'];

if (port) {
  const driver = library
    ? sdtDllIdCardReader
    : port.startsWith('usb:')
      ? sdtUsbIdCardReader
      : port.startsWith('hid:')
        ? sdtHidIdCardReader
        : sdtIdCardReader;
  const options = library ? { library } : {};
  const open = () => Promise.resolve({ driver, port, options, hands: undefined, close: () => Promise.resolve() });
  idCardReaderSuite(`ID card reader at ${port}, driver ${driver.name}`, open, false);
} else {
  test('ID card reader, real hardware', { skip: 'KIOSK_TEST_ID_READER_PORT names no port' }, () => {});
}

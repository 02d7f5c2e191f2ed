import { test } from 'node:test';
import { modbusIoBoard } from '../drivers/io-board-modbus/driver.ts';
import { ioBoardSuite } from './io-board.suite.ts';

const port = process.env['KIOSK_TEST_IO_BOARD_PORT'];

if (port) {
  const open = () =>
    Promise.resolve({ driver: modbusIoBoard, port, options: {}, hands: undefined, close: () => Promise.resolve() });
  ioBoardSuite(`I/O board at ${port}`, open, false);
} else {
  test('I/O board, real hardware', { skip: 'KIOSK_TEST_IO_BOARD_PORT names no port' }, () => {});
}

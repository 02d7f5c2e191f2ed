import { test } from 'node:test';
import { zt598PinPad } from '../drivers/pin-pad-zt598/driver.ts';
import { pinPadSuite } from './pin-pad.suite.ts';

const port = process.env['KIOSK_TEST_PIN_PAD_PORT'];

if (port) {
  const open = () =>
    Promise.resolve({
      driver: zt598PinPad,
      port,
      options: {},
      hands: undefined,
      cardNumber: '99'.padEnd(16, '0'),
      close: () => Promise.resolve(),
    });
  pinPadSuite(`PIN pad at ${port}`, open, false);
} else {
  test('PIN pad, real hardware', { skip: 'KIOSK_TEST_PIN_PAD_PORT names no port' }, () => {});
}

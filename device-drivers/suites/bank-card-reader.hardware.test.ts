import { test } from 'node:test';
import { crtBankCardReader } from '../drivers/bank-card-crt/driver.ts';
import { ictBankCardReader } from '../drivers/bank-card-ict/driver.ts';
import { pcscBankCardReader } from '../drivers/bank-card-pcsc/driver.ts';
import { bankCardReaderSuite } from './bank-card-reader.suite.ts';

for (const [variable, driver, motor] of [
  ['KIOSK_TEST_BANK_CARD_PCSC', pcscBankCardReader, false],
  ['KIOSK_TEST_BANK_CARD_CRT', crtBankCardReader, true],
  ['KIOSK_TEST_BANK_CARD_ICT', ictBankCardReader, true],
] as const) {
  const port = process.env[variable];
  if (port) {
    const open = () => Promise.resolve({ driver, port, options: {}, hands: undefined, close: () => Promise.resolve() });
    bankCardReaderSuite({ name: `${driver.name} at ${port}`, open, motor, hasHands: false });
  } else {
    test(`${driver.name}, real hardware`, { skip: `${variable} names no port` }, () => {});
  }
}

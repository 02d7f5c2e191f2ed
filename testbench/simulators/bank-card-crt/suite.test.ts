import { crtBankCardReader } from '@kiosk/device-drivers/drivers/bank-card-crt/driver.ts';
import { bankCardReaderSuite } from '@kiosk/device-drivers/suites/bank-card-reader.suite.ts';
import { SHORT_TIMES, openBankCardBench } from '../bank-card/bench.ts';

bankCardReaderSuite({
  name: 'CRT-571, simulated on a pseudo-terminal',
  motor: true,
  hasHands: true,
  open: () =>
    openBankCardBench(new URL('./main.ts', import.meta.url), crtBankCardReader, {
      motor: true,
      driver: SHORT_TIMES,
      simulator: { bootMs: 100 },
    }),
});

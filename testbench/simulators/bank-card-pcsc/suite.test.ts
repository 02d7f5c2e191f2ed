import { pcscBankCardReader } from '@kiosk/device-drivers/drivers/bank-card-pcsc/driver.ts';
import { bankCardReaderSuite } from '@kiosk/device-drivers/suites/bank-card-reader.suite.ts';
import { SHORT_TIMES, openBankCardBench } from '../bank-card/bench.ts';
import { whyNoVirtualReader } from './service.ts';

const { backOffFirstMs, backOffMostMs } = SHORT_TIMES;

bankCardReaderSuite({
  name: 'PC/SC reader: the virtual one of Debian, behind its pcscd',
  motor: false,
  hasHands: true,
  skip: whyNoVirtualReader(),
  async open() {
    const bench = await openBankCardBench(new URL('./main.ts', import.meta.url), pcscBankCardReader, {
      motor: false,
      driver: { answerMs: 1_500, backOffFirstMs, backOffMostMs },
      simulator: {},
    });
    // The PC/SC library of this process asks it for the service's socket.
    process.env['PCSCLITE_CSOCK_NAME'] = String(bench.simulator.ready['socket']);
    return bench;
  },
});

import { sdtIdCardReader } from '@kiosk/device-drivers/drivers/sdt-id-reader/driver.ts';
import { SHORT_LATE_MS, SHORT_TIMES, idCardReaderFaults } from '@kiosk/device-drivers/suites/id-card-reader.faults.ts';
import { simulatedReader } from './bench.ts';

idCardReaderFaults('ID card reader on a serial port, every step and every fault', async () => ({
  driver: sdtIdCardReader,
  options: { ...SHORT_TIMES, search: false },
  ...(await simulatedReader({ slowMs: SHORT_LATE_MS })),
}));

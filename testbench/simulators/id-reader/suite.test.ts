import { sdtIdCardReader } from '@kiosk/device-drivers/drivers/sdt-id-reader/driver.ts';
import { idCardReaderSuite } from '@kiosk/device-drivers/suites/id-card-reader.suite.ts';
import { simulatedReader } from './bench.ts';

const open = async () => ({ driver: sdtIdCardReader, ...(await simulatedReader()) });

idCardReaderSuite('ID card reader, simulated on a pseudo-terminal', open, true);

import { pinPadSuite } from '@kiosk/device-drivers/suites/pin-pad.suite.ts';
import { openPadBench } from './bench.ts';

pinPadSuite('PIN pad, simulated on a pseudo-terminal', openPadBench, true);

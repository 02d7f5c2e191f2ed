import { DRIVERS } from '../drivers/table.ts';
import { runDeviceHost } from './run.ts';

await runDeviceHost(DRIVERS);

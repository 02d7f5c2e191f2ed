import { crtBankCardReader } from './bank-card-crt/driver.ts';
import { ictBankCardReader } from './bank-card-ict/driver.ts';
import { pcscBankCardReader } from './bank-card-pcsc/driver.ts';
import { serialCodeScanner } from './code-scanner-serial/driver.ts';
import { ippDocumentPrinter } from './document-ipp/driver.ts';
import type { AnyDriver } from './driver.ts';
import { modbusIoBoard } from './io-board-modbus/driver.ts';
import { zt598PinPad } from './pin-pad-zt598/driver.ts';
import { sdtDllIdCardReader, sdtHidIdCardReader, sdtIdCardReader, sdtUsbIdCardReader } from './sdt-id-reader/driver.ts';
import { escposSlipPrinter } from './slip-escpos/driver.ts';
import { vendorPlugin } from './vendor-plugin/driver.ts';

/** Every driver of the product, by hand: what is not in this list does not exist. */
const ALL: readonly AnyDriver[] = [
  sdtIdCardReader,
  sdtUsbIdCardReader,
  sdtHidIdCardReader,
  sdtDllIdCardReader,
  escposSlipPrinter,
  ippDocumentPrinter,
  pcscBankCardReader,
  crtBankCardReader,
  ictBankCardReader,
  zt598PinPad,
  serialCodeScanner,
  modbusIoBoard,
  vendorPlugin,
];

/** By the name that the machine configuration uses. */
export const DRIVERS: ReadonlyMap<string, AnyDriver> = new Map(ALL.map((driver) => [driver.name, driver]));

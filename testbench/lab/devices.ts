import { DeviceConfig } from '@kiosk/contract/config.ts';

/** Adapters of one model, told apart by their serial numbers; the ids are of the Linux Foundation's test devices. */
const SERIAL_ADAPTER = { vendorId: '1d6b', productId: '0104' };

/** The machine configuration of the laboratory: its udev rules are made of it, and its drivers read it. */
export const LAB_DEVICES = {
  hidReader: DeviceConfig.parse({ id: 'id-reader-hid', driver: 'sdt-hid', port: 'hid:2B8B:2721' }),
  serialReader: DeviceConfig.parse({
    id: 'id-reader-serial',
    driver: 'sdt-serial',
    port: '/dev/kiosk/id-reader-serial',
    usb: { ...SERIAL_ADAPTER, serialNumber: 'SN42' },
  }),
  /** Only there to be confused with the reader. */
  otherAdapter: DeviceConfig.parse({
    id: 'code-scanner',
    driver: 'code-scanner-serial',
    port: '/dev/kiosk/code-scanner',
    usb: { ...SERIAL_ADAPTER, serialNumber: 'SN43' },
  }),
  bulkReader: DeviceConfig.parse({ id: 'id-reader-usb', driver: 'sdt-usb', port: 'usb:0400:C35A' }),
  slipPrinter: DeviceConfig.parse({
    id: 'slip-printer',
    driver: 'escpos',
    port: 'file:///dev/kiosk/slip-printer',
    usb: { vendorId: '0416', productId: '5011' },
  }),
} as const;

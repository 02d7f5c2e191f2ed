/** What a technician sees. */

import type { View } from '@kiosk/contract/screen/view.ts';
import type { DeviceStatus } from '@kiosk/contract/services/device-host.ts';
import { NOW, type Sample, nobody } from './sample.ts';

const DRIVERS: Readonly<Record<DeviceStatus['kind'], string>> = {
  idCardReader: 'sdt-serial',
  slipPrinter: 'escpos',
  documentPrinter: 'ipp',
  bankCardReader: 'bank-card-crt',
  pinPad: 'pin-pad-zt598',
  codeScanner: 'code-scanner-serial',
  ioBoard: 'io-board-modbus',
  vendorPlugin: 'vendor-plugin',
};

const device = (
  id: string,
  kind: DeviceStatus['kind'],
  state: 'ready' | 'fault' | 'offline',
  rest: Pick<Partial<DeviceStatus>, 'code' | 'warnings' | 'counters' | 'supplies'> = {},
): DeviceStatus => ({
  id,
  kind,
  driver: DRIVERS[kind],
  state,
  warnings: rest.warnings ?? [],
  since: NOW,
  counters: rest.counters ?? {},
  ...(rest.code === undefined ? {} : { code: rest.code }),
  ...(rest.supplies === undefined ? {} : { supplies: rest.supplies }),
});

const TECHNICIAN: Extract<View['content'], { screen: 'technician' }> = {
  screen: 'technician',
  name: '值班一',
  expiresInSeconds: 582,
  toDo: ['E4102', 'E4209'],
  devices: [
    device('id-reader', 'idCardReader', 'ready', { counters: { cardsRead: 1287 } }),
    device('slip', 'slipPrinter', 'ready', {
      warnings: ['E4209'],
      counters: { slips: 914, resets: 2 },
      supplies: [{ kind: 'paper', level: 'low' }],
    }),
    device('a4', 'documentPrinter', 'fault', {
      code: 'E4102',
      counters: { sheets: 3311 },
      supplies: [
        { kind: 'paper', level: 'out' },
        { kind: 'toner', name: 'Black', level: 'full', percent: 62 },
      ],
    }),
  ],
  selfTests: [
    { deviceId: 'id-reader', passed: true, milliseconds: 312, steps: [] },
    {
      deviceId: 'a4',
      passed: false,
      milliseconds: 1840,
      steps: [{ name: 'paper', passed: false, milliseconds: 4, code: 'E4102' }],
    },
  ],
  testing: ['slip'],
  history: null,
  link: {
    state: 'online',
    since: NOW,
    roundTripMs: 18,
    certificateExpiresAt: NOW + 212.5 * 86_400_000,
    certificateRenewedAt: NOW - 3 * 86_400_000,
  },
  linkTest: [
    { name: 'DNS', passed: true, milliseconds: 2 },
    { name: 'TCP', passed: true, milliseconds: 4 },
    { name: 'TLS', passed: true, milliseconds: 18 },
    { name: 'HTTP', passed: true, milliseconds: 31 },
  ],
  queue: {
    business: { pending: 3, oldestAt: NOW - 6 * 60_000, quarantined: 1 },
    audit: { pending: 12, oldestAt: NOW - 6 * 60_000, quarantined: 0 },
    telemetry: { pending: 0, oldestAt: null, quarantined: 0 },
  },
  reconciliation: { waiting: 1, cases: 2 },
  unsettled: 0,
  versions: [
    { program: 'kiosk-app', version: '0.1.0' },
    { program: 'device-host', version: '0.1.0' },
    { program: 'sync-agent', version: '0.1.0' },
  ],
};

export const TECHNICIAN_SCREENS: readonly Sample[] = [
  {
    name: 'technician-sign-in',
    frame: nobody,
    content: { screen: 'technicianSignIn', error: 'E7101', lockedSeconds: null, checking: false },
  },
  { name: 'technician', frame: nobody, content: TECHNICIAN },
  {
    name: 'technician-history',
    frame: nobody,
    content: {
      ...TECHNICIAN,
      history: {
        deviceId: 'a4',
        asking: false,
        error: null,
        entries: [
          { at: NOW - 4 * 60_000, state: 'fault', code: 'E4102' },
          { at: NOW - 52 * 60_000, state: 'ready' },
          { at: NOW - 58 * 60_000, state: 'fault', code: 'E4103' },
          { at: NOW - 26 * 3_600_000, state: 'ready' },
          { at: NOW - 26.1 * 3_600_000, state: 'starting' },
          { at: NOW - 26.2 * 3_600_000, state: 'offline', code: 'E4101' },
          { at: NOW - 50 * 3_600_000, state: 'ready' },
          { at: NOW - 50.1 * 3_600_000, state: 'starting' },
        ],
      },
    },
  },
  {
    name: 'technician-history-failed',
    frame: nobody,
    content: { ...TECHNICIAN, history: { deviceId: 'a4', asking: false, error: 'E9003', entries: [] } },
  },
  {
    name: 'technician-seven',
    frame: nobody,
    content: {
      ...TECHNICIAN,
      toDo: ['E4102', 'E1402', 'E4209'],
      devices: [
        ...TECHNICIAN.devices,
        device('bank-card-reader', 'bankCardReader', 'ready', { counters: { cardsRead: 402, cardsRetained: 3 } }),
        device('pin-pad', 'pinPad', 'fault', { code: 'E1402', counters: { pins: 377 } }),
        device('code-scanner', 'codeScanner', 'ready', { counters: { codes: 88 } }),
        device('io-board', 'ioBoard', 'ready'),
      ],
    },
  },
];

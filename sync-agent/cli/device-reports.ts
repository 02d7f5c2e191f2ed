import type {
  DeviceKind,
  DeviceStatus,
  PrintCompletion,
  StatusChange,
  Supply,
  TraceLine,
} from '@kiosk/contract/services/device-host.ts';
import type { CabinetInputs } from '@kiosk/contract/services/devices.ts';
import type { Report } from './reports.ts';
import type { Speech } from './words.ts';

const works = ({ state }: Pick<DeviceStatus, 'state'>) => state === 'ready' || state === 'busy';

/** What there is and what it can do. */
export function capabilitiesReport(devices: readonly DeviceStatus[], { say, name }: Speech): Report {
  return {
    sections: [
      {
        title: say('devices'),
        rows: [
          [say('device'), say('kind'), say('driver'), say('identity'), say('capabilities')],
          ...devices.map(({ id, kind, driver, identity, capabilities = {} }) => [
            id,
            name(kind),
            driver,
            identity ?? '-',
            Object.entries(capabilities)
              .map(([what, value]) => `${what} ${[value].flat().join('/')}`)
              .join(', '),
          ]),
        ],
      },
    ],
    json: devices.map(({ id, kind, driver, identity, capabilities }) => ({ id, kind, driver, identity, capabilities })),
    good: true,
  };
}

/** How every device is, one section each. */
export function detailsReport(
  devices: readonly DeviceStatus[],
  cabinet: CabinetInputs | undefined,
  speech: Speech,
): Report {
  const { say, name, time, explain } = speech;
  return {
    sections: devices.map((device) => ({
      title: `${device.id}  ${name(device.kind)}`,
      rows: [
        [say('state'), `${name(device.state)}${device.code ? `  ${explain(device.code)}` : ''}`],
        ...device.warnings.map((code) => [say('warning'), explain(code)]),
        [say('since'), time(device.since)],
        ...(device.identity ? [[say('identity'), device.identity]] : []),
        ...(device.supplies ?? []).map((supply) => [say('supply'), supplyText(supply, speech)]),
        ...Object.entries(device.counters).map(([counter, count]) => [name(counter), String(count)]),
        ...(device.kind === 'ioBoard'
          ? Object.entries(cabinet ?? {}).map(([sensor, value]) => [sensor, say(value ? 'yes' : 'no')])
          : []),
      ],
    })),
    json: devices.map((device) => (device.kind === 'ioBoard' ? { ...device, cabinet } : device)),
    good: devices.every(works),
  };
}

function supplyText({ kind, name, level, percent }: Supply, speech: Speech): string {
  const amount = percent === undefined ? '' : `  ${percent} %`;
  return `${speech.name(kind)}${name ? ` ${name}` : ''}  ${speech.name(level)}${amount}`;
}

/** One line of `devices watch`. */
export function changeLine(
  {
    at,
    deviceId,
    state,
    code,
    warnings = [],
  }: {
    readonly at: number;
    readonly deviceId: string;
    readonly state: string;
    readonly code?: string;
    readonly warnings?: readonly string[];
  },
  { name, explain }: Speech,
): string {
  const codes = [...(code ? [code] : []), ...warnings].map(explain);
  return [clockTime(at), deviceId, name(state), ...codes].join('  ');
}

export function historyReport(changes: readonly StatusChange[], { say, name, explain }: Speech): Report {
  return {
    sections: [
      {
        title: say('history'),
        rows: changes.map(({ at, state, code }) => [
          `${new Date(at).toLocaleDateString('sv')} ${clockTime(at)}`,
          name(state),
          code ? explain(code) : '',
        ]),
      },
    ],
    json: changes,
    good: true,
  };
}

export function readReport(device: string, fields: Readonly<Record<string, string>>, { say, name }: Speech): Report {
  return {
    sections: [
      {
        title: `${say('read')}: ${device}`,
        rows: Object.entries(fields).map(([field, value]) => [name(field), value]),
      },
    ],
    json: fields,
    good: true,
  };
}

export function printedReport(
  number: string,
  kind: DeviceKind,
  { outcome, code, printed }: PrintCompletion,
  { say, name, explain }: Speech,
): Report {
  return {
    sections: [
      {
        title: `${say('printed')}: ${number}`,
        rows: [
          [say('result'), `${name(outcome)}${code ? `  ${explain(code)}` : ''}`],
          [say(kind === 'slipPrinter' ? 'slipsOut' : 'pages'), String(printed)],
        ],
      },
    ],
    json: { number, outcome, code, printed },
    good: outcome === 'done',
  };
}

export function traceText({ at, direction, hex, more }: TraceLine): string {
  return `${clockTime(at)}  ${direction === 'out' ? '▶' : '◀'}  ${hex}${more === undefined ? '' : `  +${more}`}`;
}

/** Local time with milliseconds. */
function clockTime(at: number): string {
  const date = new Date(at);
  return `${date.toLocaleTimeString('sv')}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

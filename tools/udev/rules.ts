import type { DeviceConfig, UsbPlace } from '@kiosk/contract/config.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';

/** Rules are read in the order of their names; one that gives rights to a seat must come before 73-seat-late.rules. */
export const RULES_FILE = '70-kiosk.rules';

/** Where a device is found whatever socket or order it came in: `/dev/kiosk/id-reader`. */
const linkOf = (id: string) => `kiosk/${id}`;

/**
 * udev rules that give every USB device of the machine a name of its own and the device-host the right to open it. A
 * device with a port by HID or USB is known by its port; a serial or printer port needs `usb` in its configuration.
 * Errors: E8101 when two devices cannot be told apart.
 */
export function udevRules(devices: readonly DeviceConfig[]): Result<string> {
  const known = devices.flatMap((device) => {
    const place = placeOf(device);
    return place ? [{ device, place }] : [];
  });
  for (const [index, { device, place }] of known.entries()) {
    const twin = known.slice(0, index).find((other) => cannotTell(other.place, place));
    if (twin) {
      const detail = `devices.${devices.indexOf(device)}.usb: the same as of ${twin.device.id}; serialNumber or socket must differ`;
      return fail('E8101', detail);
    }
  }
  const head = `# Names and rights of this terminal's devices: /etc/udev/rules.d/${RULES_FILE}\n# Made from its configuration; afterwards: udevadm control --reload && udevadm trigger\n`;
  return ok(head + known.map(({ device, place }) => `\n# ${device.id}\n${rulesFor(device, place)}`).join(''));
}

function placeOf({ port, usb, options }: DeviceConfig): UsbPlace | undefined {
  if (usb) return usb;
  const [, vendorId, productId] = /^(?:usb|hid):([0-9a-f]{4}):([0-9a-f]{4})$/i.exec(port) ?? [];
  if (vendorId === undefined || productId === undefined) return undefined;
  const { serialNumber } = options;
  return { vendorId, productId, ...(typeof serialNumber === 'string' ? { serialNumber } : {}) };
}

function cannotTell(a: UsbPlace, b: UsbPlace): boolean {
  if (a.vendorId.toLowerCase() !== b.vendorId.toLowerCase()) return false;
  if (a.productId.toLowerCase() !== b.productId.toLowerCase()) return false;
  const differ = (x?: string, y?: string) => x !== undefined && y !== undefined && x !== y;
  return !differ(a.serialNumber, b.serialNumber) && !differ(a.socket, b.socket);
}

/** The kernel writes hexadecimal digits small, and a rule compares letter by letter. */
function rulesFor({ id, port }: DeviceConfig, place: UsbPlace): string {
  const link = linkOf(id);
  // The node of the bus, for who speaks to the device without a driver of the kernel; HID devices have it too.
  const bus = rule(['SUBSYSTEM=="usb"', 'ENV{DEVTYPE}=="usb_device"', ...own(place)], `${link}-usb`, 'plugdev');
  if (/^usb:/i.test(port)) return bus;
  const hidraw = rule(['SUBSYSTEM=="hidraw"', ...above(place)], link, 'plugdev');
  if (/^hid:/i.test(port)) return hidraw + bus;
  return (
    rule(['SUBSYSTEM=="tty"', ...above(place)], link, 'dialout') +
    rule(['SUBSYSTEM=="usbmisc"', 'KERNEL=="lp[0-9]*"', ...above(place)], link, 'lp')
  );
}

/** All of these must hold of one and the same device above. */
function above({ vendorId, productId, serialNumber, socket }: UsbPlace): string[] {
  return [
    'SUBSYSTEMS=="usb"',
    `ATTRS{idVendor}=="${vendorId.toLowerCase()}"`,
    `ATTRS{idProduct}=="${productId.toLowerCase()}"`,
    ...(serialNumber === undefined ? [] : [`ATTRS{serial}=="${serialNumber}"`]),
    ...(socket === undefined ? [] : [`KERNELS=="${socket}"`]),
  ];
}

function own({ vendorId, productId, serialNumber, socket }: UsbPlace): string[] {
  return [
    `ATTR{idVendor}=="${vendorId.toLowerCase()}"`,
    `ATTR{idProduct}=="${productId.toLowerCase()}"`,
    ...(serialNumber === undefined ? [] : [`ATTR{serial}=="${serialNumber}"`]),
    ...(socket === undefined ? [] : [`KERNEL=="${socket}"`]),
  ];
}

function rule(matches: readonly string[], link: string, group: string): string {
  return `${[...matches, `SYMLINK+="${link}"`, `GROUP="${group}"`, 'MODE="0660"'].join(', ')}\n`;
}

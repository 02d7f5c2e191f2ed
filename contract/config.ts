import { z } from 'zod';
import { SuiteName } from './journal/suite/suite.ts';
import { TerminalIdentity } from './services/sync-agent.ts';

const usbId = z.string().regex(/^[0-9a-fA-F]{4}$/, 'four hexadecimal digits');

export const UsbPlace = z.strictObject({
  vendorId: usbId,
  productId: usbId,
  /** Where two adapters are of one model and have serial numbers. */
  serialNumber: z
    .string()
    .regex(/^[\w.:-]{1,64}$/, 'letters, digits, dot, colon, dash and underscore')
    .optional(),
  /** Where they have none: the socket they are plugged into, as the kernel names it, e.g. `1-1.4`. */
  socket: z
    .string()
    .regex(/^\d+-\d+(\.\d+)*$/, 'a socket as the kernel names it, e.g. 1-1.4')
    .optional(),
});
export type UsbPlace = z.infer<typeof UsbPlace>;

/** One device of the machine: the driver by its name in the driver table, its port and the driver's own options. */
export const DeviceConfig = z.strictObject({
  /** Name of the device in status, logs and commands; its stable port is `/dev/kiosk/<id>`. */
  id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'a name of small letters, digits and -, at most 32'),
  driver: z.string(),
  /**
   * A serial port path, `tcp://host:port`, `ipp://host:port/path`, `usb:VVVV:PPPP`, `hid:VVVV:PPPP`; `file:///dev/…` for a
   * device of the kernel that is none of these, as a USB printer is.
   */
  port: z.string(),
  /** How the operating system tells this device from others on USB; udev rules are made of it. */
  usb: UsbPlace.optional(),
  options: z.record(z.string(), z.unknown()).default({}),
});
export type DeviceConfig = z.infer<typeof DeviceConfig>;

/** How long the journal keeps what the platform has, and where its copies go. Nothing unacknowledged ever goes. */
export const JournalConfig = z.object({
  backup: z
    .object({
      /** A folder on a second disk; without it copies lie beside the journal and share its fate. */
      folder: z.string().optional(),
      /** Copies kept. A data key that was destroyed is gone from the last of them after so many backups. */
      keep: z.number().int().min(1).max(60).default(7),
      everyHours: z.number().int().min(1).max(168).default(24),
    })
    .prefault({}),
  /**
   * Days after the acknowledgement, until the centre's signed parameters say otherwise. 400 are thirteen months of any
   * calendar; the audit stream has no less.
   */
  retention: z
    .object({
      businessDays: z.number().int().min(30).default(400),
      auditDays: z.number().int().min(400).default(400),
      telemetryDays: z.number().int().min(1).default(30),
      /** Data keys of personal fields: after that the person's data can be read at the centre and nowhere else. */
      keysDays: z.number().int().min(1).default(30),
    })
    .prefault({}),
  /** Telemetry waiting for the platform beyond which step timings are counted and no longer recorded. */
  mostTelemetry: z.number().int().min(100).default(50_000),
});
export type JournalConfig = z.infer<typeof JournalConfig>;

/**
 * The one configuration file of a terminal, read by each of its programs from the path in KIOSK_CONFIG. Secrets are not
 * in it: it names the files that hold them.
 */
export const TerminalConfig = z.object({
  mode: z.enum(['production', 'development']),
  terminal: TerminalIdentity,
  devices: z.array(DeviceConfig),
  platform: z.object({
    url: z.url({ protocol: /^https$/ }),
    caFile: z.string(),
    certificateFile: z.string(),
    keyFile: z.string(),
  }),
  /** Ed25519 private key (PKCS 8 PEM) the terminal signs its journal heads with. */
  signingKeyFile: z.string(),
  /** X25519 public key (SPKI PEM) of the centre: data keys are wrapped for it (HPKE, contract/journal/sealing.ts). */
  centreKeyFile: z.string(),
  /**
   * Ed25519 public keys (SPKI PEM, one after another) of the centre: catalogue, parameters and commands are taken only
   * when one of them signed. A second one is there while keys change.
   */
  configurationKeyFile: z.string(),
  /** Algorithms of the journal; one that was made with others does not open. Absent: intl. */
  suite: SuiteName.optional(),
  /** Names and scrypt hashes of the technicians, written by provisioning. */
  techniciansFile: z.string(),
  /** journal.db, operations.db and keys live under here; the programs create what is missing. */
  dataDir: z.string(),
  /** Absent: every default of it. */
  journal: JournalConfig.optional(),
  /** Local sockets: a folder only the service group can enter. */
  socketDir: z.string(),
  /** File with the token that local programs show each other. */
  tokenFile: z.string(),
  /** The same screen for a browser on loopback; a production configuration refuses it. */
  preview: z.object({ port: z.number().int() }).optional(),
});
export type TerminalConfig = z.infer<typeof TerminalConfig>;

/** Socket names inside `socketDir`; on Windows named pipes of the same names. */
export function socketPath(socketDir: string, service: 'device-host' | 'sync-agent'): string {
  return process.platform === 'win32' ? `\\\\.\\pipe\\kiosk-${service}` : `${socketDir}/${service}.sock`;
}

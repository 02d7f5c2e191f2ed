import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { Words } from '@kiosk/contract/services/common.ts';
import { DOCUMENT_KIND_NAMES } from '@kiosk/documents/kinds/names.ts';
import { z } from 'zod';

const TerminalId = z.string().regex(/^\d{6}$/);

/** Port 0 takes a free one; the ready line of main.ts says which. */
const Listener = { host: z.string().default('127.0.0.1'), port: z.number().int().min(0).max(65_535) };

/**
 * The one configuration file of the platform, read from the path in PLATFORM_CONFIG. Secrets are not in it: it names
 * the files that hold them.
 */
export const PlatformConfig = z.object({
  centre: z.object({
    id: z.string().regex(/^\d{8}$/),
    name: Words,
    /** Printed where a document says whom to ask. */
    enquiryPhone: z.string().default('12329'),
  }),
  /** HTTPS with mutual TLS, for terminals. */
  terminalListener: z.object({
    ...Listener,
    keyFile: z.string(),
    certificateFile: z.string(),
    /** Authority whose client certificates name terminals. */
    clientCaFile: z.string(),
  }),
  /** Plain HTTP, always on loopback: a city puts its own web server with TLS in front. */
  publicListener: z.object({
    ...Listener,
    /** What the QR code of a document starts with; absent: where the listener is. */
    baseUrl: z.url({ protocol: /^https?$/ }).optional(),
  }),
  /** The staff's console, plain HTTP on loopback as well. Absent: no console is served. */
  consoleListener: z
    .object({
      ...Listener,
      /** What staff type, where a web server with TLS stands in front; its name is the one that is answered. */
      baseUrl: z.url({ protocol: /^https?$/ }).optional(),
      /** Where the built pages are; absent: dist/console. */
      pagesDir: z.string().optional(),
      idleMinutes: z.number().int().min(1).max(120).default(15),
      /** Days until each is due; the numbers are this demonstration's own. */
      deadlineDays: z
        .object({
          consult: z.number().positive().default(2),
          suggest: z.number().positive().default(10),
          complain: z.number().positive().default(5),
          followUp: z.number().positive().default(3),
          /** Somebody stands at a terminal and waits: ten minutes. */
          help: z
            .number()
            .positive()
            .default(10 / 1_440),
          case: z.number().positive().default(3),
          anomaly: z.number().positive().default(2),
          change: z.number().positive().default(1),
        })
        .prefault({}),
    })
    .optional(),
  /** network: terminals of other machines may connect. Without it nothing leaves this machine. */
  exposure: z.enum(['loopback', 'network']).default('loopback'),
  /** Where the store's file is without a databaseUrl, and bundles while they are taken. */
  dataDir: z.string(),
  /** postgresql://…: several platform processes share it. Absent: DATABASE_URL, and without one a SQLite file in dataDir. */
  databaseUrl: z.string().optional(),
  /** RSA private key of the centre (PKCS 8 PEM): opens the data keys that terminals wrap for it. */
  centreKeyFile: z.string(),
  /**
   * Ed25519 private key (PKCS 8 PEM) that signs catalogue, parameters and commands for terminals. Read by the signer's
   * process alone, never by the one that talks to terminals.
   */
  configurationKeyFile: z.string(),
  /** At least 32 random characters. Verification codes, hashes of codes and the encryption of stored personal fields derive from it. */
  verificationSecretFile: z.string(),
  /** Bearer token of /management. */
  managementTokenFile: z.string(),
  /** Terminals this centre admits, with the Ed25519 public key (SPKI PEM) their journal heads are signed with. */
  terminals: z.array(z.object({ terminalId: TerminalId, signingKeyFile: z.string() })).default([]),
  /**
   * Certificates for terminals from one-time codes. Absent: they come from elsewhere and none is issued here. The authority's
   * certificates are believed beside those of `clientCaFile`; its key is read by the authority's process alone.
   */
  enrolment: z
    .object({
      authorityKeyFile: z.string(),
      authorityCertificateFile: z.string(),
      certificateDays: z.number().int().min(1).max(750).default(365),
      codeHours: z.number().int().min(1).max(168).default(24),
    })
    .optional(),
  /** The only core there is so far is the synthetic one. It has to be asked for by name, so that nobody takes it for a real one. */
  synthetic: z.literal(true),
  documents: z
    .object({
      /** Months a paper of a kind holds; null: it does not grow old. Others as in documents/validity.ts. */
      validMonths: z.partialRecord(z.enum(DOCUMENT_KIND_NAMES), z.number().int().min(1).max(24).nullable()).default({}),
      /**
       * The electronic seal: its key and certificate chain (PEM, leaf first) are read by the seal's process alone, the proof
       * key (32 random characters or more) by it and by the renderer. Absent: papers bear the visible seal and no signature.
       */
      seal: z.object({ keyFile: z.string(), certificateFile: z.string(), proofKeyFile: z.string() }).optional(),
      /** Centres of other cities that may answer our certificates (回执), with their Ed25519 public keys (SPKI PEM). */
      partners: z
        .array(z.object({ centreId: z.string().regex(/^\d{8}$/), name: z.string().max(40), publicKeyFile: z.string() }))
        .default([]),
    })
    .prefault({}),
  /** How long what came is kept. Months are calendar months of receipt beside the current one; keys stay for ever. */
  retention: z
    .object({
      businessMonths: z.number().int().min(6).default(13),
      auditMonths: z.number().int().min(6).default(13),
      telemetryDays: z.number().int().min(1).default(30),
      securityEventMonths: z.number().int().min(6).default(13),
      /** Codes, tokens and local messages after they ended. */
      identityDays: z.number().int().min(1).default(30),
    })
    .prefault({}),
  /** One backup a day. Absent: none is made here. */
  backup: z
    .object({
      folder: z.string(),
      /** How many are kept, the newest. */
      keep: z.number().int().min(2).default(14),
    })
    .optional(),
  limits: z
    .object({
      /** Requests a second one terminal may make on average, and how many at once. */
      terminalPerSecond: z.number().positive().default(50),
      terminalBurst: z.number().int().positive().default(200),
      /** The same for all terminals together; what is worth less is refused long before the last of it (gateway/admission). */
      totalPerSecond: z.number().positive().default(5_000),
      totalBurst: z.number().int().positive().default(10_000),
      /** Requests that are worked on at the same time; the others wait in line, the more important first. */
      atOnce: z.number().int().positive().default(64),
      /** Callers refused for want of room come back within this window, each elsewhere in it. */
      comeBackSeconds: z
        .object({ from: z.number().int().min(1).max(3_600), to: z.number().int().min(1).max(3_600) })
        .refine(({ from, to }) => from <= to, 'from is after to')
        .default({ from: 2, to: 30 }),
      /** A request has come whole after this, or is refused. */
      requestTimeoutMs: z.number().int().min(1_000).default(30_000),
      /** Enrolments of one address: callers nobody knows yet. */
      enrolmentPerSecond: z.number().positive().default(0.2),
      enrolmentBurst: z.number().int().positive().default(10),
      /** The same for one address on the public pages. */
      publicPerSecond: z.number().positive().default(2),
      publicBurst: z.number().int().positive().default(30),
    })
    .prefault({}),
});
export type PlatformConfig = z.infer<typeof PlatformConfig>;
export type PlatformConfigInput = z.input<typeof PlatformConfig>;

/** Checks a configuration, defaults filled in. Errors: E8101 with the place that is wrong. */
export function checkConfig(value: unknown): Result<PlatformConfig> {
  const parsed = PlatformConfig.safeParse(value);
  if (!parsed.success) {
    return fail('E8101', parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; '));
  }
  const config = parsed.data;
  if (!isLoopback(config.publicListener.host)) {
    return fail('E8101', 'publicListener.host: this listener has no TLS and stays on loopback');
  }
  if (config.consoleListener && !isLoopback(config.consoleListener.host)) {
    return fail('E8101', 'consoleListener.host: this listener has no TLS and stays on loopback');
  }
  if (config.exposure === 'loopback' && !isLoopback(config.terminalListener.host)) {
    return fail('E8101', "terminalListener.host: not on loopback; exposure: 'network' allows it");
  }
  return ok(config);
}

/** Reads and checks the file named by PLATFORM_CONFIG. Errors: E8101. */
export function loadConfig(path: string | undefined = process.env['PLATFORM_CONFIG']): Result<PlatformConfig> {
  if (!path) return fail('E8101', 'PLATFORM_CONFIG names no file');
  try {
    const checked = checkConfig(JSON.parse(readFileSync(path, 'utf8')));
    const databaseUrl = checked.ok ? (checked.value.databaseUrl ?? process.env['DATABASE_URL']) : undefined;
    return checked.ok ? ok({ ...checked.value, ...(databaseUrl && { databaseUrl }) }) : checked;
  } catch (error) {
    return fail('E8101', error instanceof Error ? error.message : String(error));
  }
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

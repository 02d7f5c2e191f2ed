import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { Words } from '@kiosk/contract/services/common.ts';
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
  /** network: terminals of other machines may connect. Without it nothing leaves this machine. */
  exposure: z.enum(['loopback', 'network']).default('loopback'),
  dataDir: z.string(),
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
  /** The only core there is so far is the synthetic one. It has to be asked for by name, so that nobody takes it for a real one. */
  synthetic: z.literal(true),
  limits: z
    .object({
      /** Requests a second one terminal may make on average, and how many at once. */
      terminalPerSecond: z.number().positive().default(50),
      terminalBurst: z.number().int().positive().default(200),
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
  if (config.exposure === 'loopback' && !isLoopback(config.terminalListener.host)) {
    return fail('E8101', "terminalListener.host: not on loopback; exposure: 'network' allows it");
  }
  return ok(config);
}

/** Reads and checks the file named by PLATFORM_CONFIG. Errors: E8101. */
export function loadConfig(path: string | undefined = process.env['PLATFORM_CONFIG']): Result<PlatformConfig> {
  if (!path) return fail('E8101', 'PLATFORM_CONFIG names no file');
  try {
    return checkConfig(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    return fail('E8101', error instanceof Error ? error.message : String(error));
  }
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

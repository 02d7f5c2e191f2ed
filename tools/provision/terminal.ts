import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceConfig, TerminalConfig } from '@kiosk/contract/config.ts';
import { createTechnician, newSecret } from '@kiosk/sync-agent/provision/technician.ts';
import { createAuthority, issue } from './pki.ts';

export const TERMINAL = {
  terminalId: '300120',
  centreId: '38010000',
  centreName: { zh: '江州市住房公积金管理中心', en: 'Jiangzhou Housing Provident Fund Centre' },
  hallName: { zh: '江州大厅', en: 'Jiangzhou hall' },
} as const;

export const TECHNICIAN = 'night';

/** Everything an installation on one machine needs beside its programs, as paths. */
export interface Installation {
  readonly dir: string;
  readonly pki: string;
  readonly logs: string;
  readonly socketDir: string;
  readonly ca: string;
  readonly platform: {
    readonly certificateFile: string;
    readonly keyFile: string;
    readonly centreKeyFile: string;
    /** Private half: for the platform's signer alone. */
    readonly configurationKeyFile: string;
    /** Of the demonstration seal: for its process alone; the proof key for the renderer as well. */
    readonly seal: { readonly keyFile: string; readonly certificateFile: string; readonly proofKeyFile: string };
  };
  readonly verificationSecretFile: string;
  readonly managementTokenFile: string;
  readonly terminalPublicKeyFile: string;
  /** The development technician's secret, made here at random; a kiosk's is shown once and kept nowhere. */
  readonly technicianSecretFile: string;
  /** Of the staff of the invented centre, who may sign in to the console; made here at random. */
  readonly staffSecretFile: string;
  readonly terminal: Omit<TerminalConfig, 'devices' | 'platform' | 'preview'> & {
    readonly platform: Omit<TerminalConfig['platform'], 'url'>;
  };
}

const paths = (dir: string): Installation => {
  const pki = join(dir, 'pki');
  return {
    dir,
    pki,
    logs: join(dir, 'logs'),
    socketDir: join(dir, 'run'),
    ca: join(pki, 'ca.crt'),
    platform: {
      certificateFile: join(pki, 'platform.crt'),
      keyFile: join(pki, 'platform.key'),
      centreKeyFile: join(pki, 'centre.key'),
      configurationKeyFile: join(pki, 'configuration.key'),
      seal: {
        keyFile: join(pki, 'seal', 'seal.key'),
        certificateFile: join(pki, 'seal', 'seal.crt'),
        proofKeyFile: join(pki, 'seal', 'proof.key'),
      },
    },
    verificationSecretFile: join(pki, 'verification.secret'),
    managementTokenFile: join(pki, 'management.token'),
    terminalPublicKeyFile: join(pki, 'terminal-signing.pub'),
    technicianSecretFile: join(dir, 'technician-secret.txt'),
    staffSecretFile: join(dir, 'staff-secret.txt'),
    terminal: {
      mode: 'development',
      terminal: TERMINAL,
      platform: {
        caFile: join(pki, 'ca.crt'),
        certificateFile: join(pki, `${TERMINAL.terminalId}.crt`),
        keyFile: join(pki, `${TERMINAL.terminalId}.key`),
      },
      signingKeyFile: join(pki, 'terminal-signing.key'),
      centreKeyFile: join(pki, 'centre.pub'),
      configurationKeyFile: join(pki, 'configuration.pub'),
      techniciansFile: join(dir, 'technicians.json'),
      dataDir: join(dir, 'terminal'),
      socketDir: join(dir, 'run'),
      tokenFile: join(pki, 'local.token'),
    },
  };
};

/**
 * Makes certificates, keys, tokens and a technician for an installation in `dir`, or takes those already there: data
 * written under the old keys must stay readable.
 */
export async function provision(dir: string): Promise<Installation> {
  const installation = paths(dir);
  for (const folder of [dir, installation.pki, installation.logs, installation.terminal.dataDir]) {
    mkdirSync(folder, { recursive: true });
  }
  mkdirSync(installation.socketDir, { recursive: true, mode: 0o700 });
  // Written last, so that a provisioning that was cut short is done again from the start.
  const marker = join(dir, 'provisioned');
  if (existsSync(marker)) {
    // An installation made before there were these keys gets them; the rest stays as it is.
    if (!existsSync(installation.terminal.configurationKeyFile)) createConfigurationKey(installation);
    if (!existsSync(installation.platform.seal.proofKeyFile)) await createSeal(installation);
    if (!existsSync(installation.staffSecretFile)) secret(installation.staffSecretFile, newSecret() + '\n');
    return installation;
  }

  const authority = await createAuthority(installation.pki, 'Kiosk development CA');
  await issue(authority, installation.pki, 'platform', { commonName: 'localhost', use: 'server', days: 825 });
  await issue(authority, installation.pki, TERMINAL.terminalId, {
    commonName: TERMINAL.terminalId,
    use: 'client',
    days: 365,
  });

  const signing = generateKeyPairSync('ed25519');
  secret(installation.terminal.signingKeyFile, signing.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(installation.terminalPublicKeyFile, signing.publicKey.export({ type: 'spki', format: 'pem' }));
  const centre = generateKeyPairSync('x25519');
  secret(installation.platform.centreKeyFile, centre.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(installation.terminal.centreKeyFile, centre.publicKey.export({ type: 'spki', format: 'pem' }));
  createConfigurationKey(installation);
  await createSeal(installation);
  for (const file of [
    installation.terminal.tokenFile,
    installation.managementTokenFile,
    installation.verificationSecretFile,
  ]) {
    secret(file, randomBytes(32).toString('hex'));
  }
  const word = newSecret();
  const technician = await createTechnician(TECHNICIAN, word);
  secret(installation.terminal.techniciansFile, JSON.stringify({ technicians: [technician] }, null, 2));
  secret(installation.technicianSecretFile, word + '\n');
  secret(installation.staffSecretFile, newSecret() + '\n');
  writeFileSync(marker, '1\n');
  return installation;
}

/** The terminal trusts the public half; the private one is for the platform's signer. */
function createConfigurationKey({ platform, terminal }: Installation): void {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  secret(platform.configurationKeyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(terminal.configurationKeyFile, publicKey.export({ type: 'spki', format: 'pem' }));
}

/** A seal of this installation's own, under an authority nobody else trusts: papers say that it is a demonstration. */
async function createSeal({ pki, platform }: Installation): Promise<void> {
  const folder = join(pki, 'seal');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const authority = await createAuthority(folder, 'Demonstration seal authority');
  const commonName = TERMINAL.centreName.zh;
  await issue(authority, folder, 'seal', { commonName, use: 'seal', days: 1095 });
  secret(platform.seal.proofKeyFile, randomBytes(32).toString('hex'));
}

/** Writes the terminal's configuration for this run, whose ports are known only now. */
export function writeTerminalConfig(
  installation: Installation,
  run: { readonly devices: readonly DeviceConfig[]; readonly platformUrl: string; readonly previewPort?: number },
): string {
  const config: TerminalConfig = {
    ...installation.terminal,
    devices: [...run.devices],
    platform: { ...installation.terminal.platform, url: run.platformUrl },
    ...(run.previewPort === undefined ? {} : { preview: { port: run.previewPort } }),
  };
  const file = join(installation.dir, 'terminal.json');
  writeFileSync(file, JSON.stringify(config, null, 2));
  return file;
}

export const readSecret = (file: string): string => readFileSync(file, 'utf8').trim();

function secret(file: string, content: string | Buffer): void {
  writeFileSync(file, content, { mode: 0o600 });
}

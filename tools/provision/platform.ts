import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlatformConfigInput } from '@kiosk/central-platform/config.ts';
import { type Installation, TERMINAL } from './terminal.ts';

/** Writes the configuration of the reference platform with its synthetic city, on loopback ports known before it starts. */
export function writePlatformConfig(
  installation: Installation,
  ports: { readonly terminal: number; readonly public: number; readonly console?: number | undefined },
): string {
  const config: PlatformConfigInput = {
    centre: { id: TERMINAL.centreId, name: TERMINAL.centreName },
    terminalListener: {
      host: '127.0.0.1',
      port: ports.terminal,
      keyFile: installation.platform.keyFile,
      certificateFile: installation.platform.certificateFile,
      clientCaFile: installation.ca,
    },
    publicListener: { host: '127.0.0.1', port: ports.public },
    ...(ports.console === undefined ? {} : { consoleListener: { host: '127.0.0.1', port: ports.console } }),
    dataDir: join(installation.dir, 'platform'),
    centreKeyFile: installation.platform.centreKeyFile,
    configurationKeyFile: installation.platform.configurationKeyFile,
    documents: { seal: installation.platform.seal },
    verificationSecretFile: installation.verificationSecretFile,
    managementTokenFile: installation.managementTokenFile,
    terminals: [{ terminalId: TERMINAL.terminalId, signingKeyFile: installation.terminalPublicKeyFile }],
    enrolment: {
      authorityKeyFile: join(installation.pki, 'ca.key'),
      authorityCertificateFile: installation.ca,
    },
    synthetic: true,
  };
  const file = join(installation.dir, 'platform.json');
  writeFileSync(file, JSON.stringify(config, null, 2));
  return file;
}

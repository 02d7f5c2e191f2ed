import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Installation, TERMINALS } from '@kiosk/central-platform/testing/installation.ts';
import { TerminalConfig } from '@kiosk/contract/config.ts';
import { createTechnician } from '@kiosk/sync-agent/provision/technician.ts';

export const TERMINAL = TERMINALS[0];
const TOKEN = 'local-token-of-the-test';
export const TECHNICIAN = { name: 'li', secret: 'k7m2-9qxd-0000-test' } as const;

/** A terminal of this platform in a folder of its own, which reaches it through `port`. */
export async function provision(folder: string, installation: Installation, port: number) {
  const { authority, centreKey, configurationKey, signingKeys } = installation;
  const { cert, key } = await installation.credentials(TERMINAL);
  const spki = { type: 'spki', format: 'pem' } as const;
  const socketDir = join(folder, 'run');
  mkdirSync(socketDir, { recursive: true, mode: 0o700 });
  const file = (name: string, content: string | Buffer) => {
    writeFileSync(join(folder, name), content, { mode: 0o600 });
    return join(folder, name);
  };
  const config = TerminalConfig.parse({
    mode: 'development',
    terminal: {
      terminalId: TERMINAL,
      centreId: '38010000',
      centreName: { zh: '江州', en: 'Jiangzhou' },
      hallName: { zh: '大厅', en: 'Hall' },
    },
    devices: [],
    platform: {
      url: `https://127.0.0.1:${port}`,
      caFile: file('ca.crt', authority.ca),
      certificateFile: file('terminal.crt', cert),
      keyFile: file('terminal.key', key),
    },
    signingKeyFile: file('signing.key', signingKeys.get(TERMINAL)!.export({ type: 'pkcs8', format: 'pem' })),
    centreKeyFile: file('centre.pub', centreKey.export(spki)),
    configurationKeyFile: file('configuration.pub', configurationKey.export(spki)),
    techniciansFile: file(
      'technicians.json',
      JSON.stringify({ technicians: [await createTechnician(TECHNICIAN.name, TECHNICIAN.secret)] }),
    ),
    dataDir: join(folder, 'data'),
    socketDir,
    tokenFile: file('local.token', TOKEN),
  });
  return { config, token: TOKEN };
}

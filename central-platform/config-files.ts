import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { PlatformConfig } from './config.ts';
import { isEd25519 } from './public/management.ts';

/** What the files hold that a configuration names. */
export interface Files {
  readonly tls: { readonly key: Buffer; readonly cert: Buffer; readonly ca: Buffer[] };
  readonly centreKey: ReturnType<typeof createPrivateKey>;
  readonly secret: string;
  readonly managementToken: string;
  readonly terminals: readonly { readonly terminalId: string; readonly pem: string }[];
}

/** Error: E8101 a file is missing, or is not what it should be. */
export function readFiles(config: PlatformConfig): Result<Files> {
  const { terminalListener } = config;
  try {
    const terminals = config.terminals.map(({ terminalId, signingKeyFile }) => {
      const pem = readFileSync(signingKeyFile, 'utf8');
      if (!isEd25519(pem)) throw new Error(`signing key of terminal ${terminalId} is not an Ed25519 public key`);
      return { terminalId, pem };
    });
    const secret = readFileSync(config.verificationSecretFile, 'utf8').trim();
    const managementToken = readFileSync(config.managementTokenFile, 'utf8').trim();
    if (secret.length < 32) return fail('E8101', 'verificationSecretFile: needs at least 32 characters');
    if (managementToken.length < 16) return fail('E8101', 'managementTokenFile: needs at least 16 characters');
    return ok({
      tls: {
        key: readFileSync(terminalListener.keyFile),
        cert: readFileSync(terminalListener.certificateFile),
        ca: [terminalListener.clientCaFile, config.enrolment?.authorityCertificateFile].flatMap((file) =>
          file === undefined ? [] : readFileSync(file),
        ),
      },
      centreKey: createPrivateKey(readFileSync(config.centreKeyFile)),
      secret,
      managementToken,
      terminals,
    });
  } catch (error) {
    return fail('E8101', error instanceof Error ? error.message : String(error));
  }
}

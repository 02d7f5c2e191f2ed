import { type KeyObject, createPrivateKey, createPublicKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TerminalConfig } from '@kiosk/contract/config.ts';
import { canSign } from '@kiosk/contract/journal/signing.ts';
import { SUITES } from '@kiosk/contract/journal/suite/suite.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { type TrustedKeys, keyIdOf } from '@kiosk/contract/platform/downlink.ts';
import { credentialPaths } from '../enrolment/enrol.ts';
import { KeptCredentials } from '../enrolment/kept-credentials.ts';
import { type ReopeningJournal, openReopeningJournal } from '../journal/reopening.ts';
import { type KeyProvider, fileKeyProvider } from '../journal/chain/keys.ts';

export interface ProvisionedKeys {
  /** Ed25519 or SM2, signs the heads. */
  readonly signing: KeyObject;
  /** X25519, the centre's: data keys are wrapped for it. */
  readonly centre: KeyObject;
  /** Ed25519, the centre's: what comes down is signed by one of them. */
  readonly configuration: TrustedKeys;
}

/** E8101: a file that the configuration names is missing or is not what it should be. */
export function readProvisionedKeys(config: TerminalConfig): Result<ProvisionedKeys> {
  try {
    const kept = new KeptCredentials(credentialPaths(config));
    // What a power cut left in the middle.
    kept.finish();
    if (!existsSync(config.platform.certificateFile)) return fail('E8101', 'no certificate yet: kiosk-service enrol');
    if (!kept.certificate) return fail('E8101', 'certificateFile and keyFile do not belong together');
    const signing = createPrivateKey(readFileSync(config.signingKeyFile));
    const centre = createPublicKey(readFileSync(config.centreKeyFile));
    if (!canSign(signing)) return fail('E8101', 'signingKeyFile is not an Ed25519 or SM2 key');
    if (centre.asymmetricKeyType !== 'x25519') return fail('E8101', 'centreKeyFile is not an X25519 key');
    const configuration = trustedKeys(readFileSync(config.configurationKeyFile, 'utf8'));
    if (!configuration) return fail('E8101', 'configurationKeyFile holds no Ed25519 keys');
    return ok({ signing, centre, configuration });
  } catch (error) {
    return fail('E8101', error instanceof Error ? error.message : 'a key file cannot be read');
  }
}

const PEM = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g;

function trustedKeys(text: string): TrustedKeys | undefined {
  const keys = [...text.matchAll(PEM)].map(([pem]) => createPublicKey(pem));
  const usable = keys.length > 0 && keys.every(({ asymmetricKeyType }) => asymmetricKeyType === 'ed25519');
  return usable ? new Map(keys.map((key) => [keyIdOf(key), key])) : undefined;
}

export const journalFile = ({ dataDir }: Pick<TerminalConfig, 'dataDir'>): string => join(dataDir, 'journal.db');

export interface OpenedJournal {
  readonly journal: ReopeningJournal;
  readonly keys: KeyProvider;
}

/** Opens journal.db and the terminal key under `dataDir`, making them on the first start. Errors: those of openJournal. */
export function openTerminalJournal(config: TerminalConfig, centreKey: KeyObject, clock: Clock): Result<OpenedJournal> {
  const suite = config.suite ?? 'intl';
  const keys = fileKeyProvider(join(config.dataDir, 'keys', 'terminal.key'), SUITES[suite]);
  if (!keys.ok) return keys;
  const journal = openReopeningJournal({
    file: journalFile(config),
    mostTelemetry: config.journal?.mostTelemetry,
    terminalId: config.terminal.terminalId,
    clock,
    keys: keys.value,
    centreKey,
    suite,
    roomForLog: true,
  });
  return journal.ok ? ok({ journal: journal.value, keys: keys.value }) : journal;
}

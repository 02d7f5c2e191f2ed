import { createPublicKey, sign } from 'node:crypto';
import type { TerminalConfig } from '@kiosk/contract/config.ts';
import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { type Result, fail, ok } from '@kiosk/contract/kernel/result.ts';
import { type IssuedCertificate, enrolmentStatement } from '@kiosk/contract/platform/enrolment.ts';
import { callPlatform } from '../delivery/calls.ts';
import { openLine } from '../delivery/http.ts';
import { certificateRequest } from './key-pair.ts';
import { type Draft, KeptCredentials } from './kept-credentials.ts';

/** A platform that hands the request on to a city's authority may take a while. */
const DEADLINE_MS = 60_000;

export interface Enrolment {
  /** As the centre told it. */
  readonly code: string;
  /** Instead of the configuration's. */
  readonly platformUrl?: string | undefined;
  readonly newSigningKey: boolean;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

export interface Enrolled extends Pick<IssuedCertificate, 'terminalId' | 'serialNumber' | 'notAfter' | 'renewFrom'> {
  readonly signingKey: Draft['signingKey'];
}

export const credentialPaths = ({ platform, signingKeyFile }: Pick<TerminalConfig, 'platform' | 'signingKeyFile'>) => ({
  certificateFile: platform.certificateFile,
  keyFile: platform.keyFile,
  signingKeyFile,
});

/**
 * Makes this machine known to its platform: keys, request, certificate, each durable before the next step. Repeated after
 * whatever stopped it, it asks with the same keys. Errors: E31xx as the platform or the line says; E8101, a file that cannot be read
 * or written.
 */
export async function enrol(config: TerminalConfig, enrolment: Enrolment): Promise<Result<Enrolled>> {
  const { code, platformUrl, newSigningKey, clock, signal } = enrolment;
  const { terminalId } = config.terminal;
  const kept = new KeptCredentials(credentialPaths(config));
  try {
    kept.finish();
    const drafted = kept.draft({ newSigningKey });
    if (!drafted.ok) return drafted;
    const { keyPem, signingKeyPem, signingKey } = drafted.value;
    const certificateRequestPem = await certificateRequest(terminalId, keyPem);
    const signature = sign(null, enrolmentStatement(terminalId, certificateRequestPem), signingKeyPem);
    const line = openLine({ url: platformUrl ?? config.platform.url, caFile: config.platform.caFile }, 1, clock);
    const answer = await callPlatform(
      line,
      'enrol',
      {
        ...{ terminalId, code, certificateRequestPem },
        signingKeyPem: createPublicKey(signingKeyPem).export({ type: 'spki', format: 'pem' }).toString(),
        signatureBase64: signature.toString('base64'),
      },
      { deadlineMs: DEADLINE_MS, signal },
    ).finally(() => line.close());
    if (!answer.ok) return answer;
    const { certificatePem, serialNumber, notAfter, renewFrom } = answer.value.value;
    const taken = kept.take(certificatePem, terminalId);
    return taken.ok ? ok({ terminalId, serialNumber, notAfter, renewFrom, signingKey }) : taken;
  } catch (error) {
    // Files and folders as they should not be: the technician is told which.
    if (error instanceof Error && 'code' in error) return fail('E8101', error.message);
    throw error;
  }
}

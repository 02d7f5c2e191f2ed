import { createInterface } from 'node:readline/promises';
import type { Enrolled } from '../enrolment/enrol.ts';
import type { Report } from './reports.ts';
import type { Speech, WordKey } from './words.ts';

/** The platform looked at it and said no; everything else did not get so far. */
export const REFUSED: readonly string[] = ['E3108', 'E3111', 'E3112'];

/** After these the same code may still be good: it never arrived, the answer did not, or nobody could sign. */
const TRY_AGAIN: readonly string[] = ['E3101', 'E3102', 'E3103', 'E3104', 'E3106', 'E3114', 'E8101'];

/** What a technician does after an enrolment that failed, beyond what the code itself says. */
export function nextStep(code: string): WordKey | undefined {
  if (code === 'E3111') return 'otherCode';
  return TRY_AGAIN.includes(code) ? 'sameCode' : undefined;
}

/**
 * The one-time code from --code, or asked for. It may be an argument, unlike a secret: it is good once, for one number, and
 * used up by the very command. Undefined: nobody can be asked.
 */
export async function findCode(
  given: string | undefined,
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
  { say }: Speech,
): Promise<string | undefined> {
  if (given !== undefined || !input.isTTY) return given?.trim() === '' ? undefined : given;
  const lines = createInterface({ input, output });
  const code = (await lines.question(say('askCode'))).trim();
  lines.close();
  return code === '' ? undefined : code;
}

export function enrolledReport(enrolled: Enrolled, { say, time }: Speech): Report {
  return {
    sections: [
      {
        title: say('enrolled'),
        rows: [
          [say('terminal'), enrolled.terminalId],
          [say('certificate'), time(enrolled.notAfter)],
          [say('renewFrom'), time(enrolled.renewFrom)],
          [say('serialNumber'), enrolled.serialNumber],
          [say('signingKey'), say(enrolled.signingKey === 'new' ? 'newKey' : 'keptKey')],
          [say('next'), say('startAgent')],
        ],
      },
    ],
    json: enrolled,
    good: true,
  };
}

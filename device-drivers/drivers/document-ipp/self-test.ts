import type { DocumentPrinterCapabilities, DocumentPrinterStatus } from '../../codec/ipp-status.ts';
import type { SelfTestStep } from '../driver.ts';
import type { stepTimer } from '../self-test.ts';

/** Values of the IPP attribute sides. */
export type Sides = 'one-sided' | 'two-sided-long-edge' | 'two-sided-short-edge';

/** What a queue of CUPS must do with a job that it could not hand on: every other policy hands it on again, whole. */
const GIVES_UP = 'abort-job';

/** The steps about a printer that answers. */
export function stepsOf(
  step: ReturnType<typeof stepTimer>,
  { code, reasons, state, supplies }: DocumentPrinterStatus,
  can: DocumentPrinterCapabilities | undefined,
  sides: Sides,
): SelfTestStep[] {
  const levels = supplies.map(({ kind, name, level, percent }) => `${name ?? kind} ${percent ?? level}`).join(', ');
  const queue = can?.spooler
    ? [
        step({
          name: 'queue',
          passed: can.errorPolicy === GIVES_UP,
          detail: `printer-error-policy ${can.errorPolicy ?? 'not told'}`,
          code: 'E4114',
        }),
      ]
    : [];
  return [
    step({ name: 'pdf', passed: can?.pdf === true, detail: can?.formats.join(' ') ?? '', code: 'E4112' }),
    step({ name: 'a4', passed: can?.a4 !== undefined, detail: can?.a4 ?? 'no A4 in media-supported', code: 'E4106' }),
    step({
      name: 'sides',
      passed: can?.sides.includes(sides) === true,
      detail: `${sides}; ${can?.sides.join(' ')}`,
      code: 'E4113',
    }),
    ...queue,
    step({ name: 'paper', passed: code !== 'E4102', detail: levels, code: 'E4102' }),
    step({
      name: 'ready',
      passed: code === undefined,
      detail: [state, ...reasons].join(' '),
      ...(code ? { code } : {}),
    }),
  ];
}

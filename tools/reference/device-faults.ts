import { explain } from '@kiosk/contract/errors/catalogue.ts';
import * as bank from '@kiosk/device-drivers/suites/bank-card-motor.matrix.ts';
import { pcscMatrix } from '@kiosk/device-drivers/suites/bank-card-pcsc.matrix.ts';
import { codeScannerMatrix } from '@kiosk/device-drivers/suites/code-scanner.matrix.ts';
import { documentPrinterMatrix } from '@kiosk/device-drivers/suites/document-printer.matrix.ts';
import * as idCard from '@kiosk/device-drivers/suites/id-card-reader.matrix.ts';
import { ioBoardMatrix } from '@kiosk/device-drivers/suites/io-board.matrix.ts';
import type { FaultMatrix } from '@kiosk/device-drivers/suites/matrix.ts';
import { pinPadMatrix } from '@kiosk/device-drivers/suites/pin-pad.matrix.ts';
import { slipPrinterMatrix } from '@kiosk/device-drivers/suites/slip-printer.matrix.ts';
import * as plugin from '@kiosk/device-drivers/suites/vendor-plugin.matrix.ts';

type Cell = { readonly ends: string } | { readonly notApplicable: string };

/** One table of the page, whatever form its suite keeps it in. */
export interface FaultTable {
  readonly title: string;
  readonly suite: string;
  readonly steps: Readonly<Record<string, string>>;
  readonly faults: Readonly<Record<string, string>>;
  readonly cell: (step: string, fault: string) => Cell;
}

const ofMatrix = <S extends string, F extends string>(
  title: string,
  suite: string,
  { family, steps, faults, cells }: FaultMatrix<S, F>,
): FaultTable => ({
  title: `${title} (${family})`,
  suite,
  steps,
  faults,
  cell: (step, fault) => cells[step as S][fault as F],
});

const BANK_FAMILIES: Readonly<Record<bank.MatrixFamily, string>> = {
  crt: 'CRT-571 and CRT-591',
  ict: 'ICT3Q8',
};

/** Every table, in the order of the page. */
export const faultTables: readonly FaultTable[] = [
  {
    title: 'ID card reader (SDT)',
    suite: 'id-card-reader',
    steps: idCard.STEPS,
    faults: idCard.FAULTS,
    cell(step, fault) {
      const cell = idCard.MATRIX[step as idCard.Step][fault as idCard.Fault];
      return 'ends' in cell && cell.ends === 'done' ? { ends: 'ok' } : cell;
    },
  },
  ofMatrix('Bank card reader', 'bank-card-pcsc', pcscMatrix),
  ...bank.MATRIX_FAMILIES.map((family) => ({
    title: `Bank card reader (${BANK_FAMILIES[family]})`,
    suite: 'bank-card-motor',
    steps: Object.fromEntries(bank.MATRIX_STEPS[family].map((step) => [step, wordsOf(step)])),
    faults: bank.MATRIX_FAULTS,
    cell: (step: string, fault: string): Cell => {
      const cell = bank.expectedCell(family, step as bank.MatrixStep, fault as bank.MatrixFault);
      return typeof cell === 'string' ? { ends: cell } : cell;
    },
  })),
  ofMatrix('PIN pad', 'pin-pad', pinPadMatrix),
  ofMatrix('Slip printer', 'slip-printer', slipPrinterMatrix),
  ofMatrix('A4 printer', 'document-printer', documentPrinterMatrix),
  ofMatrix('Code scanner', 'code-scanner', codeScannerMatrix),
  ofMatrix('I/O board', 'io-board', ioBoardMatrix),
  {
    title: 'Vendor plug-in',
    suite: 'vendor-plugin',
    steps: plugin.PLUGIN_STEPS,
    faults: plugin.PLUGIN_FAULTS,
    cell: (step, fault) => plugin.PLUGIN_MATRIX[step as plugin.PluginStep][fault as plugin.PluginFault],
  },
];

/** How many cells there are, and how many of them have no test because the fault cannot be there. */
export function countCells(tables: readonly FaultTable[]): { readonly all: number; readonly notApplicable: number } {
  const cells = tables.flatMap(({ steps, faults, cell }) =>
    Object.keys(steps).flatMap((step) => Object.keys(faults).map((fault) => cell(step, fault))),
  );
  return { all: cells.length, notApplicable: cells.filter((cell) => 'notApplicable' in cell).length };
}

/** The page in docs/reference/: what comes of each fault at each step of each device's work. */
export function deviceFaults(made: string): string {
  const sections = faultTables.flatMap((table) => [
    `## ${table.title}`,
    `Tested by [${table.suite}](../../device-drivers/suites/${table.suite}.matrix.ts): ${share([table])}.`,
    gridOf(table),
    ...notesOf(table),
  ]);
  return `${[made, '# Faults of the devices', INTRODUCTION, `In all ${share(faultTables)}.`, ...sections, '## Codes', codes()].join('\n\n')}\n`;
}

const INTRODUCTION =
  'What comes of each fault at each step of a device’s work. **ok**: nobody notices. A code: the step ends with it, or the state of the device carries it. In every cell the fault is then taken away, and the device works again without a restart of anything. A letter: the fault cannot be there, for the reason below the table. The tests run every other cell.';

function share(tables: readonly FaultTable[]): string {
  const { all, notApplicable } = countCells(tables);
  return `${all} cells, ${notApplicable} of them not applicable (${Math.round((100 * notApplicable) / all)} %)`;
}

function gridOf({ steps, faults, cell, ...table }: FaultTable): string {
  const reasons = reasonsOf({ steps, faults, cell, ...table });
  const names = Object.keys(steps);
  const rows = Object.entries(faults).map(([fault, words]) => [
    words,
    ...names.map((step) => {
      const found = cell(step, fault);
      return 'ends' in found ? found.ends : letter(reasons.indexOf(found.notApplicable));
    }),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(['', ...Object.values(steps)]), line(['---', ...names.map(() => '---')]), ...rows.map(line)].join('\n');
}

function notesOf(table: FaultTable): string[] {
  const reasons = reasonsOf(table);
  return reasons.length === 0 ? [] : [reasons.map((reason, at) => `- ${letter(at)}: ${reason}`).join('\n')];
}

function reasonsOf({ steps, faults, cell }: FaultTable): string[] {
  const all = Object.keys(faults).flatMap((fault) =>
    Object.keys(steps).flatMap((step) => {
      const found = cell(step, fault);
      return 'notApplicable' in found ? [found.notApplicable] : [];
    }),
  );
  return [...new Set(all)];
}

const letter = (at: number) => `*${String.fromCharCode(97 + (at % 26))}${at < 26 ? '' : Math.floor(at / 26)}*`;

/** directoryRecord ▸ directory record */
function wordsOf(step: string): string {
  return step.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
}

function codes(): string {
  const used = faultTables.flatMap(({ steps, faults, cell }) =>
    Object.keys(steps).flatMap((step) =>
      Object.keys(faults).flatMap((fault) => {
        const found = cell(step, fault);
        return 'ends' in found ? (found.ends.match(/E\d{4}/g) ?? []) : [];
      }),
    ),
  );
  return [...new Set(used)]
    .sort()
    .map((code) => `- ${code}: ${explain(code).technician.en}`)
    .join('\n');
}

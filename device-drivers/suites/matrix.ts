import type { DeviceKind } from '@kiosk/contract/services/device-host.ts';

/**
 * What comes of each fault at each step of a device's work, as data: the tests run every cell, the documentation prints
 * them. `ends`: `ok`, or the code with which the step ends; afterwards the device works again without a restart.
 */
export type Cell = { readonly ends: string } | { readonly notApplicable: string };

export interface FaultMatrix<Step extends string, Fault extends string> {
  readonly kind: DeviceKind;
  /** The device's protocol, as a technician calls it. */
  readonly family: string;
  readonly steps: Readonly<Record<Step, string>>;
  readonly faults: Readonly<Record<Fault, string>>;
  readonly cells: Readonly<Record<Step, Readonly<Record<Fault, Cell>>>>;
}

export const ends = (code: string): Cell => ({ ends: code });
export const notApplicable = (reason: string): Cell => ({ notApplicable: reason });

/** Every cell, step by step. */
export function cellsOf<Step extends string, Fault extends string>(
  matrix: FaultMatrix<Step, Fault>,
): readonly { readonly step: Step; readonly fault: Fault; readonly cell: Cell }[] {
  return (Object.keys(matrix.steps) as Step[]).flatMap((step) =>
    (Object.keys(matrix.faults) as Fault[]).map((fault) => ({ step, fault, cell: matrix.cells[step][fault] })),
  );
}

import type { Words } from '@kiosk/contract/services/common.ts';

/** A list as it is saved: the same for CSV and PDF. */
export interface ListTable {
  readonly title: Words;
  readonly columns: readonly {
    readonly head: Words;
    /** Points in the PDF; 0 takes what is left. */ readonly width: number;
  }[];
  readonly rows: readonly (readonly string[])[];
}

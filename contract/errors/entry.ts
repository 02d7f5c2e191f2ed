import type { Words } from '../services/common.ts';

/**
 * person: the depositor can mend it. warning: works, someone should come. fault: a part does not work.
 * stop: the kiosk is out of service. alarm: tell the security officer.
 */
export type Severity = 'person' | 'warning' | 'fault' | 'stop' | 'alarm';

export interface CatalogueEntry {
  readonly severity: Severity;
  /** One sentence for the depositor: what happened. */
  readonly depositor: Words;
  /** What the depositor does now. */
  readonly next: Words;
  /** What it means and what the technician does. */
  readonly technician: Words;
}

export type CatalogueGroup = Readonly<Record<string, CatalogueEntry>>;

import { admissionErrors } from './admission.ts';
import { bankErrors } from './bank.ts';
import { cardErrors } from './card.ts';
import { channelErrors } from './channel.ts';
import { configErrors } from './config.ts';
import { consoleErrors } from './console.ts';
import { coreErrors } from './core.ts';
import { documentErrors } from './document.ts';
import { downlinkErrors } from './downlink.ts';
import { gateErrors } from './gates.ts';
import { journalErrors } from './journal.ts';
import { kernelErrors } from './kernel.ts';
import { linkErrors } from './link.ts';
import { requestErrors } from './request.ts';
import { sealErrors } from './seal.ts';
import { serviceErrors } from './service.ts';
import { slipErrors } from './slip.ts';
import { technicianErrors } from './technician.ts';
import type { CatalogueEntry } from './entry.ts';

/** The one list of everything that can go wrong: code, words for the depositor, words for the technician, next action. */
export const catalogue = {
  ...cardErrors,
  ...bankErrors,
  ...serviceErrors,
  ...channelErrors,
  ...requestErrors,
  ...consoleErrors,
  ...downlinkErrors,
  ...gateErrors,
  ...linkErrors,
  ...coreErrors,
  ...admissionErrors,
  ...documentErrors,
  ...slipErrors,
  ...sealErrors,
  ...journalErrors,
  ...technicianErrors,
  ...configErrors,
  ...kernelErrors,
} as const;

export type ErrorCode = keyof typeof catalogue;

/** The entry of a code; a code nobody knows is shown as a fault of this machine (E9006), never as an empty screen. */
export function explain(code: string): CatalogueEntry {
  return Object.hasOwn(catalogue, code) ? catalogue[code as ErrorCode] : catalogue.E9006;
}

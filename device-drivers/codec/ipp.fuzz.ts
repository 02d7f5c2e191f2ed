import assert from 'node:assert/strict';
import { Supply } from '@kiosk/contract/services/device-host.ts';
import { z } from 'zod';
import { mutations } from './fuzz.ts';
import { capabilitiesOf, faultOf, jobsOf, printerStatusOf } from './ipp-status.ts';
import { GROUP, type IppAttributes, STATUS, TAG, decodeIpp, encodeIpp, ipp } from './ipp.ts';

const message = (tag: number, ...groups: readonly IppAttributes[]) =>
  encodeIpp({
    version: [2, 0],
    code: STATUS.ok,
    requestId: 7,
    groups: [
      { tag: GROUP.operation, attributes: { 'attributes-charset': ipp.charset('utf-8') } },
      ...groups.map((attributes) => ({ tag, attributes })),
    ],
    data: new Uint8Array(0),
  });

/** What a printer answers: its state, its supplies, what it can do, and jobs. */
const ANSWERS = [
  message(GROUP.printer, {
    'printer-state': ipp.enum(5),
    'printer-state-reasons': ipp.keyword('media-jam-error', 'toner-low-report'),
    'printer-is-accepting-jobs': ipp.boolean(true),
    'printer-make-and-model': { tag: TAG.textWithLanguage, values: [Uint8Array.of(0, 2, 0x65, 0x6e, 0, 1, 0x41)] },
  }),
  message(GROUP.printer, {
    'printer-state': ipp.enum(3),
    'marker-names': ipp.name('Black', 'Waste'),
    'marker-types': ipp.keyword('toner', 'waste-toner'),
    'marker-levels': ipp.integer(62, -3),
    'marker-low-levels': ipp.integer(10, -1),
  }),
  message(GROUP.printer, {
    'document-format-supported': ipp.mimeMediaType('application/pdf', 'image/urf'),
    'media-supported': ipp.keyword('iso_a4_210x297mm'),
    'sides-supported': ipp.keyword('one-sided', 'two-sided-long-edge'),
    'operations-supported': ipp.enum(2, 5, 6),
    'copies-supported': ipp.range({ lower: 1, upper: 99 }),
    'media-col-ready': ipp.collection({
      members: { 'media-size': ipp.collection({ members: { 'x-dimension': ipp.integer(21_000) } }) },
    }),
  }),
  message(
    GROUP.job,
    { 'job-id': ipp.integer(1), 'job-state': ipp.enum(9), 'job-media-sheets-completed': ipp.integer(2) },
    { 'job-id': ipp.integer(2), 'job-state': ipp.enum(5), 'job-state-reasons': ipp.keyword('job-printing') },
  ),
];

const Supplies = z.array(Supply);

/**
 * No throw and no hang, and what a status or a job is called fulfils the contract: a printer's nonsense ends at the
 * driver.
 */
export function fuzzIppCodec(count: number): void {
  let statuses = 0;
  let jobs = 0;
  for (const bytes of mutations(ANSWERS, count, 1408)) {
    const decoded = decodeIpp(bytes);
    if (!decoded.ok) {
      assert.match(decoded.error, /^byte \d+ of \d+: /);
      continue;
    }
    const status = printerStatusOf(decoded.value);
    if (status) {
      statuses++;
      assert.ok(Supplies.safeParse(status.supplies).success, 'a supply that the contract refuses');
      faultOf(status.reasons);
    }
    capabilitiesOf(decoded.value);
    for (const job of jobsOf(decoded.value)) {
      jobs++;
      assert.ok(
        (job.impressions ?? 0) >= 0 && (job.sheets ?? 0) >= 0 && Number.isSafeInteger(job.id),
        'a count of pages below nothing',
      );
    }
  }
  assert.ok(statuses > count / 100 && jobs > count / 100, 'the fuzzing hit no answers at all');
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { capabilitiesOf, faultOf, hasEnded, jobsOf, lacksDocument, printerStatusOf } from './ipp-status.ts';
import { GROUP, TAG, type IppAttributes, type IppMessage, ipp } from './ipp.ts';

const message = (tag: number, ...groups: readonly IppAttributes[]): IppMessage => ({
  version: [2, 0],
  code: 0,
  requestId: 1,
  groups: groups.map((attributes) => ({ tag, attributes })),
  data: new Uint8Array(0),
});
const statusOf = (attributes: IppAttributes) =>
  printerStatusOf(message(GROUP.printer, { 'printer-state': ipp.enum(3), ...attributes }));
const job = (attributes: IppAttributes) =>
  jobsOf(message(GROUP.job, { 'job-id': ipp.integer(7), 'job-state': ipp.enum(5), ...attributes }))[0];

test('the level of the paper is what the reasons say', () => {
  for (const [reason, level] of [
    ['media-empty-error', 'out'],
    ['media-low-warning', 'low'],
    ['none', 'full'],
  ] as const) {
    const paper = statusOf({ 'printer-state-reasons': ipp.keyword(reason) })?.supplies[0];
    assert.deepEqual(paper, { kind: 'paper', level });
  }
});

test('supplies: empty, low by their own mark or by ours, enough, and not known', () => {
  const supplies = (low: IppAttributes) =>
    statusOf({
      'marker-names': ipp.name('Black', 'Cyan', '', 'Waste', 'Drum'),
      'marker-types': ipp.keyword('toner', 'ink', 'toner', 'waste-toner'),
      'marker-levels': ipp.integer(0, 20, 90, -3, -2),
      ...low,
    })?.supplies.slice(1);
  const levels = (low: IppAttributes) => supplies(low)?.map(({ level }) => level);
  assert.deepEqual(levels({}), ['out', 'full', 'full', 'full', 'unknown']);
  assert.deepEqual(levels({ 'marker-low-levels': ipp.integer(5, 25, -1) }), ['out', 'low', 'full', 'full', 'unknown']);
  assert.deepEqual(supplies({})?.[2], { kind: 'toner', level: 'full', percent: 90 }, 'no name is no name');
  assert.equal(supplies({})?.[4]?.kind, 'other');
});

test('a printer that takes no jobs, or stands for no reason, cannot print', () => {
  assert.equal(statusOf({})?.code, undefined);
  assert.equal(statusOf({ 'printer-is-accepting-jobs': ipp.boolean(false) })?.code, 'E4106');
  assert.equal(statusOf({ 'printer-state': ipp.enum(5) })?.code, 'E4106');
  assert.equal(statusOf({ 'printer-state': ipp.enum(99) }), undefined);
  assert.equal(printerStatusOf(message(GROUP.job, {})), undefined);
  assert.equal(faultOf(['toner-empty-report', 'media-jam']), 'E4103', 'the worst first');
});

test('what a printer can do, as far as it says so', () => {
  const queue = capabilitiesOf(
    message(GROUP.printer, {
      'cups-version': ipp.text('2.4.2'),
      'document-format-supported': ipp.mimeMediaType('application/pdf'),
      'media-supported': ipp.keyword('na_letter_8.5x11in', 'iso_a4_210x297mm'),
      'operations-supported': ipp.enum(2, 5, 6),
    }),
  );
  assert.deepEqual([queue.spooler, queue.pdf, queue.a4, queue.createJob], [true, true, 'iso_a4_210x297mm', true]);
  const silent = capabilitiesOf(message(GROUP.job, {}));
  assert.deepEqual([silent.spooler, silent.pdf, silent.a4, silent.createJob], [false, false, undefined, false]);
});

test('a job that was never begun says so, and one without number or state is none', () => {
  assert.deepEqual([job({})?.begun, job({})?.name], [true, ''], 'what does not say may have begun');
  assert.equal(job({ 'time-at-processing': ipp.integer(12) })?.begun, true);
  assert.equal(job({ 'time-at-processing': { tag: TAG.noValue, values: [null] } })?.begun, false);
  assert.equal(job({ 'job-name': ipp.name('op-1') })?.name, 'op-1');
  assert.equal(job({ 'job-state': ipp.enum(1) }), undefined);
  assert.deepEqual(jobsOf(message(GROUP.job, { 'job-state': ipp.enum(5) })), []);
  assert.deepEqual(jobsOf(message(GROUP.job, { 'job-id': ipp.integer(5) })), []);
});

test('a job that waits for its document printed nothing; one that has ended waits for nothing', () => {
  for (const [state, reason, lacks] of [
    [4, 'job-incoming', true],
    [3, 'job-data-insufficient', true],
    [5, 'job-printing', false],
    [7, 'job-incoming', false],
    [8, 'job-incoming', false],
    [9, 'none', false],
  ] as const) {
    const found = job({ 'job-state': ipp.enum(state), 'job-state-reasons': ipp.keyword(reason) });
    assert.ok(found);
    assert.equal(lacksDocument(found), lacks, `${found.state}, ${reason}`);
    assert.equal(hasEnded(found.state), state >= 7);
  }
});

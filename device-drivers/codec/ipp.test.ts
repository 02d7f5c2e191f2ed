import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { jobsOf, printerStatusOf } from './ipp-status.ts';
import {
  GROUP,
  type IppAttribute,
  type IppAttributes,
  type IppMessage,
  OPERATION,
  TAG,
  decodeIpp,
  encodeIpp,
  ipp,
} from './ipp.ts';

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const one = (arbitrary: fc.Arbitrary<IppAttribute['values'][number]>, tag: number): fc.Arbitrary<IppAttribute> =>
  fc.array(arbitrary, { minLength: 1, maxLength: 4 }).map((values) => ({ tag, values }));
const plainRecord = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(model, { noNullPrototype: true });
const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const plain = fc.oneof(
  one(int32, TAG.integer),
  one(int32, TAG.enum),
  one(fc.boolean(), TAG.boolean),
  one(text, TAG.keyword),
  one(text, TAG.name),
  one(plainRecord({ lower: int32, upper: int32 }), TAG.rangeOfInteger),
  one(fc.uint8Array({ maxLength: 20 }), TAG.dateTime),
);
const names = fc.stringMatching(/^[a-z][a-z-]{0,20}$/);
const attributes = (value: fc.Arbitrary<IppAttribute>) =>
  fc.dictionary(names, value, { maxKeys: 6, noNullPrototype: true });
const withCollections = fc.oneof(
  plain,
  one(
    attributes(plain).map((members) => ({ members })),
    TAG.begCollection,
  ),
);
const message: fc.Arbitrary<IppMessage> = fc.record({
  version: fc.constant([2, 0] as const),
  code: fc.integer({ min: 0, max: 0xffff }),
  requestId: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  groups: fc.array(
    plainRecord({
      tag: fc.constantFrom(GROUP.operation, GROUP.job, GROUP.printer),
      attributes: attributes(withCollections),
    }),
    { maxLength: 4 },
  ),
  data: fc.uint8Array({ maxLength: 100 }),
});

test('every message comes back as it was sent', () => {
  fc.assert(
    fc.property(message, (sent) => {
      const back = decodeIpp(encodeIpp(sent));
      assert.ok(back.ok, back.ok ? '' : back.error);
      assert.deepEqual({ ...back.value, data: [...back.value.data] }, { ...sent, data: [...sent.data] });
    }),
  );
});

test('a message that was cut off or altered is a value, not a crash', () => {
  fc.assert(
    fc.property(message, fc.nat(), fc.nat(), fc.integer({ min: 0, max: 255 }), (sent, length, place, byte) => {
      const bytes = encodeIpp(sent);
      decodeIpp(bytes.subarray(0, length % bytes.length));
      bytes[place % bytes.length] = byte;
      decodeIpp(bytes);
    }),
  );
});

test('noise is a value, not a crash', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => void decodeIpp(noise)));
});

test('the first bytes of Get-Printer-Attributes are those of RFC 8010', () => {
  const bytes = encodeIpp({
    version: [2, 0],
    code: OPERATION.getPrinterAttributes,
    requestId: 1,
    groups: [{ tag: GROUP.operation, attributes: { 'attributes-charset': ipp.charset('utf-8') } }],
    data: new Uint8Array(),
  });
  const expected = '0200000b00000001' + '01' + '47' + '0012' + Buffer.from('attributes-charset').toString('hex');
  assert.equal(Buffer.from(bytes).toString('hex'), `${expected}00057574662d3803`);
});

const printerSays = (state: number, ...reasons: [string, ...string[]]): IppMessage => ({
  version: [2, 0],
  code: 0,
  requestId: 1,
  groups: [
    {
      tag: GROUP.printer,
      attributes: { 'printer-state': ipp.enum(state), 'printer-state-reasons': ipp.keyword(...reasons) },
    },
  ],
  data: new Uint8Array(),
});

test('reasons mean the same with any suffix', () => {
  for (const suffix of ['', '-report', '-warning', '-error']) {
    assert.equal(printerStatusOf(printerSays(4, `media-empty${suffix}`))?.code, 'E4102');
    assert.equal(printerStatusOf(printerSays(4, `media-jam${suffix}`))?.code, 'E4103');
    assert.deepEqual(printerStatusOf(printerSays(3, `toner-low${suffix}`))?.warnings, ['E4110']);
  }
});

test('of several reasons the worst is told', () => {
  assert.equal(printerStatusOf(printerSays(5, 'media-empty-error', 'media-jam-error', 'toner-low'))?.code, 'E4103');
});

test('a printer that stopped without a reason is a fault, an idle one without a reason is none', () => {
  assert.equal(printerStatusOf(printerSays(5, 'none'))?.code, 'E4106');
  assert.equal(printerStatusOf(printerSays(3, 'none'))?.code, undefined);
});

test('a printer that counts sheets instead of impressions, and less than nothing of those, is understood', () => {
  const [job] = jobsOf({
    ...printerSays(3, 'none'),
    groups: [
      {
        tag: GROUP.job,
        attributes: {
          'job-id': ipp.integer(7),
          'job-state': ipp.enum(9),
          'job-impressions-completed': ipp.integer(-1),
          'job-media-sheets-completed': ipp.integer(3),
          'time-at-processing': ipp.integer(90),
        },
      },
    ],
  });
  assert.deepEqual(job, {
    id: 7,
    name: '',
    state: 'completed',
    reasons: [],
    impressions: undefined,
    sheets: 3,
    begun: true,
    begunAt: 90,
  });
});

test('an answer with more values than anything has is cut, not choked on', () => {
  const many = Array.from({ length: 400_000 }, () => 50);
  const group = (tag: number, attributes: IppAttributes) => ({
    ...printerSays(3, 'none'),
    groups: [{ tag, attributes }],
  });
  const state = { 'job-id': ipp.integer(7), 'job-state': ipp.enum(5) };
  const counts: IppAttributes = { 'job-impressions-completed': { tag: TAG.integer, values: many } };
  assert.equal(jobsOf(group(GROUP.job, { ...state, ...counts }))[0]?.impressions, 50);
  const status = printerStatusOf(
    group(GROUP.printer, {
      'printer-state': ipp.enum(3),
      'printer-state-reasons': { tag: TAG.keyword, values: many.map(() => 'other-report') },
      'marker-levels': { tag: TAG.integer, values: many },
    }),
  );
  assert.equal(status?.supplies.length, 1 + 16);
  assert.equal(status.reasons.length, 32);
});

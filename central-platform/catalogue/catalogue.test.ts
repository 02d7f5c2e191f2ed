import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import { z } from 'zod';
import { currentCatalogue } from './catalogue.ts';
import { guideOf, readBody, writeBody } from './guides/article.ts';
import { PROGRAM_GUIDES } from './guides/program-guides.ts';

const GUIDES = PROGRAM_GUIDES.map(({ id, item, title, zh, en, keywords }) =>
  guideOf({
    ...{ articleId: id, version: 1, itemId: item, keywords, title: { zh: title[0], en: title[1] } },
    body: { zh: writeBody(zh, 'zh'), en: writeBody(en, 'en') },
  }),
);
const CATALOGUE = currentCatalogue('12329', { guides: GUIDES });
/** 30 rows of domain facts section 8, and going on with a code. */
const IDS = [
  ...Array.from({ length: 10 }, (_, i) => `Q${String(i + 1).padStart(2, '0')}`),
  ...Array.from({ length: 8 }, (_, i) => `P0${i + 1}`),
  ...Array.from({ length: 9 }, (_, i) => `B0${i + 1}`),
  ...['S01', 'S02', 'S03', 'S04'],
];

test('thirty items and one, each with everything a tile and a guide need, in both languages', () => {
  assert.deepEqual(CATALOGUE.items.map(({ id }) => id).sort(), [...IDS].sort());
  const groups = new Set(CATALOGUE.groups?.map(({ id }) => id));
  for (const item of CATALOGUE.items) {
    assert.ok(groups.has(item.group!), `${item.id}: group ${item.group}`);
    assert.ok(item.kind && item.estimateSeconds && item.since && item.timeLimit, `${item.id}: a field is missing`);
    assert.ok(item.name.zh.length <= 10 && item.hint.zh.length <= 18, `${item.id}: too long for a tile`);
    assert.equal(item.state === 'closed', item.closedReason !== undefined, `${item.id}: closed without a reason`);
    const order = CATALOGUE.items.filter((one) => one.group === item.group && one.order === item.order);
    assert.equal(order.length, 1, `${item.id}: two with the same place in the menu`);
  }
  const few = CATALOGUE.items.filter(({ suits }) => suits?.includes('elderly'));
  assert.ok(
    few.length <= 8 && few.every(({ plainName }) => plainName),
    'the mode for older people shows few, by plain names',
  );
});

test('whatever points at something points at something that is there', () => {
  const ids = new Set(IDS);
  const { branches, topics, reasons, commitments, guides, guideTopics } = CATALOGUE;
  const named = [
    ...branches.flatMap(({ services }) => services ?? []),
    ...topics.flatMap(({ about }) => about ?? []),
    ...(reasons ?? []).flatMap(({ item }) => item ?? []),
    ...(commitments ?? []).flatMap(({ items }) => items),
    ...(guides ?? []).flatMap(({ item }) => item ?? []),
  ];
  assert.deepEqual(
    named.filter((id) => !ids.has(id)),
    [],
  );
  const topicIds = new Set(guideTopics?.map(({ id }) => id));
  assert.deepEqual(
    (guides ?? []).filter(({ topic }) => !topicIds.has(topic)),
    [],
  );
  const used = new Set(guides?.map(({ topic }) => topic));
  assert.deepEqual(
    [...topicIds].filter((id) => !used.has(id)),
    [],
    'a topic without a guide is an empty screen',
  );
});

test('it passes its own schema, and what goes down is small', () => {
  const json = JSON.stringify(Catalogue.parse(CATALOGUE));
  assert.ok(gzipSync(json).length < 60_000, `${gzipSync(json).length} bytes packed`);
  assert.ok(json.length < 120_000, `${json.length} bytes: programs of one machine send it round whole`);
});

test('a terminal of the first release reads it: what it does not know it leaves out', () => {
  // As 0.1.0 read it; never changed.
  const Words = z.object({ zh: z.string(), en: z.string() });
  const First = z.object({
    items: z.array(
      z.object({
        id: z.string().regex(/^[A-Z]\d{2}$/),
        name: Words,
        hint: Words,
        level: z.enum(['L0', 'L1', 'L2', 'L3']),
        offline: z.enum(['no', 'cache', 'local', 'queue']),
        state: z.enum(['open', 'closed']),
        closedReason: Words.optional(),
      }),
    ),
    branches: z.array(z.object({ id: z.string(), name: Words })),
    topics: z.array(z.object({ id: z.string(), item: z.enum(['S01', 'B08']), name: Words })),
    enquiryPhone: z.string(),
  });
  const read = First.parse(JSON.parse(JSON.stringify(CATALOGUE)));
  assert.equal(read.items.length, 31);
  assert.deepEqual(
    read.items.slice(0, 6).map(({ id }) => id),
    ['P01', 'Q01', 'Q02', 'B08', 'S01', 'S02'],
  );
});

test('a guide is written as plain text and read back as steps, things to bring and a time', () => {
  for (const { id, zh, en } of PROGRAM_GUIDES) {
    assert.deepEqual(readBody(writeBody(zh, 'zh')), zh, id);
    assert.deepEqual(readBody(writeBody(en, 'en')), en, id);
    assert.equal(zh.steps.length, en.steps.length, `${id}: steps differ between the languages`);
    assert.equal(zh.materials.length, en.materials.length, `${id}: materials differ between the languages`);
  }
  const loose = readBody('先看条件。\n\n材料：\n- 身份证\n•  银行卡\n步骤：\n1、预约\n2. 到窗口\n时限: 3 天');
  assert.deepEqual(loose, {
    text: ['先看条件。'],
    materials: ['身份证', '银行卡'],
    steps: ['预约', '到窗口'],
    timeLimit: '3 天',
  });
});

import { addDays, shanghaiDate } from '@kiosk/domain/dates.ts';
import { makeDocumentNumber } from '@kiosk/domain/document-number.ts';
import type { ChangeContent } from '../../management/contract/changes.ts';
import type { Store } from '../../store/store.ts';
import type { Vault } from '../../vault.ts';
import { step } from './desk.ts';
import { SEEDED_TERMINALS } from './fleet.ts';
import type { Random } from './random.ts';

const HOUR_MS = 3_600_000;
const ARTICLES = [
  {
    id: 'retirement-withdrawal',
    title: { zh: '退休提取怎么办', en: 'Withdrawal on retirement' },
    body: {
      zh: '达到退休年龄或已办理退休的，可以一次提取全部余额。\n- 本人身份证\n- 退休证明，或签署承诺\n- 本人名下的收款卡\n一般当场办结。',
      en: 'Whoever has retired may withdraw the whole balance at once.\n- ID card\n- Proof of retirement, or a signed commitment\n- A bank card in your name\nUsually done on the spot.',
    },
    itemId: 'B03',
    published: true,
  },
  {
    id: 'statement-print',
    title: { zh: '缴存明细在哪里打印', en: 'Where to print a deposit statement' },
    body: {
      zh: '在任何一台自助终端用身份证和短信验证码就能打印，带电子印章，可扫码核验。',
      en: 'At any self-service terminal, with ID card and a code by SMS. It is sealed and can be verified.',
    },
    itemId: 'P01',
    published: true,
  },
  {
    id: 'rent-withdrawal',
    title: { zh: '租房提取的额度', en: 'How much may be withdrawn for rent' },
    body: {
      zh: '额度由中心公布，无房承诺与住房核验同时进行。\n（草稿：待业务处核对后发布）',
      en: 'The centre publishes the limit; a commitment and a housing check go together.\n(Draft: to be checked before it is published.)',
    },
    itemId: 'B04',
    published: false,
  },
] as const;

/** Articles, papers of the register, appointment rules, and changes in each of their states. */
export async function seedPublished(store: Store, vault: Vault, now: number, random: Random): Promise<void> {
  for (const { id: articleId, title, body, itemId, published } of ARTICLES) {
    const content = JSON.stringify({ title, body, itemId, keywords: [title.zh.slice(0, 4)] });
    const at = now - random.between(50, 900) * HOUR_MS;
    await store.places.addArticle({
      ...{ articleId, version: 1, state: 'draft', content, by: 'wang.min', at, publishedAt: null },
    });
    if (published) await store.places.publishArticle(articleId, 1, at + HOUR_MS);
  }
  for (const branchId of ['wangjiang', 'beihu', 'nanping']) {
    for (const topicId of ['withdrawal-visit', 'loan-visit']) {
      const template = { branchId, topicId, morning: 12, afternoon: 8, maxDaysAhead: 14, sameDay: false };
      await store.places.set('slots', `${branchId} ${topicId}`, template);
    }
  }
  await seedChanges(store, vault, now);
  await seedPapers(store, vault, now, random);
}

async function seedChanges(store: Store, vault: Vault, now: number): Promise<void> {
  const kinds: readonly (readonly [ChangeContent, string, string, number])[] = [
    [
      {
        kind: 'item.state',
        itemId: 'B08',
        words: { zh: '系统升级，明早恢复', en: 'System upgrade, back tomorrow morning' },
      },
      '预约系统夜间升级',
      'wang.min',
      3,
    ],
    [{ kind: 'knowledge.publish', articleId: 'rent-withdrawal', version: 1 }, '新政策说明', 'li.qiang', 26],
    [
      {
        kind: 'notice.show',
        notice: {
          ...{ id: 'typhoon', level: 'information' },
          words: { zh: '台风期间部分网点提前关门', en: 'Some branches close early because of the storm' },
          until: now + 48 * HOUR_MS,
        },
      },
      '气象预警',
      'wang.min',
      1,
    ],
    [
      { kind: 'parameters', fields: { heartbeatSeconds: 30 }, waves: [['300201'], ['300202', '300203']] },
      '减轻线路负担',
      'li.qiang',
      7,
    ],
  ];
  for (const [content, reason, by, hours] of kinds) {
    const at = now - hours * HOUR_MS;
    const id = await store.changes.add({
      ...{ content, before: null, state: 'proposed', emergency: false, confirmBy: null, version: null },
      ...{ proposedBy: by, proposedAt: at, reason },
    });
    await step(store, vault, 'change', String(id), { at, by, act: 'proposed', text: reason });
  }
  const at = now - 90 * HOUR_MS;
  for (const [state, reason] of [
    ['rejected', '期限写错，退回重提'],
    ['applied', '节日安排'],
  ] as const) {
    const content: ChangeContent = {
      kind: 'holidays',
      holidays: [{ date: '2027-01-01', name: { zh: '元旦', en: 'New Year' } }],
    };
    const id = await store.changes.add({
      ...{ content, before: [], state: 'proposed', emergency: false, confirmBy: null, version: null },
      ...{ proposedBy: 'wang.min', proposedAt: at, reason },
    });
    await step(store, vault, 'change', String(id), { at, by: 'wang.min', act: 'proposed', text: reason });
    await store.changes.move(id, 'proposed', { state, decidedBy: 'li.qiang', decidedAt: at + HOUR_MS, decision: '' });
    const act = state === 'applied' ? 'approved' : 'rejected';
    await step(store, vault, 'change', String(id), { at: at + HOUR_MS, by: 'li.qiang', act, text: '' });
  }
  await store.channels.setHoliday('2027-01-01', { zh: '元旦', en: 'New Year' });
}

/** Register rows with invented masked content. Their archive holds no paper: nothing here was sealed. */
async function seedPapers(store: Store, vault: Vault, now: number, random: Random): Promise<void> {
  const kinds = ['depositStatement', 'depositCertificate', 'accountSheet'] as const;
  for (let n = 1; n <= 14; n++) {
    const at = now - random.between(1, 1_900) * HOUR_MS;
    const [date, terminal] = [shanghaiDate(at), SEEDED_TERMINALS[n % 9]!];
    const record = await store.documents.reserve(
      {
        ...{ terminalId: terminal, operationId: `seed-paper-${n}`, kind: kinds[n % 3]!, depositorId: 'seed' },
        ...{ fingerprint: 'seed', centreId: '38010000', date, at },
      },
      (sequence) => makeDocumentNumber({ centre: '38010000', date, terminal, sequence }),
    );
    const nothing = vault.seal(`document ${record.documentNumber}`, Buffer.from('demonstration'));
    await store.documents.archive(record.documentNumber, {
      ...{ verificationCode: 'DEMO', verificationUrl: 'about:blank', pages: random.between(1, 4), bytes: nothing },
      ...{ sha256: '0'.repeat(64), validUntil: addDays(date, 61), sealedBy: null, source: nothing },
      publicContent: {
        nameMasked: random.of(['王*', '李**', '欧阳*']),
        accountMasked: '**** 0427',
        from: '2025-11',
        to: '2026-10',
        rows: 12,
        totalInFen: 1_200_000,
        totalOutFen: 0,
        closingFen: 4_812_300,
      },
    });
    if (n % 6 === 0) await store.documents.setState(record.documentNumber, 'cancelled', at + HOUR_MS, 'staff');
  }
}

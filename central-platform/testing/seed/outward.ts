import { DepartmentSettings } from '../../channels/outward/grants.ts';
import type { Store } from '../../store/store.ts';
import type { Random } from './random.ts';

const HOUR_MS = 3_600_000;

/** Invented authorities of the invented city, and the rules they quote. */
const DEPARTMENTS = [
  {
    departmentId: 'housing',
    name: { zh: '住房保障处', en: 'Housing support' },
    purpose: 'rent-check',
    purposeWords: { zh: '公租房资格核查', en: 'Check for public rental homes' },
    legalBasis: '江州市公共租赁住房管理办法第九条（演示）',
    grants: [
      { field: 'name', form: 'masked' },
      { field: 'pays' },
      { field: 'paidToMonth' },
      { field: 'balanceFen', form: 'rounded', roundFen: 1_000_000, consent: true },
    ],
    perDay: 2_000,
  },
  {
    departmentId: 'civil-affairs',
    name: { zh: '社会救助科', en: 'Social assistance' },
    purpose: 'aid-check',
    purposeWords: { zh: '救助对象经济状况核对', en: 'Check of means for assistance' },
    legalBasis: '江州市社会救助核对办法第六条（演示）',
    grants: [{ field: 'pays' }, { field: 'monthlyFen', consent: true }, { field: 'hasLoan', consent: true }],
    validTo: '2027-06-30',
  },
  {
    departmentId: 'credit',
    name: { zh: '信用信息科', en: 'Credit information' },
    purpose: 'credit-report',
    purposeWords: { zh: '信用报告', en: 'Credit report' },
    legalBasis: '江州市信用信息条例第十四条（演示）',
    grants: [{ field: 'pays' }],
    enabled: false,
  },
];

/** Who may have what about people, and a month of questions. Keys are made by two people on the page. */
export async function seedOutward(store: Store, now: number, random: Random): Promise<void> {
  for (const given of DEPARTMENTS) {
    const settings = DepartmentSettings.parse(given);
    const { departmentId, grants, enabled } = settings;
    const changedAt = now - random.between(40, 90) * 24 * HOUR_MS;
    await store.outward.put({ departmentId, keyHash: null, settings: JSON.stringify(settings), version: 1, changedAt });
    if (!enabled) continue;
    for (let n = 0; n < 14; n++) {
      const found = random.between(0, 9) > 1;
      const open = grants.filter(({ consent }) => !consent).map(({ field }) => field);
      const asked = grants.map(({ field }) => field);
      const at = now - Math.round(((14 - n) * 47 * HOUR_MS) / 10) - random.between(0, 50) * 60_000;
      const given = found ? open : [];
      const withheld = asked.filter((field) => !given.includes(field));
      await store.outward.log({ at, departmentId, personHash: `demonstration-${n}`, given, withheld, found });
    }
  }
}

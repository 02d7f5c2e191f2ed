import { chineseDate, shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { maskName } from '@kiosk/domain/masking.ts';
import { z } from 'zod';
import { Grid, type GridRow } from '../layout/grid.ts';
import { drawEnd } from '../layout/paper/end.ts';
import { drawNumberedHead } from '../layout/paper/head.ts';
import { CalendarDate, type DocumentKind, Person } from './kind.ts';
import { personRow } from './deposit-certificate.ts';

/** 业务受理回执: accepted as it stands, or with gaps (容缺受理) to be filled by a day. */
export const Acceptance = z
  .object({
    caseNumber: z.string().min(1).max(40),
    itemName: z.string().min(1).max(60),
    person: Person,
    /** UTC ms. */
    acceptedAt: z.number().int().min(0),
    received: z.array(z.string().min(1).max(60)).max(20),
    missing: z.array(z.string().min(1).max(60)).max(20),
    /** By when what is missing has to be there. */
    supplyBy: CalendarDate.nullable(),
    /** By when it is decided. */
    decideBy: CalendarDate,
  })
  .refine(({ missing, supplyBy }) => missing.length === 0 || supplyBy !== null, 'what is missing has a day');
export type Acceptance = z.infer<typeof Acceptance>;

const list = (entries: readonly string[]): string =>
  entries.length === 0 ? '无' : entries.map((entry, i) => `${i + 1}. ${entry}`).join('；');

export const acceptance: DocumentKind<Acceptance> = {
  title: '业务受理回执',
  english: 'Acceptance slip',
  content: Acceptance,
  printed: ({ caseNumber, itemName, person, received, missing }) => [
    caseNumber,
    itemName,
    person.name,
    person.certificateNumber,
    ...received,
    ...missing,
  ],
  draw(open, { caseNumber, itemName, person, acceptedAt, received, missing, supplyBy, decideBy }) {
    const gaps = missing.length > 0;
    const under = gaps ? '您的申请已容缺受理，请按时补齐所缺材料' : '您的申请已受理';
    const rows: GridRow[] = [
      [
        { label: '受理编号', value: caseNumber, strong: true },
        { label: '受理时间', value: shanghaiDateTime(acceptedAt).slice(0, 16) },
      ],
      [{ label: '办理事项', value: itemName }],
      personRow(open.paper, person),
      [{ label: '已收材料', value: list(received) }],
      [{ label: '所缺材料', value: list(missing) }],
      [
        { label: '补齐期限', value: supplyBy && gaps ? chineseDate(supplyBy) : '—' },
        { label: '办结期限', value: chineseDate(decideBy) },
      ],
    ];
    const y = new Grid(open.sheet).draw(rows, drawNumberedHead(open, under) + 12);
    drawEnd(
      open,
      {
        truth: '受理不等于批准，办理结果以本中心的决定为准。',
        notes: gaps ? ['逾期未补齐或所作承诺不实的，本中心将终止办理，并按规定记入失信记录。'] : [],
      },
      y + 4,
    );
  },
  facts: ({ caseNumber, itemName, person, acceptedAt }) => [
    { zh: '受理编号', en: 'Case', value: caseNumber, style: 'number' },
    { zh: '办理事项', en: 'Item', value: itemName },
    { zh: '姓名', en: 'Name', value: maskName(person.name) },
    { zh: '受理时间', en: 'Accepted', value: shanghaiDateTime(acceptedAt).slice(0, 16) },
  ],
};

import { chineseDate, shanghaiDateTime } from '@kiosk/domain/dates.ts';
import { maskName } from '@kiosk/domain/masking.ts';
import { z } from 'zod';
import { Grid, type GridRow } from '../layout/grid.ts';
import { COLOUR, CONTENT } from '../layout/page.ts';
import { drawEnd } from '../layout/paper/end.ts';
import { drawNumberedHead } from '../layout/paper/head.ts';
import { personRow } from './deposit-certificate.ts';
import { CalendarDate, type DocumentKind, Person } from './kind.ts';

/** 一次性补正告知书: everything that is missing or wrong, told once and at once. */
export const GapNotice = z.object({
  caseNumber: z.string().min(1).max(40),
  itemName: z.string().min(1).max(60),
  person: Person,
  /** UTC ms. */
  askedAt: z.number().int().min(0),
  gaps: z
    .array(
      z.object({
        material: z.string().min(1).max(60),
        /** What is wrong with it and what would be right. */
        need: z.string().min(1).max(200),
      }),
    )
    .min(1)
    .max(12),
  /** How it can be supplied, the centre's words. */
  ways: z.array(z.string().min(1).max(80)).min(1).max(6),
  supplyBy: CalendarDate,
});
export type GapNotice = z.infer<typeof GapNotice>;

export const gapNotice: DocumentKind<GapNotice> = {
  title: '一次性补正告知书',
  english: 'Notice of what is missing',
  content: GapNotice,
  printed: ({ caseNumber, itemName, person, gaps, ways }) => [
    caseNumber,
    itemName,
    person.name,
    person.certificateNumber,
    ...gaps.flatMap(({ material, need }) => [material, need]),
    ...ways,
  ],
  draw(open, { caseNumber, itemName, person, askedAt, gaps, ways, supplyBy }) {
    const { sheet } = open;
    const top = drawNumberedHead(open, '您的申请收悉，需要补正下列材料') + 12;
    const rows: GridRow[] = [
      [
        { label: '业务编号', value: caseNumber, strong: true },
        { label: '申请时间', value: shanghaiDateTime(askedAt).slice(0, 16) },
      ],
      [{ label: '办理事项', value: itemName }],
      personRow(open.paper, person),
      { heading: `需要补正的材料（共 ${gaps.length} 项）` },
      ...gaps.map(({ material, need }, i): GridRow => [{ label: `${i + 1}`, value: `${material}：${need}` }]),
      { heading: '怎样补正' },
      ...ways.map((way, i): GridRow => [{ label: `方式 ${i + 1}`, value: way }]),
      [{ label: '补正期限', value: chineseDate(supplyBy), strong: true }],
    ];
    const y = new Grid(sheet).draw(rows, top) + 10;
    const promise = '以上为本次申请需要补正的全部内容，补齐后无须再提交其他材料。补正期间不计入办理时限。';
    const below = sheet.paragraph(promise, CONTENT.left, y, CONTENT.width, { size: 10, colour: COLOUR.ink }, 1.7);
    drawEnd(
      open,
      {
        truth: '本告知书不是对申请的决定。',
        notes: ['逾期未补正的，视为撤回申请；您可以随时重新申请，原已提交的材料仍然有效。'],
      },
      below,
    );
  },
  facts: ({ caseNumber, itemName, person, gaps, supplyBy }) => [
    { zh: '业务编号', en: 'Case', value: caseNumber, style: 'number' },
    { zh: '办理事项', en: 'Item', value: itemName },
    { zh: '姓名', en: 'Name', value: maskName(person.name) },
    { zh: '需补正', en: 'Missing', value: `${gaps.length} 项` },
    { zh: '补正期限', en: 'Supply by', value: chineseDate(supplyBy) },
  ],
};

import { maskAccount, maskName } from '@kiosk/domain/masking.ts';
import { z } from 'zod';
import { Grid } from '../layout/grid.ts';
import { COLOUR, CONTENT } from '../layout/page.ts';
import { drawEnd } from '../layout/paper/end.ts';
import { drawNumberedHead } from '../layout/paper/head.ts';
import { personRow } from './deposit-certificate.ts';
import { type DocumentKind, Person } from './kind.ts';

/** 异地转入接收函: asks the centre of another city to send a person's balance here, and says where to. */
export const TransferLetter = z.object({
  /** The centre that holds the account now. */
  addressee: z.string().min(2).max(40),
  person: Person,
  /** There. */
  formerAccount: z.string().max(20),
  formerUnit: z.string().max(120),
  account: z.object({
    number: z.string().min(1).max(20),
    unitName: z.string().min(1).max(120),
  }),
  /** 联系函编号. */
  contactLetter: z.string().max(40),
  /** Where the money goes: an account of this centre, never a person's. */
  receiving: z.object({
    holder: z.string().min(1).max(60),
    number: z.string().min(1).max(30),
    bank: z.string().min(1).max(60),
  }),
  contact: z.object({ name: z.string().min(1).max(30), phone: z.string().min(1).max(20) }),
});
export type TransferLetter = z.infer<typeof TransferLetter>;

export const transferLetter: DocumentKind<TransferLetter> = {
  title: '住房公积金异地转入接收函',
  english: 'Letter of acceptance for a transfer from another city',
  content: TransferLetter,
  printed: ({ addressee, person, formerAccount, formerUnit, account, contactLetter, receiving, contact }) => [
    addressee,
    person.name,
    person.certificateNumber,
    formerAccount,
    formerUnit,
    account.number,
    account.unitName,
    contactLetter,
    receiving.holder,
    receiving.number,
    receiving.bank,
    contact.name,
    contact.phone,
  ],
  draw(open, { addressee, person, formerAccount, formerUnit, account, contactLetter, receiving, contact }) {
    const { sheet, paper } = open;
    const top = drawNumberedHead(open, `${addressee}：`) + 10;
    const said = '下列职工已在本中心设立住房公积金账户。请将其在你中心的住房公积金本息转入以下账户，并告知办理结果。';
    const y = sheet.paragraph(said, CONTENT.left, top, CONTENT.width, { size: 10, colour: COLOUR.ink }, 1.7) + 8;
    const below = new Grid(sheet).draw(
      [
        { heading: '职工' },
        personRow(paper, person),
        [
          { label: '转出地账号', value: formerAccount || '—' },
          { label: '转出地单位', value: formerUnit || '—' },
        ],
        [
          { label: '转入地账号', value: account.number },
          { label: '联系函编号', value: contactLetter || '—' },
        ],
        [{ label: '转入地单位', value: account.unitName }],
        { heading: '收款账户' },
        [{ label: '户　　名', value: receiving.holder, strong: true }],
        [
          { label: '账　　号', value: receiving.number, strong: true },
          { label: '开户银行', value: receiving.bank },
        ],
        { heading: '联系' },
        [
          { label: '联 系 人', value: contact.name },
          { label: '联系电话', value: contact.phone },
        ],
      ],
      y,
    );
    drawEnd(
      open,
      { truth: '本中心对以上内容的真实性负责。', notes: ['转账时请注明职工姓名和联系函编号。'] },
      below + 4,
    );
  },
  facts: ({ addressee, person, account, receiving }) => [
    { zh: '转出地中心', en: 'Sending centre', value: addressee },
    { zh: '姓名', en: 'Name', value: maskName(person.name) },
    { zh: '转入地账号', en: 'Account', value: maskAccount(account.number), style: 'number' },
    { zh: '收款户名', en: 'Payee', value: receiving.holder },
  ],
};

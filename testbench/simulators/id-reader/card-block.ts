import type { IdCard } from '@kiosk/contract/services/device-host.ts';

/**
 * What is printed on a card and stored in its chip. Anything goes: a wrong check digit or a date that is none is the
 * business of whoever reads it.
 */
export type CardFields = Pick<IdCard, 'name' | 'idNumber'> &
  Partial<IdCard> & { readonly englishName?: string; readonly link?: string };

const BLOCK = 256;

/** Writes the 256 text bytes of a chip: UTF-16LE, every field padded with spaces, cut where it is too long. */
export function encodeCardBlock(card: CardFields): Uint8Array {
  const block = Buffer.alloc(BLOCK, Buffer.from(' ', 'utf16le'));
  const put = (offset: number, length: number, text: string) =>
    Buffer.from(text, 'utf16le').copy(block, offset, 0, length);
  const birth = compact(card.birthDate ?? '1990-01-01');
  const from = compact(card.validFrom ?? '2020-01-01');
  const to = card.validTo === null ? '长期' : compact(card.validTo ?? '2040-01-01');
  const sex = card.sex ?? '1';
  const english = card.englishName ?? '';

  switch (card.kind ?? 'resident') {
    case 'permanentResident2017':
      put(0, 120, english);
      put(120, 2, sex);
      put(122, 30, card.idNumber);
      put(152, 6, 'XXX');
      put(158, 30, card.name);
      put(188, 16, from);
      put(204, 16, to);
      put(220, 16, birth);
      put(236, 4, '01');
      put(240, 8, card.issuer ?? '');
      put(248, 2, 'I');
      return block;
    case 'permanentResident2023':
      put(0, 30, card.name);
      put(30, 2, sex);
      put(32, 4, '00');
      put(36, 16, birth);
      put(52, 70, english.slice(0, 35));
      put(122, 36, card.idNumber);
      put(188, 16, from);
      put(204, 16, to);
      put(220, 22, english.slice(35));
      put(242, 6, 'XXX');
      put(248, 2, 'Y');
      put(250, 6, card.link ?? '');
      return block;
    case 'hkMacaoTaiwanResident':
      put(220, 18, 'H00000000');
      put(238, 4, '01');
      put(248, 2, 'J');
      break;
    case 'resident':
      put(32, 4, card.nation ?? '01');
  }
  put(0, 30, card.name);
  put(30, 2, sex);
  put(36, 16, birth);
  put(52, 70, card.address ?? '');
  put(122, 36, card.idNumber);
  put(158, 30, card.issuer ?? '');
  put(188, 16, from);
  put(204, 16, to);
  return block;
}

const compact = (date: string) => date.replaceAll('-', '');

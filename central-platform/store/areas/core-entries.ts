import type { AccountEntry } from '@kiosk/domain/account.ts';
import { ENTRY_KINDS, WITHDRAWAL_REASONS, isCode } from '@kiosk/domain/code-tables.ts';

type Entry = Omit<AccountEntry, 'balanceFen'>;

/**
 * A fund year's entries as one text: month and day, kind, signed fen, and where they are not what follows from the rest the deposit month, the
 * reason and the summary. 12 deposits take 250 bytes, so that ten million entries fit a demonstration's disk.
 */
export function packEntries(entries: readonly Entry[]): string {
  let text = '';
  for (const { date, kind, summary, depositMonth, reason, inFen, outFen } of entries) {
    const month = date.slice(0, 7);
    const tail = [
      depositMonth === month ? '=' : (depositMonth ?? ''),
      reason ?? '',
      summary === ENTRY_KINDS[kind] ? '' : summary,
    ];
    while (tail.at(-1) === '') tail.pop();
    text += `${text && ';'}${date.slice(5, 7)}${date.slice(8)}${kind}${[String(inFen - outFen), ...tail].join(',')}`;
  }
  return text;
}

/** Throws on a text that was not packed here: the books were altered. */
export function unpackEntries(fundYear: number, text: string): Entry[] {
  if (text === '') return [];
  return text.split(';').map((packed) => {
    const [month, day, kind] = [packed.slice(0, 2), packed.slice(2, 4), packed.slice(4, 6)];
    const [amount = '', depositMonth = '', reason = '', summary = ''] = packed.slice(6).split(',');
    const fen = Number(amount);
    if (!isCode(ENTRY_KINDS, kind) || !Number.isSafeInteger(fen) || amount === '')
      throw new RangeError('not a packed entry');
    const year = month >= '07' ? fundYear : fundYear + 1;
    const thisMonth = `${year}-${month}`;
    return {
      date: `${thisMonth}-${day}`,
      kind,
      summary: summary || ENTRY_KINDS[kind],
      ...(depositMonth ? { depositMonth: depositMonth === '=' ? thisMonth : depositMonth } : {}),
      ...(isCode(WITHDRAWAL_REASONS, reason) ? { reason } : {}),
      inFen: Math.max(0, fen),
      outFen: Math.max(0, -fen),
    };
  });
}

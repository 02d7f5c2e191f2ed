import type { RequestForm } from '@kiosk/contract/journal/entry.ts';
import { type OpenCase, personKey } from '../case-book.ts';
import { isOver } from '../life.ts';
import { REFUSED } from '../words.ts';
import { type DeskParts, Superseded, type Work } from '../work.ts';

const TRIES = 5;

/** Something missing has come, whichever way: the case that waits for it hears, and goes on when all of it is there. */
export async function supply(
  parts: Pick<DeskParts, 'book' | 'clock'>,
  caseNumber: string,
  mine: (open: OpenCase) => boolean,
  materials: readonly string[],
  by: string,
): Promise<'taken' | 'none'> {
  for (let tries = 0; tries < TRIES; tries++) {
    const open = await parts.book.open(caseNumber);
    if (!open || isOver(open.now) || !mine(open)) return 'none';
    // When nothing is missing any more the machine has something to do.
    const all = open.now.missing.every(({ material }) => materials.includes(material));
    const wakeAt = open.now.state === 'needs' && all ? parts.clock.now() : open.row.wakeAt;
    const told = await parts.book.step(open, { type: 'supplied', materials: [...materials], by }, by, wakeAt);
    if (told.ok) return 'taken';
  }
  throw new Superseded();
}

/** Q06 at a terminal. */
export async function decideSupply(work: Work, form: Extract<RequestForm, { item: 'Q06' }>): Promise<void> {
  const { parts, depositor } = work;
  const key = personKey(parts.vault, depositor.idNumber);
  const materials = form.supplied.filter(({ by }) => by !== 'phone').map(({ material }) => material);
  const taken =
    materials.length === 0
      ? 'taken'
      : await supply(parts, form.caseNumber, ({ row }) => row.idHash === key, materials, work.row.requestNumber);
  const words = { zh: '补交的材料已收到', en: 'What you handed in is with the case' };
  return work.apply(
    taken === 'taken'
      ? { type: 'decided', verdict: 'granted', by: 'rules', words }
      : { type: 'decided', verdict: 'refused', by: 'rules', words: REFUSED },
  );
}

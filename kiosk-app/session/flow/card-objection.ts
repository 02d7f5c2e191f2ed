import { cardContradictions } from '@kiosk/domain/id-card-check.ts';
import type { IdCard } from './state.ts';

/** The code that speaks against a card of whichever kind; null: it is good. A card is good on its last day. */
export function objection(card: IdCard, today: string): string | null {
  if (cardContradictions(card).length > 0) return 'E1104';
  return card.validTo !== null && card.validTo < today ? 'E1105' : null;
}

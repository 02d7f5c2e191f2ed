import { formatDocumentNumber } from '@kiosk/domain/document-number.ts';
import { formatRequestNumber } from '@kiosk/domain/request-number.ts';

const spelled = (spell: (number: string) => string) => (number: string) =>
  number.includes(' ') ? number : spell(number);

/** In groups that can be read aloud. A number that comes in groups already stays as it is. */
export const spellDocumentNumber = spelled(formatDocumentNumber);
export const spellRequestNumber = spelled(formatRequestNumber);
/** Of a number whose kind is known from its first letters only: request numbers start with YTJ. */
export const spellNumber = (number: string) =>
  number.startsWith('YTJ') ? spellRequestNumber(number) : spellDocumentNumber(number);

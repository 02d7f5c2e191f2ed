import { parseDocumentNumber } from '@kiosk/domain/document-number.ts';

/** What the QR of a paper holds: an address with its number and its code. null: something else was scanned. */
export function codeOnPaper(text: string): { readonly documentNumber: string; readonly code: string } | null {
  if (!URL.canParse(text)) return null;
  const asked = new URL(text).searchParams;
  const read = parseDocumentNumber(asked.get('n') ?? '');
  const code = asked.get('c') ?? '';
  return read.ok && /^[0-9A-Z]{16}$/.test(code) ? { documentNumber: read.value.number, code } : null;
}

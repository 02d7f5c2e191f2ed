/** What a spreadsheet takes for the beginning of a formula, also behind blanks. */
const FORMULA = /^\s*[=+\-@|%\uff1d\uff0b\uff0d\uff20]/u;

/**
 * RFC 4180 with a byte order mark, so that a spreadsheet reads UTF-8. A cell that would be a formula gets an apostrophe in
 * front; plain numbers stay numbers.
 */
export function csvOf(rows: readonly (readonly string[])[]): Uint8Array {
  const text = rows.map((row) => row.map(cellOf).join(',')).join('\r\n');
  return Buffer.from(`\ufeff${text}\r\n`, 'utf8');
}

function cellOf(value: string): string {
  const plain = value.replace(/\p{Cc}/gu, (one) => (one === '\n' ? one : ' '));
  const safe = FORMULA.test(plain) && !/^-?\d+(\.\d+)?$/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

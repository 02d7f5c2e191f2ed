import type { Figure } from './figure.ts';
import type { Row } from './results.ts';

/** The table for people: figure, value, aim, what it is; below it what the peers did and why a value is missing. */
export function printTable(figures: readonly Figure[], rows: readonly Row[]): string {
  const lines = [line('figure', 'value', 'aim', 'what')];
  for (const figure of figures) {
    const row = rows.find(({ id }) => id === figure.id);
    const value = row === undefined || row.value === null ? 'null' : `${row.value} ${figure.unit}`;
    lines.push(line(figure.id, value, figure.aim, figure.what));
    if (row?.reason !== undefined) lines.push(`    ${row.reason}`);
    for (const [peer, found] of Object.entries(row?.against ?? {})) lines.push(`    ${peer}: ${words(found)}`);
  }
  return lines.join('\n');
}

function words(found: number | string | readonly number[]): string {
  return typeof found === 'object' ? found.join(', ') : String(found);
}

function line(id: string, value: string, aim: string, what: string): string {
  return `${id.padEnd(28)} ${value.padStart(16)}   ${aim.padEnd(24)} ${what}`;
}

/** A part of an answer: a heading, then rows of cells that line up. The first row of a table may be its header. */
export interface Section {
  readonly title: string;
  readonly rows: readonly (readonly string[])[];
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

/** Columns a text takes on a terminal: a Chinese character takes two. */
export function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += WIDE.test(character) ? 2 : 1;
  return columns;
}

/** Aligned text; a section without rows is left out. */
export function layOut(sections: readonly Section[]): string {
  return sections
    .filter(({ rows }) => rows.length > 0)
    .map(({ title, rows }) => [title, ...table(rows).map((line) => `  ${line}`)].join('\n'))
    .join('\n\n');
}

function table(rows: readonly (readonly string[])[]): string[] {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) => Math.max(...rows.map((row) => width(row[i] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === row.length - 1 ? cell : cell + ' '.repeat(widths[i]! - width(cell))))
      .join('  ')
      .trimEnd(),
  );
}

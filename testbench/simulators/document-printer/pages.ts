import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Pages of a PDF: by pdfinfo (poppler-utils) where it is installed, else by counting page objects. */
export function countPages(path: string): Promise<number> {
  return new Promise((resolve) => {
    execFile('pdfinfo', [path], (error, output) => {
      const said = /^Pages:\s+(\d+)/m.exec(output);
      resolve(!error && said ? Number(said[1]) : countPageObjects(readFileSync(path, 'latin1')));
    });
  });
}

/** Sees only what is not compressed; a document without any page object has at least one page. */
export function countPageObjects(pdf: string): number {
  return Math.max(1, [...pdf.matchAll(/\/Type\s*\/Page(?![a-zA-Z])/g)].length);
}

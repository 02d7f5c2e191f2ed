import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Pages of printed PDFs as PNG, made by poppler at 96 dpi on first look and kept. */
export class PagePictures {
  readonly #dir: string;
  readonly #making = new Map<string, Promise<string | undefined>>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** File of the picture, or undefined when poppler is not installed or the PDF has no such page. */
  picture(pdf: string, page: number): Promise<string | undefined> {
    const file = join(this.#dir, `${basename(pdf, '.pdf')}-${page}.png`);
    if (existsSync(file)) return Promise.resolve(file);
    const making = this.#making.get(file) ?? this.#make(pdf, page, file).finally(() => this.#making.delete(file));
    this.#making.set(file, making);
    return making;
  }

  async #make(pdf: string, page: number, file: string): Promise<string | undefined> {
    await mkdir(this.#dir, { recursive: true });
    const stem = `${file}.part`;
    const args = ['-png', '-r', '96', '-f', String(page), '-l', String(page), '-singlefile', pdf, stem];
    try {
      await run('pdftoppm', args);
      await rename(`${stem}.png`, file);
      return file;
    } catch {
      await rm(`${stem}.png`, { force: true });
      return undefined;
    }
  }
}

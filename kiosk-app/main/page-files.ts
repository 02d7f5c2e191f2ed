import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

export interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.ogg': 'audio/ogg',
};

/**
 * The files of the screens, found once by walking their folder. A request names one of them exactly or gets nothing:
 * no path is ever built from a request.
 */
export class PageFiles {
  readonly #paths = new Map<string, string>();
  readonly #read = new Map<string, Promise<PageFile>>();

  constructor(folder: string) {
    this.#walk(folder, '');
  }

  #walk(folder: string, prefix: string): void {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const name = `${prefix}/${entry.name}`;
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) this.#walk(file, name);
      else if (entry.isFile() && TYPES[path.extname(entry.name)] !== undefined) this.#paths.set(name, file);
    }
  }

  /** `/index.html` → the file; undefined for anything that is not in the folder. */
  find(name: string): Promise<PageFile> | undefined {
    const file = this.#paths.get(name);
    if (file === undefined) return undefined;
    let reading = this.#read.get(name);
    if (!reading) {
      reading = readFile(file).then((bytes) => ({ bytes: Uint8Array.from(bytes), type: TYPES[path.extname(file)]! }));
      this.#read.set(name, reading);
    }
    return reading;
  }

  get names(): readonly string[] {
    return [...this.#paths.keys()];
  }
}

import { hash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Tally } from './tally.ts';

const ROOT = join(import.meta.dirname, '../..');
/** What the states depend on: the code under test and the laboratory itself. */
const ROOMS = ['contract', 'sync-agent', 'device-drivers/host', 'e2e/crash'];

interface Noted {
  readonly sources: string;
  /** Stories that are done. */
  readonly stories: readonly number[];
  readonly scenarios: Readonly<Record<string, number>>;
  /** Bytes of the file of states that belong to this note; what follows was cut off by the end of the program. */
  readonly bytes: number;
  readonly lost: number;
}

/** A long run that can be interrupted: which stories are done and which states were seen, in two files. */
export class Progress {
  readonly tally: Tally;
  readonly stories: Set<number>;
  lost: number;
  readonly #file: string;
  readonly #sources: string;
  #bytes: number;

  private constructor(file: string, noted: Noted, tally: Tally) {
    this.#file = file;
    this.#sources = noted.sources;
    this.stories = new Set(noted.stories);
    this.lost = noted.lost;
    this.#bytes = noted.bytes;
    this.tally = tally;
  }

  /** Goes on where the last run with the same sources ended; begins anew otherwise, or when told to. */
  static open(file: string, fresh: boolean): Progress {
    const sources = sourcesDigest();
    const noted = !fresh && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Noted) : undefined;
    if (noted?.sources === sources) {
      const states = readFileSync(statesFile(file)).subarray(0, noted.bytes);
      writeFileSync(statesFile(file), states);
      return new Progress(file, noted, Tally.from(states, noted.scenarios));
    }
    mkdirSync(dirname(file), { recursive: true });
    rmSync(file, { force: true });
    writeFileSync(statesFile(file), '');
    return new Progress(file, { sources, stories: [], scenarios: {}, bytes: 0, lost: 0 }, new Tally());
  }

  /** A story is done; `fresh` are the states that it added to the tally. */
  done(seed: number, fresh: Buffer, lost: number): void {
    appendFileSync(statesFile(this.#file), fresh);
    this.#bytes += fresh.length;
    this.lost += lost;
    this.stories.add(seed);
    const noted: Noted = {
      sources: this.#sources,
      stories: [...this.stories],
      scenarios: this.tally.scenarios,
      bytes: this.#bytes,
      lost: this.lost,
    };
    writeFileSync(`${this.#file}.new`, JSON.stringify(noted));
    renameSync(`${this.#file}.new`, this.#file);
  }
}

const statesFile = (file: string) => file.replace(/\.json$/, '.states');

function sourcesDigest(): string {
  const texts = ROOMS.flatMap((room) =>
    readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.[tc]s?$/.test(name) && !/node_modules|\.test\.ts$/.test(name))
      .sort()
      .map((name) => `${room}/${name}\n${readFileSync(join(ROOT, room, name), 'utf8')}`),
  );
  return hash('sha256', texts.join('\n'));
}

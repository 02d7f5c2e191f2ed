import { personWithWrongCheckDigit, syntheticPeople, type SyntheticPerson } from '@kiosk/domain/synthetic.ts';
import { shanghaiDate } from '@kiosk/domain/dates.ts';
import { centreAction, centreState } from './centre.ts';
import { BANK_CARDS, extraAction, extrasState } from './extras.ts';
import { FaultBoard } from './faults.ts';
import { DEVICE_NAMES, EXTRA_DEVICES, type Machine, setLink } from './machine.ts';
import type { LinkMode } from '../simulators/link/simulator.ts';
import { PagePictures } from './pictures.ts';
import { platformDesk } from './platform-desk.ts';
import type { BenchState, DeviceName } from './state.ts';

export interface BenchOptions {
  readonly machine: Machine;
  readonly publicUrl: string;
  readonly managementToken: string;
  /** Folder for pictures of printed pages. */
  readonly pictures: string;
  readonly programs: () => BenchState['programs'];
  readonly kill: (program: string) => void;
  readonly places: BenchState['places'];
}

interface Job {
  readonly id: number;
  readonly state: string;
  readonly pages: number;
  readonly printed: number;
  readonly pdfPath: string;
}

interface Slip {
  readonly svg: string;
}

/** How often the platform's outbox is looked at while somebody looks at the page. */
const DESK_MS = 1_000;
const SOON_MS = 100;

/** The hands of the test bench: lays cards, breaks things, reads the platform's outbox, shows what was printed. */
export class Bench {
  readonly #options: BenchOptions;
  readonly #people: readonly SyntheticPerson[];
  readonly #pictures: PagePictures;
  readonly #desk;
  readonly #listeners = new Set<(state: BenchState) => void>();
  readonly #faults: FaultBoard;
  #link: LinkMode = 'up';
  #card: string | null = null;
  #timer: NodeJS.Timeout | undefined;
  #telling: NodeJS.Timeout | undefined;

  constructor(options: BenchOptions) {
    this.#options = options;
    const today = shanghaiDate(Date.now());
    this.#people = [...syntheticPeople(today), personWithWrongCheckDigit(today)];
    this.#pictures = new PagePictures(options.pictures);
    this.#faults = new FaultBoard(options.machine);
    this.#desk = platformDesk(options.publicUrl, options.managementToken);
    options.machine.slipPrinter.on('slip', () => this.changed());
    for (const event of ['job', 'page']) options.machine.documentPrinter.on(event, () => this.changed());
    for (const name of EXTRA_DEVICES) {
      for (const event of ['step', 'command', 'looking', 'outputs']) {
        options.machine[name]?.on(event, () => this.#soon());
      }
    }
  }

  onChange(listener: (state: BenchState) => void): () => void {
    this.#listeners.add(listener);
    this.changed();
    this.#timer ??= setInterval(() => this.changed(), DESK_MS);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  changed(): void {
    if (this.#listeners.size === 0) return;
    void this.state().then((state) => {
      for (const listener of this.#listeners) listener(state);
    });
  }

  /** Devices are asked many times a second; the page is told a few times. */
  #soon(): void {
    if (this.#listeners.size === 0 || this.#telling) return;
    this.#telling = setTimeout(() => {
      this.#telling = undefined;
      this.changed();
    }, SOON_MS);
  }

  close(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#telling);
    this.#timer = undefined;
    this.#telling = undefined;
  }

  async state(): Promise<BenchState> {
    const [messages, requests, centre, jobs, slips, extras] = await Promise.all([
      this.#desk.messages(),
      this.#desk.requests(),
      centreState(this.#desk),
      this.#jobs(),
      this.#options.machine.slipPrinter.call('slips') as Promise<readonly Slip[]>,
      extrasState(this.#options.machine),
    ]);
    return {
      people: this.#people.map((p) => ({ key: p.key, name: p.name, note: noteOf(p) })),
      cardOnReader: this.#card,
      link: this.#link,
      linkModes: this.#options.machine.link.faults.faults,
      faults: Object.fromEntries(
        DEVICE_NAMES.flatMap((name) => {
          const faults = this.#faults.state(name);
          return faults ? [[name, faults]] : [];
        }),
      ),
      bankCards: BANK_CARDS,
      extras,
      programs: this.#options.programs(),
      messages,
      requests,
      jobs: jobs.map(({ id, state, pages, printed }) => ({ id, state, pages, printed })),
      slips: slips.map((slip, index) => ({ index, svg: slip.svg })),
      centre,
      places: this.#options.places,
    };
  }

  /** Everything the page can do; a throw is shown on the page. */
  async act(action: string, value: unknown): Promise<void> {
    const { machine } = this.#options;
    switch (action) {
      case 'layCard':
        await this.layCard(String(value));
        break;
      case 'liftCard':
        await machine.idReader.call('liftCard');
        this.#card = null;
        break;
      case 'link':
        this.#link = value as LinkMode;
        await setLink(machine, this.#link);
        break;
      case 'fault': {
        const { device, kind, on, step } = value as { device: DeviceName; kind: string; on: boolean; step?: string };
        await this.setFault(device, kind, on, step);
        break;
      }
      case 'kill':
        this.#options.kill(String(value));
        break;
      default: {
        const acting = extraAction(machine, action, value) ?? centreAction(this.#desk, action, value);
        if (!acting) throw new Error(`the bench cannot ${action}`);
        await acting;
      }
    }
    this.changed();
  }

  /** Lays this synthetic person's card on the reader. */
  async layCard(key: string): Promise<void> {
    const person = this.#people.find((p) => p.key === key);
    if (!person) throw new Error(`nobody here is called ${key}`);
    if (this.#card !== null) await this.#options.machine.idReader.call('liftCard');
    await this.#options.machine.idReader.call('layCard', { person: cardOf(person) });
    this.#card = key;
  }

  /** `step`: only there, for devices that name the steps of their work. */
  setFault(device: DeviceName, kind: string, on: boolean, step?: string): Promise<void> {
    return this.#faults.change(device, kind, on, step);
  }

  async page(job: number, page: number): Promise<string | undefined> {
    const pdf = await this.pdf(job);
    return pdf && this.#pictures.picture(pdf, page);
  }

  async pdf(job: number): Promise<string | undefined> {
    return (await this.#jobs()).find((j) => j.id === job)?.pdfPath;
  }

  #jobs(): Promise<readonly Job[]> {
    return this.#options.machine.documentPrinter.call('jobs') as Promise<readonly Job[]>;
  }
}

/** What the chip of this person's card holds. */
function cardOf(person: SyntheticPerson) {
  const { name, sex, nation, birthDate, address, idNumber, issuer, validFrom } = person;
  const validTo = person.validUntil === '长期' ? null : person.validUntil;
  return { kind: 'resident', name, sex, nation, birthDate, address, idNumber, issuer, validFrom, validTo };
}

const NOTES: Readonly<Record<string, string>> = {
  ordinary: 'An ordinary account',
  'wrong-check-digit': 'The check digit of the number is wrong',
};

function noteOf(person: SyntheticPerson): string {
  return NOTES[person.key] ?? person.key.replaceAll('-', ' ').replace(/^./, (c) => c.toUpperCase());
}

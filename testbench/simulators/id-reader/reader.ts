import { COMMANDS, SW, type CommandName, type SdtAnswer, type SdtRequest } from '@kiosk/device-drivers/codec/sdt.ts';
import { type CardFields, encodeCardBlock } from './card-block.ts';

const SAM_ID = Uint8Array.from([5, 0, 3, 0, ...le32(20_260_101), ...le32(1), ...le32(12_345)]);
const PHOTO = 1024;
const NEW_ADDRESS = 70;
const FINGERPRINT = 512;

/** Faults of the card or the module. What the line does to an answer is in simulator.ts. */
export type CardFault =
  | 'liftDuringFind'
  | 'liftDuringSelect'
  | 'liftDuringRead'
  | 'liftDuringAddress'
  | 'unselectable'
  | 'unreadable'
  | 'samFault';

/** `command` is absent for faults of the card. */
type TakeFault = (kind: CardFault, command?: CommandName) => boolean;

interface LaidCard {
  readonly text: Uint8Array;
  readonly newAddress: string | undefined;
  readonly fingerprints: number;
  /** A card that was read is not found again until it was lifted. */
  stage: 'laid' | 'found' | 'selected' | 'read';
}

/** The reader's mind: a request in, an answer out. It knows one card at a time and whether it was read already. */
export class Reader {
  #card: LaidCard | undefined;
  readonly #takeFault: TakeFault;
  readonly #firstSeries: boolean;

  /** `takeFault` says whether that fault is due and counts it. Modules of the first series know no fingerprints. */
  constructor(takeFault: TakeFault, firstSeries = false) {
    this.#takeFault = takeFault;
    this.#firstSeries = firstSeries;
  }

  get hasCard(): boolean {
    return this.#card !== undefined;
  }

  /** `fingers`: how many templates of 512 bytes its chip holds. */
  layCard(card: CardFields, newAddress?: string, fingers = 0): void {
    if (this.#card) throw new Error('a card lies on the reader already');
    this.#card = { text: encodeCardBlock(card), newAddress, fingerprints: fingers * FINGERPRINT, stage: 'laid' };
  }

  liftCard(): void {
    this.#card = undefined;
  }

  /** Power came back: what it knew of the card that lies there is gone. */
  powerOn(): void {
    if (this.#card) this.#card.stage = 'laid';
  }

  answer(name: CommandName | undefined): SdtAnswer {
    if (name && this.#takeFault('samFault', name)) return status(SW.samNotAuthorised);
    switch (name) {
      case 'resetSam':
      case 'samStatus':
      case 'setMaxRfFrame':
      case 'setSpeed':
        return status(SW.success);
      case 'samId':
        return status(SW.success, SAM_ID);
      case 'findCard':
        return this.#find();
      case 'selectCard':
        return this.#select();
      case 'readTextPhoto':
        return this.#read([PHOTO]);
      case 'readTextPhotoFingerprint':
        return this.#firstSeries ? status(SW.badCommand) : this.#read([PHOTO, this.#card?.fingerprints ?? 0]);
      case 'readNewAddress':
        return this.#newAddress();
      case undefined:
        return status(SW.badCommand);
    }
  }

  #find(): SdtAnswer {
    if (this.#card && this.#takeFault('liftDuringFind')) this.liftCard();
    if (!this.#card || this.#card.stage === 'read') return status(SW.findFailed);
    this.#card.stage = 'found';
    return status(SW.cardFound, new Uint8Array(4));
  }

  #select(): SdtAnswer {
    if (this.#card && this.#takeFault('liftDuringSelect')) this.liftCard();
    if (this.#card?.stage !== 'found' || this.#takeFault('unselectable')) return status(SW.selectFailed);
    this.#card.stage = 'selected';
    return status(SW.success, new Uint8Array(8));
  }

  #read(blocks: readonly number[]): SdtAnswer {
    if (this.#card?.stage === 'selected' && this.#takeFault('liftDuringRead')) this.liftCard();
    const card = this.#card;
    if (card?.stage !== 'selected' && card?.stage !== 'read') return status(SW.readFailed);
    if (this.#takeFault('unreadable')) {
      card.stage = 'laid';
      return status(SW.readerRejectsCard);
    }
    card.stage = 'read';
    const lengths = [card.text.length, ...blocks].flatMap((length) => [length >> 8, length & 0xff]);
    const rest = blocks.reduce((sum, length) => sum + length, 0);
    // The picture is noise: it contains a preamble, as a real one may.
    const picture = Uint8Array.from({ length: rest }, (_, i) => [0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 9, i & 0xff][i % 8]!);
    return status(SW.success, Buffer.concat([Uint8Array.from(lengths), card.text, picture]));
  }

  #newAddress(): SdtAnswer {
    if (this.#card && this.#takeFault('liftDuringAddress')) this.liftCard();
    const card = this.#card;
    if (card?.stage !== 'selected' && card?.stage !== 'read') return status(SW.readFailed);
    if (card.newAddress === undefined) return status(SW.noSuchItem);
    const data = Buffer.alloc(NEW_ADDRESS, Buffer.from(' ', 'utf16le'));
    data.write(card.newAddress, 'utf16le');
    return status(SW.success, data);
  }
}

export function commandName(request: SdtRequest): CommandName | undefined {
  const names = Object.keys(COMMANDS) as CommandName[];
  return names.find((name) => {
    const [command, parameter] = COMMANDS[name];
    return command === request.command && (parameter === request.parameter || name === 'setSpeed');
  });
}

function status(sw3: number, data: Uint8Array = new Uint8Array(0)): SdtAnswer {
  return { sw1: 0, sw2: 0, sw3, data };
}

function le32(value: number): number[] {
  return [0, 8, 16, 24].map((shift) => (value >> shift) & 0xff);
}

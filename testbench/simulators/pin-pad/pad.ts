import { randomBytes } from 'node:crypto';
import { type PadAnswer, RTN } from '@kiosk/device-drivers/codec/zt598.ts';
import { type Cipher, cbcMac, checkValue, decrypt, encrypt, pinBlock, xor } from './crypto.ts';

/** What a finger can press. */
export type PressedKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | keyof typeof KEY_BYTES;

const KEY_BYTES = {
  enter: 0x0d,
  cancel: 0x1b,
  clear: 0x08,
  point: 0x2e,
  doubleZero: 0x22,
  up: 0x41,
  down: 0x42,
  left: 0x43,
  right: 0x44,
  tab: 0x45,
} as const;

const MASK = 0x2a;
const UID = Buffer.alloc(16, 0x88);
const SLOT = /^[0-7][0-9A-F]$/;

/**
 * The inside of the pad: keys in slots, a PIN that never leaves, and what its commands do. `show` sends a byte outside
 * the frames.
 */
export class Pad {
  readonly #show: (byte: number) => void;
  readonly #takeFault: (kind: string) => boolean;
  readonly #keys = { '3des': new Map<number, Buffer>(), sm4: new Map<number, Buffer>() };
  #mode: 'off' | 'clear' | 'pin' = 'off';
  #pin = '';
  #ended = false;
  #entries = 0;
  #min = 4;
  #max = 12;
  #backspace = false;
  #challenge: Buffer | undefined;
  #authenticated = false;
  #tampered = false;
  #removed = false;

  constructor(show: (byte: number) => void, takeFault: (kind: string) => boolean) {
    this.#show = show;
    this.#takeFault = takeFault;
    this.#wipe();
  }

  get mode() {
    return this.#mode;
  }

  get digits() {
    return this.#pin.length;
  }

  /** As in the maker's key room. */
  putKey(cipher: Cipher, slot: number, key: Buffer): void {
    this.#keys[cipher].set(slot, key);
  }

  hasKey(cipher: Cipher, slot: number): boolean {
    return this.#keys[cipher].has(slot);
  }

  /** The case is opened: the battery of the key memory is cut. */
  tamper(): void {
    this.#wipe();
    this.#tampered = true;
  }

  /** The pad is taken from its place. */
  remove(): void {
    this.#wipe();
    this.#removed = true;
  }

  /** Closed and put back; the keys stay gone. */
  putInOrder(): void {
    this.#tampered = false;
    this.#removed = false;
  }

  powerOn(): void {
    this.#mode = 'off';
    this.#clearPin();
    this.#authenticated = false;
  }

  press(key: PressedKey): void {
    if (this.#tampered || this.#removed || this.#mode === 'off') return;
    const byte = key in KEY_BYTES ? KEY_BYTES[key as keyof typeof KEY_BYTES] : key.charCodeAt(0);
    if (this.#mode === 'clear') return this.#show(byte);
    if (/^\d$/.test(key)) {
      if (this.#pin.length >= this.#max || this.#ended) return;
      this.#pin += key;
      return this.#show(this.#takeFault('clearDigit') ? byte : MASK);
    }
    if (key === 'clear') this.#pin = this.#backspace ? this.#pin.slice(0, -1) : '';
    if (key === 'cancel') this.powerOn();
    if (key === 'enter') {
      // Too short a PIN is not taken: the pad beeps and waits on.
      if (this.#pin.length < this.#min) return;
      this.#ended = true;
      this.#mode = 'off';
    }
    this.#show(byte);
  }

  /** The pad's own time for an entry is over. */
  timeOut(): void {
    this.#clearPin();
    this.#mode = 'off';
    this.#show(0x80);
  }

  answer(body: Buffer): PadAnswer {
    if (this.#removed) return failed(RTN.removed);
    if (this.#tampered) return failed(RTN.tampered);
    const command = body.toString('latin1', 0, 1);
    const data = body.toString('latin1', 1);
    switch (command) {
      case 'I':
        return done('SIM00598000000111111');
      case '3':
        return done('X'.repeat(118) + '        ZT598 101100SIM00001');
      case 'N':
        return done('N00');
      case 'S':
        return done();
      case '5':
        return this.#control(data[0] ?? '', data.slice(1));
      case '6':
        return this.#start();
      case ':':
        return this.#authenticate(data.slice(0, 2), data.slice(2));
      case '1':
        return this.#loadComponent(data);
      case '2':
        return this.#loadEncrypted('3des', data.slice(0, 2), data.slice(2, 4), data.slice(6), data.slice(5, 6));
      case 'c':
        return this.#loadEncrypted('sm4', data.slice(2, 4), data.slice(4, 6), data.slice(6), '2');
      case '7':
        return this.#block('3des', data.slice(0, 2), data[2] === ' ', data.slice(3));
      case 'o':
        return this.#block('sm4', data.slice(0, 2), data[2] === '0', data.slice(3));
      case '8':
        return this.#mac(data.slice(0, 2), data[2] ?? '', body.subarray(4));
      case 'e':
        return this.#sm4Mac(data.slice(0, 2), data.slice(2, 34), data.slice(36));
      default:
        return failed(RTN.badData);
    }
  }

  #control(mode: string, value: string): PadAnswer {
    if (!/^[0-9A-F]{2}$/.test(value)) return failed(RTN.badData);
    if (mode === '0' && value === '31') this.#wipe();
    if (mode === '0' && value === '30') this.powerOn();
    if (mode === '0' && value === '32') {
      this.#mode = 'off';
      this.#clearPin();
    }
    if (mode === '0' && value === '33') this.#mode = 'clear';
    if (mode === '4') this.#min = Number(value);
    if (mode === '5') this.#max = Number(value);
    if (mode === 'A') this.#backspace = value === '21';
    return done();
  }

  #start(): PadAnswer {
    this.#clearPin();
    this.#mode = 'pin';
    this.#entries = (this.#entries + 1) % 100;
    return done();
  }

  #authenticate(what: string, value: string): PadAnswer {
    if (!/^[0-9A-F]{32}$/.test(value)) return failed(RTN.badLength);
    const bytes = Buffer.from(value, 'hex');
    if (what === 'A0') {
      this.#authenticated = false;
      return done(hex(randomBytes(16)));
    }
    if (what === '90') {
      this.#authenticated = this.#challenge?.equals(bytes) ?? false;
      this.#challenge = undefined;
      return this.#authenticated ? done() : failed(RTN.notAuthenticated);
    }
    const key = this.#key('3des', what);
    if (!key) return failed(RTN.emptySlot);
    const challenge = encrypt('3des', key.subarray(0, 16), bytes);
    this.#challenge = encrypt('3des', UID, challenge);
    return done(hex(challenge));
  }

  #loadComponent(data: string): PadAnswer {
    const [slot, mode, size, value] = [data.slice(0, 2), data[2], Number(data[3]), data.slice(4)];
    if (!this.#useAuthentication()) return failed(RTN.notAuthenticated);
    if (!SLOT.test(slot) || value.length !== size * 16) return failed(RTN.badLength);
    const before = this.#key('3des', slot);
    if (mode === '1' && !before) return failed(RTN.emptySlot);
    const component = Buffer.from(value, 'hex');
    const key = mode === '1' && before ? xor(component, before) : component;
    this.putKey('3des', Number.parseInt(slot, 16), key);
    return done(hex(checkValue('3des', key)));
  }

  #loadEncrypted(cipher: Cipher, under: string, slot: string, value: string, size: string): PadAnswer {
    const number = Number.parseInt(slot, 16);
    if (cipher === '3des' && size === '0') {
      this.#keys[cipher].delete(number);
      return done();
    }
    if (cipher === '3des' && !this.#useAuthentication()) return failed(RTN.notAuthenticated);
    const parent = this.#key(cipher, under);
    if (!parent) return failed(RTN.emptySlot);
    if (!SLOT.test(slot) || value.length !== Number(size) * 16) return failed(RTN.badLength);
    const key = decrypt(cipher, parent, Buffer.from(value, 'hex'));
    this.putKey(cipher, number, key);
    return done(hex(checkValue(cipher, key)).slice(0, 16));
  }

  #block(cipher: Cipher, slot: string, knownFormat: boolean, panDigits: string): PadAnswer {
    if (!knownFormat || !/^\d{12}$/.test(panDigits)) return failed(RTN.badData);
    if (cipher === '3des' && !this.#useAuthentication()) return failed(RTN.notAuthenticated);
    const key = this.#key(cipher, slot);
    if (!key) return failed(RTN.emptySlot);
    if (!this.#ended) return failed(RTN.other);
    const block = pinBlock(cipher, key, this.#pin, panDigits);
    return done(two(this.#entries) + two(this.#pin.length) + hex(block));
  }

  #mac(slot: string, kind: string, data: Buffer): PadAnswer {
    if (!this.#useAuthentication()) return failed(RTN.notAuthenticated);
    const key = this.#key('3des', slot);
    if (!key) return failed(RTN.emptySlot);
    if (data.length === 0 || data.length % 8 !== 0) return failed(RTN.badLength);
    return done(hex(cbcMac('3des', kind === 'A' ? key : key.subarray(0, 8), data)));
  }

  #sm4Mac(slot: string, iv: string, data: string): PadAnswer {
    const key = this.#key('sm4', slot);
    if (!key) return failed(RTN.emptySlot);
    if (data.length === 0 || data.length % 32 !== 0) return failed(RTN.badLength);
    return done(hex(cbcMac('sm4', key, Buffer.from(data, 'hex'), Buffer.from(iv, 'hex'))));
  }

  #key(cipher: Cipher, slot: string): Buffer | undefined {
    return this.#keys[cipher].get(Number.parseInt(slot, 16));
  }

  /** An authentication is good for one command. */
  #useAuthentication(): boolean {
    const was = this.#authenticated;
    this.#authenticated = false;
    return was;
  }

  #clearPin(): void {
    this.#pin = '';
    this.#ended = false;
  }

  /** A pad leaves the factory, and every erasure, with zeros in slot 0: what authenticates the first load. */
  #wipe(): void {
    this.powerOn();
    for (const keys of [this.#keys['3des'], this.#keys.sm4]) {
      keys.clear();
      keys.set(0, Buffer.alloc(16));
    }
  }
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
const two = (value: number) => String(value).padStart(2, '0');
const failed = (rtn: number): PadAnswer => ({ rtn, data: new Uint8Array(0) });
const done = (data = ''): PadAnswer => ({ rtn: RTN.success, data: Buffer.from(data, 'latin1') });

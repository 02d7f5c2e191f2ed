import { createCipheriv } from 'node:crypto';
import type { PinBlock } from '@kiosk/contract/services/devices.ts';

/** A request for the pad and what its answer must look like. Key numbers and values are hex digits, in capitals. */
export interface PadRequest {
  /** For logs and errors; a request's bytes are never shown. */
  readonly name: string;
  readonly body: Uint8Array;
  /** What the data of a successful answer looks like; tells an old answer from this one. */
  readonly answers: RegExp;
}

const text = (name: string, body: string, answers = /^/s): PadRequest => ({
  name,
  body: Buffer.from(body, 'latin1'),
  answers,
});
const byte = (value: number) => value.toString(16).padStart(2, '0').toUpperCase();
const decimal = (value: number) => String(value).padStart(2, '0');
const EMPTY = /^$/;
const CHECK_VALUE = /^[0-9A-F]{6,32}$/;
const BLOCK_8 = /^[0-9A-F]{16}$/;
const BLOCK_16 = /^[0-9A-F]{32}$/;

export const status = text('status', 'I', /^.{8}/);
export const firmware = text('firmware', '3', /^.{100}/s);
/** Third byte of the answer 1: the pad is not in its place. */
export const installFlag = text('install flag', 'N0', /^.{3,4}$/);
export const clearInstallFlag = text('clear install flag', 'S');

/** `5`, mode, value: the pad's settings. */
const control = (name: string, mode: string, value: string) => text(name, `5${mode}${value}`, EMPTY);
export const keyboardOff = control('keyboard off', '0', '32');
export const clearTextEntry = control('clear text entry', '0', '33');
export const beepOn = control('beep on', '0', '35');
export const padCharacter = control('pad character', '3', '0F');
export const minDigits = (count: number) => control('shortest PIN', '4', decimal(count));
export const maxDigits = (count: number) => control('longest PIN', '5', decimal(count));
/** Whether the clear key takes back one digit or all. */
export const clearKey = (backspace: boolean) => control('clear key', 'A', backspace ? '21' : '22');
export const startPin = (backspace: boolean) => text('start PIN', backspace ? '600011' : '600012', EMPTY);

/** Both answers have four characters before the block: a number of the entry and how many digits it has. */
export function readBlock(format: PinBlock['format'], slot: number, panDigits: string): PadRequest {
  if (format === 'sm4') return text('read block', `o${byte(slot)}0${panDigits}`, /^.{4}[0-9A-F]{32}$/);
  return text('read block', `7${byte(slot)} ${panDigits}`, /^.{4}[0-9A-F]{16}$/);
}

/** The twelve digits of a card number that a PIN block takes: the rightmost without the check digit. */
export function panDigits(cardNumber: string): string {
  return cardNumber.slice(0, -1).slice(-12).padStart(12, '0');
}

export const BLOCK_ANSWER = /^..(\d\d)([0-9A-F]{16}|[0-9A-F]{32})$/;

/** Authentication before a 3DES key is used: random, challenge under the key, proof under the pad's user id. */
export const authRandom = (uid: string) => text('authentication, random', `:A0${uid}`, BLOCK_16);
export const authKey = (slot: number, random: string) =>
  text('authentication, key', `:${byte(slot)}${random}`, BLOCK_16);
export const authProof = (proof: string) => text('authentication, proof', `:90${proof}`);
/** The challenge under the user id, 3DES: shows that the host may use the pad. */
export function proofOf(uid: string, challenge: string): string {
  const cipher = createCipheriv('des-ede-ecb', Buffer.from(uid, 'hex'), null).setAutoPadding(false);
  return cipher.update(challenge, 'hex', 'hex').toUpperCase();
}

export const setUid = (uid: string) => text('set user id', `:80${uid}`);

/**
 * A component of a master key. The first one is put in the slot, further ones are joined to it by XOR. Built as bytes,
 * never as a string, so that whoever asked can wipe it.
 */
export function masterComponent(slot: number, joins: boolean, key: Uint8Array): PadRequest {
  const head = Buffer.from(`1${byte(slot)}${joins ? 1 : 0}${key.length / 8}`, 'latin1');
  const body = new Uint8Array(head.length + key.length * 2);
  body.set(head);
  key.forEach((value, i) => {
    body[head.length + i * 2] = hexDigit(value >> 4);
    body[head.length + i * 2 + 1] = hexDigit(value & 0x0f);
  });
  return { name: 'master key component', body, answers: CHECK_VALUE };
}

const hexDigit = (nibble: number) => nibble + (nibble < 10 ? 0x30 : 0x37);

export const KEY_USE = { master: '2', pin: '3', mac: '5', data: '6' } as const;
export type KeyUse = keyof typeof KEY_USE;
export type Algorithm = '3des' | 'sm4';

/** A key encrypted under another one that is in the pad already. The answer is its check value. */
export function encryptedKey(
  algorithm: Algorithm,
  under: number,
  slot: number,
  use: KeyUse,
  value: string,
): PadRequest {
  if (algorithm === 'sm4') return text('encrypted key', `c30${byte(under)}${byte(slot)}${value}`, CHECK_VALUE);
  return text('encrypted key', `2${byte(under)}${byte(slot)}${KEY_USE[use]}${value.length / 16}${value}`, CHECK_VALUE);
}

export const eraseKey = (slot: number) => text('erase key', `200${byte(slot)}00`);

/** A step of X9.9 (single DES, CBC, with the left half of the key) or of 3DES CBC over whole 8-byte blocks. */
export function macStep(slot: number, kind: 'x9.9' | 'cbc', data: Uint8Array): PadRequest {
  const head = Buffer.from(`8${byte(slot)}${kind === 'x9.9' ? '2' : 'A'}`, 'latin1');
  return { name: 'MAC', body: Buffer.concat([head, data]), answers: BLOCK_8 };
}

export function sm4Mac(slot: number, iv: string, data: Uint8Array): PadRequest {
  const value = Buffer.from(data).toString('hex').toUpperCase();
  return text('MAC', `e${byte(slot)}${iv}40${value}`, BLOCK_16);
}

/**
 * What a session and its screen say to each other, sealed: the program that holds the window carries it and cannot read
 * it. Each end makes a key pair for one session; both know the same secret then (ECDH over P-256, HKDF-SHA-256), which
 * gives a key for each direction (AES-GCM, the number of the letter, which stands in front of it, as nonce). It keeps what is personal out of the memory of a
 * program that lives on; it is no guard against that program.
 */
export type Side = 'session' | 'screen';

/** Letters are opened in the order in which they were sealed, each at most once; one that comes late is refused by rejecting. */
export interface Letters {
  /** JSON of the value, sealed, in base64. */
  seal(value: unknown): Promise<string>;
  open(sealed: string): Promise<unknown>;
}

export interface Introduction {
  /** In base64, to be told to the other side. */
  readonly publicKey: string;
  agree(theirs: string, side: Side): Promise<Letters>;
}

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;
const NO_BYTES = new Uint8Array(0);
const NONCE_BYTES = 12;
const NUMBER_AT = NONCE_BYTES - 4;
/** A call takes so many arguments on every engine. */
const MOST_ARGUMENTS = 8_192;

export async function introduce(): Promise<Introduction> {
  const { subtle } = crypto;
  const keys = await subtle.generateKey(CURVE, false, ['deriveBits']);
  return {
    publicKey: toBase64(new Uint8Array(await subtle.exportKey('raw', keys.publicKey))),
    async agree(theirs, side) {
      const other = await subtle.importKey('raw', fromBase64(theirs), CURVE, false, []);
      const shared = await subtle.deriveBits({ name: 'ECDH', public: other }, keys.privateKey, 256);
      const secret = await subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
      const keyOf = (from: Side) =>
        subtle.deriveKey(
          { name: 'HKDF', hash: 'SHA-256', salt: NO_BYTES, info: new TextEncoder().encode(`kiosk letters of ${from}`) },
          secret,
          { name: 'AES-GCM', length: 256 },
          false,
          ['encrypt', 'decrypt'],
        );
      const [mine, yours] = await Promise.all([keyOf(side), keyOf(side === 'session' ? 'screen' : 'session')]);
      let written = 0;
      let read = 0;
      const seal = inOrder((value: unknown) => sealed(mine, written++, value));
      const open = inOrder(async (text: string) => {
        const letter = fromBase64(text);
        const number = letter.length < NONCE_BYTES ? -1 : numberOf(letter);
        if (number < read) throw new Error('a letter that is no letter, or was read already');
        const value = await opened(yours, letter);
        // Whoever carries them may lose one.
        read = number + 1;
        return value;
      });
      return { seal, open };
    },
  };
}

/** One after the other, however long each takes. */
function inOrder<T, R>(work: (value: T) => Promise<R>): (value: T) => Promise<R> {
  let before: Promise<unknown> = Promise.resolve();
  return (value) => {
    const mine = before.then(() => work(value));
    before = mine.catch(() => {});
    return mine;
  };
}

async function sealed(key: CryptoKey, number: number, value: unknown): Promise<string> {
  const iv = new Uint8Array(NONCE_BYTES);
  new DataView(iv.buffer).setUint32(NUMBER_AT, number);
  const text = new TextEncoder().encode(JSON.stringify(value));
  const body = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, text));
  const letter = new Uint8Array(iv.length + body.length);
  letter.set(iv);
  letter.set(body, iv.length);
  return toBase64(letter);
}

async function opened(key: CryptoKey, letter: Uint8Array<ArrayBuffer>): Promise<unknown> {
  const [iv, body] = [letter.subarray(0, NONCE_BYTES), letter.subarray(NONCE_BYTES)];
  const bytes = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, body);
  return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
}

const numberOf = (letter: Uint8Array) => new DataView(letter.buffer, letter.byteOffset).getUint32(NUMBER_AT);

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += MOST_ARGUMENTS)
    text += String.fromCharCode(...bytes.subarray(at, at + MOST_ARGUMENTS));
  return btoa(text);
}

const fromBase64 = (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

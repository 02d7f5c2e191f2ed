import { type KeyObject, constants, createCipheriv, publicEncrypt, randomBytes } from 'node:crypto';
import { RequestPerson, type Sealed } from '@kiosk/contract/journal/entry.ts';
import { type KeyProvider, openGcm } from './keys.ts';

/** The data key of one entry, wrapped twice: a dead mainboard loses nothing, because the centre can open it too. */
export interface WrappedKeys {
  readonly forTerminal: Buffer;
  /** RSA-OAEP with SHA-256 (hash and MGF1), no label. */
  readonly forCentre: Buffer;
}

export interface Sealer {
  seal(person: RequestPerson): { readonly sealed: Sealed; readonly keys: WrappedKeys };
  /** Undefined: the key is not this terminal's, or the bytes were altered. */
  open(sealed: Sealed, forTerminal: Uint8Array): RequestPerson | undefined;
}

export function sealer(terminal: KeyProvider, centreKey: KeyObject): Sealer {
  return {
    seal(person) {
      const dataKey = randomBytes(32);
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', dataKey, iv);
      const data = Buffer.concat([cipher.update(JSON.stringify(person), 'utf8'), cipher.final(), cipher.getAuthTag()]);
      const padding = { key: centreKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
      const keys = { forTerminal: terminal.wrap(dataKey), forCentre: publicEncrypt(padding, dataKey) };
      dataKey.fill(0);
      return {
        sealed: { alg: 'A256GCM', ivBase64: iv.toString('base64'), dataBase64: data.toString('base64') },
        keys,
      };
    },
    open({ ivBase64, dataBase64 }, forTerminal) {
      const dataKey = terminal.unwrap(forTerminal);
      const clear = dataKey && openGcm(dataKey, Buffer.from(ivBase64, 'base64'), Buffer.from(dataBase64, 'base64'));
      return clear && RequestPerson.parse(JSON.parse(clear.toString('utf8')));
    },
  };
}

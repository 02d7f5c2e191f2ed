import koffi from 'koffi';
import type { CommandName } from '../../codec/sdt.ts';

/** What one call into the library gave: its return value and the bytes it filled. */
export interface DllAnswer {
  readonly code: number;
  readonly data: Uint8Array;
}

const OPENED = 0x90;
/** The port was opened with SDT_OpenPort; the calls need not do it themselves. */
const ALREADY_OPEN = 0;

const MANA_INFO = 4;
const MANA_MESSAGE = 8;
const SAM_ID = 16;
const TEXT = 256;
const PHOTO = 1024;
const FINGERPRINT = 1024;
const NEW_ADDRESS = 70;

export interface SdtLibrary {
  open(): number;
  close(): void;
  /** undefined: the library has no call for this command. */
  call(command: CommandName): DllAnswer | undefined;
}

/**
 * The entry points that vendors of ID card readers publish (`sdtapi.dll` and its likes). Ports 1 to 16 are serial,
 * 1001 to 1016 USB. Throws when the library cannot be loaded or lacks one of them.
 */
export function loadSdtLibrary(path: string, port: number): SdtLibrary {
  const library = koffi.load(path);
  const entry = (name: string, parameters: string) =>
    // __stdcall matters to 32-bit Windows only.
    library.func(`int __stdcall ${name}(${parameters})`) as unknown as (...values: unknown[]) => number;

  const openPort = entry('SDT_OpenPort', 'int port');
  const closePort = entry('SDT_ClosePort', 'int port');
  const resetSam = entry('SDT_ResetSAM', 'int port, int ifOpen');
  const samStatus = entry('SDT_GetSAMStatus', 'int port, int ifOpen');
  const samId = entry('SDT_GetSAMID', 'int port, uint8_t *id, int ifOpen');
  const find = entry('SDT_StartFindIDCard', 'int port, uint8_t *info, int ifOpen');
  const select = entry('SDT_SelectIDCard', 'int port, uint8_t *message, int ifOpen');
  const readBase = entry(
    'SDT_ReadBaseMsg',
    'int port, uint8_t *text, uint32_t *textLength, uint8_t *photo, uint32_t *photoLength, int ifOpen',
  );
  const readBaseFp = entry(
    'SDT_ReadBaseFPMsg',
    'int port, uint8_t *text, uint32_t *textLength, uint8_t *photo, uint32_t *photoLength, ' +
      'uint8_t *prints, uint32_t *printsLength, int ifOpen',
  );
  const readNewApp = entry('SDT_ReadNewAppMsg', 'int port, uint8_t *address, uint32_t *length, int ifOpen');

  const filled = (size: number, call: (buffer: Buffer) => number): DllAnswer => {
    const data = Buffer.alloc(size);
    return { code: call(data), data };
  };
  /** Several buffers, each followed by its length; put together as the module itself answers: lengths, then parts. */
  const parts = (sizes: readonly number[], call: (...values: unknown[]) => number): DllAnswer => {
    const buffers = sizes.map((size) => Buffer.alloc(size));
    const lengths = sizes.map((size) => Uint32Array.of(size));
    const code = call(port, ...buffers.flatMap((buffer, i) => [buffer, lengths[i]]), ALREADY_OPEN);
    const known = sizes.map((size, i) => Math.min(lengths[i]![0]!, size));
    const header = Uint8Array.from(known.flatMap((length) => [length >> 8, length & 0xff]));
    return { code, data: Buffer.concat([header, ...buffers.map((buffer, i) => buffer.subarray(0, known[i]))]) };
  };

  return {
    open: () => openPort(port),
    close: () => void closePort(port),
    call(command) {
      switch (command) {
        case 'resetSam':
          return { code: resetSam(port, ALREADY_OPEN), data: new Uint8Array(0) };
        case 'samStatus':
          return { code: samStatus(port, ALREADY_OPEN), data: new Uint8Array(0) };
        case 'samId':
          return filled(SAM_ID, (id) => samId(port, id, ALREADY_OPEN));
        case 'findCard':
          return filled(MANA_INFO, (info) => find(port, info, ALREADY_OPEN));
        case 'selectCard':
          return filled(MANA_MESSAGE, (message) => select(port, message, ALREADY_OPEN));
        case 'readTextPhoto':
          return parts([TEXT, PHOTO], readBase);
        case 'readTextPhotoFingerprint':
          return parts([TEXT, PHOTO, FINGERPRINT], readBaseFp);
        case 'readNewAddress':
          return filled(NEW_ADDRESS, (address) => readNewApp(port, address, Uint32Array.of(NEW_ADDRESS), ALREADY_OPEN));
        default:
          return undefined;
      }
    },
  };
}

export const isOpened = (code: number) => code === OPENED;

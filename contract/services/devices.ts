import { z } from 'zod';

/**
 * What a bank card told. The number is whole: it goes device-host, session, sync-agent, never to the renderer, a log or
 * the journal.
 */
export const BankCard = z.object({
  source: z.enum(['chip', 'stripe']),
  /** Primary account number, 12 to 19 digits. */
  number: z.string().regex(/^\d{12,19}$/),
  /** A wrong Luhn digit is a warning on some legacy cards, not a refusal. */
  luhnValid: z.boolean(),
  expires: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .optional(),
  /** EMV tags 9F61 and 9F62, where the card carries its holder's document. */
  holder: z.object({ documentNumber: z.string(), documentKind: z.string() }).optional(),
  /** EMV application identifier, hex; chip only. */
  applicationId: z.string().optional(),
});
export type BankCard = z.infer<typeof BankCard>;

/** Where a card stands in a motorised reader. */
export const CardPosition = z.enum(['none', 'gate', 'inside', 'jammed', 'unknown']);
export type CardPosition = z.infer<typeof CardPosition>;

/** An encrypted PIN block as the pad gave it. Useless without the bank's key; still never logged or journaled. */
export const PinBlock = z.object({
  format: z.enum(['iso0', 'sm4']),
  blockHex: z.string().regex(/^([0-9A-F]{16}|[0-9A-F]{32})$/),
  digits: z.number().int().min(4).max(12),
});
export type PinBlock = z.infer<typeof PinBlock>;

/** Keys of a PIN pad as they may leave it: a digit of a PIN is only ever `masked`. */
export const PadKey = z.enum([
  '0',
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  'enter',
  'clear',
  'cancel',
  'point',
  'doubleZero',
  'up',
  'down',
  'left',
  'right',
  'tab',
  'masked',
]);
export type PadKey = z.infer<typeof PadKey>;

/** Keys of a PIN pad that drive the screen. */
export const ScreenKey = PadKey.exclude(['masked']);
export type ScreenKey = z.infer<typeof ScreenKey>;

/** Slots of the cabinet that have a guide light. */
export const Slot = z.enum(['idReader', 'bankCard', 'pinPad', 'slip', 'document', 'scanner']);
export type Slot = z.infer<typeof Slot>;
export const Light = z.enum(['off', 'on', 'slow', 'fast']);
export type Light = z.infer<typeof Light>;

/** What the I/O board sees of the cabinet; undefined where the machine has no such sensor. */
export const CabinetInputs = z.object({
  doorOpen: z.boolean().optional(),
  tampered: z.boolean().optional(),
  personPresent: z.boolean().optional(),
});
export type CabinetInputs = z.infer<typeof CabinetInputs>;

/** The rest of what an ID card's chip can give, for those who may ask. Binary parts are base64 and stay raw. */
export const IdCardExtras = z.object({
  /** WLT block of 1,024 bytes; decoding needs the vendor's library in a plug-in. */
  photoWlt: z.base64().optional(),
  fingerprints: z.base64().optional(),
  newestAddress: z.string().optional(),
  /** Number of the 2017 card that a permanent resident had before the 2023 one, worked out from what the new one carries. */
  formerNumber: z.string().optional(),
});
export type IdCardExtras = z.infer<typeof IdCardExtras>;

/** Rows from the top, three bytes a pixel: red, green, blue; base64. About 340 by 340 pixels at most. */
export const Picture = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  rgb: z.base64().max(480_000),
});
export type Picture = z.infer<typeof Picture>;

/**
 * What a driver can do with its device, fixed for the driver (of a vendor's library: for the one that runs), in the words
 * of XFS4IoT where it has them (CardReader, PinPad, Printer, BarcodeReader, Lights), as KAL's framework 3.3.0 spells them.
 * Only the words: none of its messages is spoken here. ID card readers have no interface there; theirs are ours.
 */
export const Capabilities = z.object({
  /** How a card is given (CardReader), what a printer prints (Printer). */
  type: z.enum(['contactless', 'motor', 'dip', 'swipe', 'latchedDip', 'receipt', 'document']).optional(),
  /** ID card readers: parts of the card. */
  reads: z.array(z.enum(['text', 'photo', 'fingerprint', 'newestAddress'])).optional(),
  chipProtocols: z.array(z.enum(['chipT0', 'chipT1'])).optional(),
  /** Tracks of the magnetic stripe. */
  readTracks: z.array(z.number().int().min(1).max(3)).optional(),
  /** What can be done with paper or a card. */
  control: z.array(z.enum(['cut', 'partialCut', 'eject', 'retain'])).optional(),
  pinFormats: z.array(PinBlock.shape.format).optional(),
  symbologies: z.array(z.enum(['qrCode', 'code128', 'pdf417', 'dataMatrix'])).optional(),
  lights: z.array(Slot).optional(),
  sensors: z.array(z.enum(['door', 'tamper', 'presence', 'paperNearEnd', 'paperEnd', 'cover'])).optional(),
  sounder: z.boolean().optional(),
  /** Vendors' libraries: what the one that runs says it can do. */
  vendor: z.array(z.enum(['photo', 'face', 'fingerprint', 'idReader', 'camera'])).optional(),
});
export type Capabilities = z.infer<typeof Capabilities>;

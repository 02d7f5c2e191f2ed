import { crc32, deflateSync, inflateSync } from 'node:zlib';
import type { Bitmap } from '@kiosk/device-drivers/codec/escpos-raster.ts';

/** PNG (W3C, third edition) of one bit a dot, which is what thermal paper is: greyscale, 0 is black, no row filter. */
const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

export function toPng({ widthBytes, height, data }: Bitmap): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthBytes * 8, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const rows = Buffer.alloc(height * (widthBytes + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < widthBytes; x++) rows[y * (widthBytes + 1) + 1 + x] = ~data[y * widthBytes + x]! & 0xff;
  }
  const parts = [part('IHDR', header), part('IDAT', deflateSync(rows, { level: 9 })), part('IEND', Buffer.alloc(0))];
  return Buffer.concat([SIGNATURE, ...parts]);
}

/** Reads what toPng writes; throws on any other picture. */
export function fromPng(png: Uint8Array): Bitmap {
  const bytes = Buffer.from(png);
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) throw new Error('not a PNG');
  let header: Buffer | undefined;
  const packed: Buffer[] = [];
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (name === 'IHDR') header = content;
    if (name === 'IDAT') packed.push(content);
    at += length + 12;
  }
  const [widthBytes, height] = header ? [header.readUInt32BE(0) / 8, header.readUInt32BE(4)] : [0, 0];
  const rows = inflateSync(Buffer.concat(packed));
  const oneBit = header?.[8] === 1 && header[9] === 0 && header[12] === 0;
  if (!oneBit || !Number.isInteger(widthBytes) || rows.length !== height * (widthBytes + 1)) {
    throw new Error('a PNG, but not of one bit a dot as the test bench writes it');
  }
  const data = new Uint8Array(widthBytes * height);
  for (let y = 0; y < height; y++) {
    const row = y * (widthBytes + 1);
    if (rows[row] !== 0) throw new Error('a PNG with filtered rows, which the test bench does not write');
    for (let x = 0; x < widthBytes; x++) data[y * widthBytes + x] = ~rows[row + 1 + x]! & 0xff;
  }
  return { widthBytes, height, data };
}

function part(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(content.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

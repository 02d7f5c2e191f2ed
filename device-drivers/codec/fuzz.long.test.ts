import { test } from 'node:test';
import { fuzzPluginFrames } from '../plugin/frames.fuzz.ts';
import { fuzzSlipStatus } from './escpos-status.fuzz.ts';
import { fuzzIdCardCodec } from './id-card.fuzz.ts';
import { fuzzIppCodec } from './ipp.fuzz.ts';
import { fuzzModbusCodec } from './modbus-rtu.fuzz.ts';
import { fuzzScannerCodec } from './scanner.fuzz.ts';
import { fuzzSdtCodec } from './sdt.fuzz.ts';
import { fuzzPadCodec } from './zt598.fuzz.ts';

const COUNT = 1_000_000;

test('1,000,000 spoilt frames of an ID reader', () => fuzzSdtCodec(COUNT));
test('1,000,000 spoilt blocks and answers of an ID card', () => fuzzIdCardCodec(COUNT));
test('1,000,000 spoilt answers of a slip printer', () => fuzzSlipStatus(COUNT));
test('1,000,000 spoilt answers of an A4 printer', () => fuzzIppCodec(COUNT));
test('1,000,000 spoilt frames of a PIN pad', () => fuzzPadCodec(COUNT));
test('1,000,000 spoilt lines of a code scanner', () => fuzzScannerCodec(COUNT));
test('1,000,000 spoilt frames of an I/O board', () => fuzzModbusCodec(COUNT));
test('1,000,000 spoilt messages of a vendor plug-in', () => fuzzPluginFrames(COUNT));

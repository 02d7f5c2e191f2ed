import { test } from 'node:test';
import { fuzzModbusCodec } from './modbus-rtu.fuzz.ts';
import { fuzzPluginFrames } from '../plugin/frames.fuzz.ts';
import { fuzzCardText, fuzzSdtCodec } from './sdt.fuzz.ts';
import { fuzzScannerCodec } from './scanner.fuzz.ts';
import { fuzzPadCodec } from './zt598.fuzz.ts';

const COUNT = 100_000;

test('100,000 spoilt frames of a PIN pad', () => fuzzPadCodec(COUNT));
test('100,000 spoilt lines of a code scanner', () => fuzzScannerCodec(COUNT));
test('100,000 spoilt frames of an I/O board', () => fuzzModbusCodec(COUNT));
test('100,000 spoilt frames of an ID card reader', () => fuzzSdtCodec(COUNT));
test('100,000 spoilt texts of an ID card', () => fuzzCardText(COUNT));
test('100,000 spoilt messages of a vendor plug-in', () => fuzzPluginFrames(COUNT));

import { test } from 'node:test';
import { fuzzEmvReading } from './emv/emv.fuzz.ts';
import { fuzzCrtCodec, fuzzIctCodec } from './f2.fuzz.ts';
import { fuzzStripe } from './magstripe.fuzz.ts';

const COUNT = 1_000_000;

test('1,000,000 spoilt frames of a CRT reader', () => fuzzCrtCodec(COUNT));
test('1,000,000 spoilt frames of an ICT reader', () => fuzzIctCodec(COUNT));
test('1,000,000 spoilt answers of a chip', () => fuzzEmvReading(COUNT));
test('1,000,000 spoilt stripes', () => fuzzStripe(COUNT));

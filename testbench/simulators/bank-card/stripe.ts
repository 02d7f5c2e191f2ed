import type { SyntheticCard } from '@kiosk/device-drivers/suites/synthetic-card.ts';

const yymm = ({ expires }: SyntheticCard) => (expires ? expires.slice(2).replace('-', '') : '0000');
/** 220: a chip card; 120: one without. */
const serviceCode = ({ chip }: SyntheticCard) => (chip ? '220' : '120');

export const track1 = (card: SyntheticCard) => `B${card.number}^ ^${yymm(card)}${serviceCode(card)}0000`;
export const track2 = (card: SyntheticCard) => `${card.number}=${yymm(card)}${serviceCode(card)}0000`;

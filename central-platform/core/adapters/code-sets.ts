import type { CodeSet } from './code-set.ts';

/** JGJ/T 320 itself. A.1 has no code for permits: they are 99 there, and which one it was is lost to whoever knows only the standard. */
export const STANDARD_CODES: CodeSet = {
  centre: 'JGJ/T 320',
  accountState: { '01': '01', '02': '02', '03': '03', '04': '04', '05': '05', '06': '06', '99': '99' },
  certificate: { '01': 'residentId', '02': 'officer', '03': 'passport', '04': 'foreignResident', '99': 'other' },
  reason: {
    ...{ '01': '01', '02': '02', '03': '03', '04': '04', '05': '05' },
    ...{ '06': '06', '07': '07', '08': '08', '09': '09', '99': '99' },
  },
  freeze: { '0': 'none', '1': 'all', '2': 'part' },
  paidToAt: 'unit',
};

/** States as Hainan's screens have them; freeze: 1 whole, 2 part. */
export const HAINAN_LIKE: CodeSet = {
  centre: 'Hainan-like',
  accountState: { '0': '01', '1': '02', '2': '04', '9': '05' },
  certificate: { '01': 'residentId', '02': 'officer', '03': 'passport', '20': 'hkMacaoPermit', '99': 'other' },
  reason: STANDARD_CODES.reason,
  freeze: { '0': 'none', '1': 'all', '2': 'part' },
  paidToAt: 'person',
};

/** States as Ningbo's have them (1 sealed, 2 suspended: both rest), government terminals' document list, a bank's list of reasons. */
export const NINGBO_LIKE: CodeSet = {
  centre: 'Ningbo-like',
  accountState: { '0': '01', '1': '02', '2': '02', '3': '05' },
  certificate: {
    '111': 'residentId',
    '114': 'officer',
    '414': 'passport',
    '553': 'foreignResident',
    '516': 'hkMacaoPermit',
    '511': 'taiwanPermit',
    '999': 'other',
  },
  reason: {
    ...{ '0101': '01', '0102': '06', '0103': '02', '0105': '07', '0107': '02', '0198': '99', '0199': '99' },
    ...{ '0201': '03', '0202': '04', '0203': '05', '0204': '08' },
  },
  freeze: { '0': 'none', '1': 'all', '2': 'part' },
  paidToAt: 'person',
};

/** The other meaning of the same digits: 1 takes and does not pay, 2 neither, anything else a part. */
export const RECEIVE_ONLY_FREEZE: CodeSet['freeze'] = { '0': 'none', '1': 'payOut', '2': 'all', '3': 'part' };

import type { CertificateKind } from '@kiosk/domain/certificates.ts';
import type { CertificateType } from '@kiosk/domain/code-tables.ts';
import type { Depositor } from '../../core/core-system.ts';

/** A.1 has no code for the permits; on paper they are other documents. */
const CODES: Readonly<Record<CertificateKind, CertificateType>> = {
  residentId: '01',
  officer: '02',
  passport: '03',
  foreignResident: '04',
  hkMacaoPermit: '99',
  taiwanPermit: '99',
  other: '99',
};

export const personOf = ({ name, certificateKind, idNumber }: Depositor) => ({
  name,
  certificateType: CODES[certificateKind],
  certificateNumber: idNumber,
});

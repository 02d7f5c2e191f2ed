/**
 * Documents by which a person is known. What codes they have is a matter of each table (A.1 of JGJ/T 320 has no code for the
 * permits; centres add their own): adapters translate.
 */
export const CERTIFICATE_KINDS = {
  residentId: { zh: '居民身份证', en: 'Resident identity card' },
  passport: { zh: '护照', en: 'Passport' },
  foreignResident: { zh: '外国人永久居留身份证', en: 'Foreign permanent resident identity card' },
  hkMacaoPermit: { zh: '港澳居民来往内地通行证', en: 'Mainland travel permit for Hong Kong and Macao residents' },
  taiwanPermit: { zh: '台湾居民来往大陆通行证', en: 'Mainland travel permit for Taiwan residents' },
  officer: { zh: '军官证', en: "Officer's certificate" },
  other: { zh: '其他证件', en: 'Other document' },
} as const;
export type CertificateKind = keyof typeof CERTIFICATE_KINDS;

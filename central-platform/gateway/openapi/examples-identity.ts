import { maskIdNumber, maskName, maskPhone } from '@kiosk/domain/masking.ts';
import { syntheticCardNumber, syntheticPerson } from '@kiosk/domain/synthetic.ts';

const PERSON = syntheticPerson('ordinary', '2026-11-21');
const AGENT = syntheticPerson('middle-dot', '2026-11-21');
const TOKEN = 'c3ludGhldGljIGlkZW50aXR5IHRva2VuIG9mIGEgdGVzdA';
const AT = Date.UTC(2026, 10, 21, 6, 8);

const person = { name: PERSON.name, idNumber: PERSON.idNumber, phoneMasked: maskPhone(PERSON.phone) };
const state = {
  level: 'L1' as const,
  factors: [{ kind: 'idCard' as const, at: AT }],
  expiresAt: AT + 900_000,
};
const authorisation = {
  authorisationId: '019aa4b2-6c00-7000-8000-000000000009',
  agentNameMasked: maskName(AGENT.name),
  agentIdNumberMasked: maskIdNumber(AGENT.idNumber),
  items: ['B08', 'P01'],
  givenAt: AT,
  until: AT + 30 * 86_400_000,
  state: 'valid' as const,
};

/** Examples of the identity routes, of invented people. */
export const IDENTITY_EXAMPLES = {
  prove: {
    request: {
      proof: { kind: 'idCard', card: { name: PERSON.name, idNumber: PERSON.idNumber, validTo: '2036-11-20' } },
    },
    answer: { accepted: true, identityToken: TOKEN, ...state, person },
  },
  requestCode: {
    request: { identityToken: TOKEN },
    answer: {
      challengeId: '019aa4b2-6c00-7000-8000-000000000001',
      phoneMasked: maskPhone(PERSON.phone),
      resendAfterSeconds: 60,
      validSeconds: 300,
    },
  },
  bankCardTerms: {
    request: { identityToken: TOKEN, cardNumber: syntheticCardNumber(7) },
    answer: { bankName: '江州示范银行', format: 'sm4', minDigits: 6, maxDigits: 6 },
  },
  identityState: { request: { identityToken: TOKEN }, answer: state },
  actFor: {
    request: { identityToken: TOKEN, authority: { kind: 'eConsent', code: 'H7KM3PQZ' } },
    answer: {
      identityToken: TOKEN,
      ...state,
      agent: {
        nameMasked: authorisation.agentNameMasked,
        idNumberMasked: authorisation.agentIdNumberMasked,
        authority: 'eConsent',
        items: ['B08', 'P01'],
      },
      person,
    },
  },
  authorise: {
    request: {
      identityToken: TOKEN,
      agent: { name: AGENT.name, idNumber: AGENT.idNumber },
      items: ['B08', 'P01'],
      days: 30,
    },
    answer: { ...authorisation, code: 'H7KM3PQZ' },
  },
  authorisations: { request: { identityToken: TOKEN }, answer: { authorisations: [authorisation] } },
  withdrawAuthorisation: {
    request: { identityToken: TOKEN, authorisationId: authorisation.authorisationId },
    answer: { ...authorisation, state: 'withdrawn' },
  },
} as const;

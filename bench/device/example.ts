import { SlipDocument } from '@kiosk/contract/slip.ts';
import type { IdCard } from '@kiosk/contract/services/device-host.ts';
import { requestSlip } from '@kiosk/documents/slips/request-slip.ts';
import { makeRequestNumber } from '@kiosk/domain/request-number.ts';
import { SYNTHETIC_CENTRE_NAME, syntheticPerson } from '@kiosk/domain/synthetic.ts';

const person = syntheticPerson('ordinary', '2026-11-21');

/** What the simulated reader holds: a resident's card. */
export const CARD: IdCard = {
  kind: 'resident',
  name: person.name,
  sex: person.sex,
  nation: person.nation,
  birthDate: person.birthDate,
  address: person.address,
  idNumber: person.idNumber,
  issuer: person.issuer,
  validFrom: person.validFrom,
  validTo: person.validUntil === '长期' ? null : person.validUntil,
};

/** The slip of a request taken without a line, the longest that an ordinary day brings. */
export function exampleSlip(counter: number): SlipDocument {
  return SlipDocument.parse(
    requestSlip({
      language: 'zh-CN',
      centreName: SYNTHETIC_CENTRE_NAME,
      terminalId: 'JZ0030',
      at: Date.UTC(2026, 10, 21, 6, 8, 5),
      requestNumber: makeRequestNumber({ terminal: 'JZ0030', counter }),
      item: '投诉',
      replyWay: '短信答复',
      offline: true,
    }),
  );
}

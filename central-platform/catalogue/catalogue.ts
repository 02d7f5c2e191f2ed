import type { Catalogue } from '@kiosk/contract/platform/api.ts';
import { type CityParameters, JIANGZHOU } from '@kiosk/domain/city.ts';
import { COMMITMENTS, GUIDE_TOPICS, PAYOUT_BANKS, TOPICS } from './choices.ts';
import { calculatorRules, reasonsOf } from './city-rules.ts';
import { GROUPS, ITEMS } from './items.ts';
import { BRANCHES, CENTRES } from './places.ts';

export interface CatalogueParts {
  readonly city?: CityParameters;
  /** What the knowledge base has published. */
  readonly guides?: NonNullable<Catalogue['guides']>;
}

/** What every terminal of the centre offers and knows. The places are those of 江州市, which does not exist. */
export function currentCatalogue(
  enquiryPhone: string,
  { city = JIANGZHOU, guides = [] }: CatalogueParts = {},
): Catalogue {
  return {
    items: [...ITEMS],
    branches: BRANCHES,
    topics: TOPICS,
    enquiryPhone,
    groups: [...GROUPS],
    guideTopics: GUIDE_TOPICS,
    guides,
    calculator: calculatorRules(city),
    reasons: reasonsOf(city),
    payoutBanks: PAYOUT_BANKS,
    centres: CENTRES,
    commitments: COMMITMENTS,
  };
}

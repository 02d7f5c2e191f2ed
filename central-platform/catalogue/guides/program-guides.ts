import type { GuideText } from './article.ts';
import { LOAN_GUIDES } from './loan.ts';
import { OTHER_GUIDES } from './other.ts';
import { WITHDRAWAL_GUIDES } from './withdrawal.ts';

export interface ProgramGuide {
  readonly id: string;
  readonly item: string | null;
  readonly title: readonly [zh: string, en: string];
  readonly zh: GuideText;
  readonly en: GuideText;
  readonly keywords: readonly string[];
}

/** What the knowledge base begins with. Staff change it like any other article. */
export const PROGRAM_GUIDES: readonly ProgramGuide[] = [...WITHDRAWAL_GUIDES, ...LOAN_GUIDES, ...OTHER_GUIDES];

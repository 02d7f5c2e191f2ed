import type { Language } from '@kiosk/contract/services/common.ts';
import type { Answer } from '../contract.ts';
import type { KnowledgeSource } from '../providers.ts';
import { rank } from './ranking.ts';

/**
 * Who answers questions in words (智能客服). A city's own engine takes the same place. It answers from published articles, or says that it
 * does not know: a guess about somebody's money is worse than none.
 */
export interface AnswerProvider {
  ask(question: string, language: Language): Promise<Answer>;
}

/** An article that has less of the question than this is not about it. */
const LEAST_COVERED = 0.34;
const EXCERPT = 160;

/** The plain default: ranks the articles on this machine, no network, no model. */
export function localAnswers(source: KnowledgeSource): AnswerProvider {
  return {
    async ask(question, language) {
      const articles = await source.articles();
      const ranked = rank(
        question,
        articles.map((value) => ({
          value,
          parts: [
            { text: `${value.title.zh} ${value.title.en}`, weight: 3 },
            { text: value.keywords.join(' '), weight: 3 },
            { text: value.body[language], weight: 1 },
          ],
        })),
      );
      const good = ranked.filter(({ covered }) => covered >= LEAST_COVERED);
      const best = good.filter(({ score }) => score >= good[0]!.score * 0.5).slice(0, 3);
      if (best.length === 0) {
        const words = {
          zh: '这个问题我答不上来。您可以留下问题，工作人员会答复您。',
          en: 'I do not know. You can leave the question, and our staff will answer it.',
        };
        return { known: false, offer: 'workOrder', words: words[language] };
      }
      return {
        known: true,
        articles: best.map(({ value: { articleId, title, body, item } }) => ({
          articleId,
          title: title[language],
          excerpt: shorten(body[language]),
          item,
        })),
      };
    },
  };
}

function shorten(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return [...flat].length <= EXCERPT ? flat : `${[...flat].slice(0, EXCERPT - 1).join('')}…`;
}

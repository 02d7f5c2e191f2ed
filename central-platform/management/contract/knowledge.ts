import { Catalogue } from '@kiosk/contract/platform/catalogue.ts';
import { z } from 'zod';
import { Instant, ItemId, WordsOf } from './common.ts';
import { get, post } from './route.ts';

const Content = {
  title: WordsOf(80),
  /** Paragraphs, plain text; a line that begins with `- ` is a list item. */
  body: WordsOf(8_000),
  itemId: ItemId.nullable(),
  keywords: z.array(z.string().trim().min(1).max(30)).max(30),
};

export const ArticleVersion = z.object({
  articleId: z.string(),
  version: z.number().int(),
  state: z.enum(['draft', 'published', 'replaced', 'withdrawn']),
  ...Content,
  by: z.string(),
  at: Instant,
  publishedAt: Instant.nullable(),
});
export type ArticleVersion = z.infer<typeof ArticleVersion>;

export const knowledgeRoutes = {
  catalogue: get(
    '/catalogue',
    z.object({}),
    z.object({
      version: z.number().int(),
      catalogue: Catalogue,
      /** Newest first: who proposed and approved each. */
      history: z.array(z.object({ at: Instant, by: z.string(), approvedBy: z.string().nullable() })),
    }),
  ),
  /** The newest version of each article, drafts first. */
  articles: get(
    '/knowledge',
    z.object({ words: z.string().max(60).optional() }),
    z.object({ rows: z.array(ArticleVersion) }),
  ),
  article: get(
    '/knowledge/:articleId',
    z.object({ articleId: z.string().max(60) }),
    z.object({ versions: z.array(ArticleVersion) }),
  ),
  /** A new version as a draft; without `articleId` a new article. It is published by a change of two people. */
  saveArticle: post('/knowledge', z.object({ articleId: z.string().max(60).optional(), ...Content }), ArticleVersion),
};

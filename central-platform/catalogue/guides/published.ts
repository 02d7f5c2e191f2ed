import type { Guide } from '@kiosk/contract/platform/reference-data.ts';
import { z } from 'zod';
import type { KeptArticle, PlaceStore } from '../../store/places-store.ts';
import { guideOf, writeBody } from './article.ts';
import { PROGRAM_GUIDES, type ProgramGuide } from './program-guides.ts';

const Words = z.object({ zh: z.string(), en: z.string() });
const Content = z.object({
  title: Words,
  body: Words,
  itemId: z.string().nullable(),
  keywords: z.array(z.string()),
});
/** Who wrote the guides that come with the program. */
const PROGRAM = 'program';
/** A terminal keeps and sends round all of them: beyond it they are read on the web. */
const MOST_GUIDES = 200;

/** The knowledge base as terminals get it, in the order of their ids. */
export async function publishedGuides(places: Pick<PlaceStore, 'articles'>): Promise<Guide[]> {
  const published = (await places.articles()).filter(({ state }) => state === 'published');
  const guides = published.map(({ articleId, version, content }) =>
    guideOf({ articleId, version, ...Content.parse(JSON.parse(content)) }),
  );
  return guides.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, MOST_GUIDES);
}

/** Lays the program's guides into the knowledge base. One that staff wrote on or took back is theirs. */
export async function seedGuides(
  places: Pick<PlaceStore, 'articles' | 'addArticle' | 'publishArticle'>,
  now: number,
): Promise<void> {
  const newest = new Map<string, KeptArticle>();
  for (const kept of await places.articles()) {
    if ((newest.get(kept.articleId)?.version ?? 0) < kept.version) newest.set(kept.articleId, kept);
  }
  for (const guide of PROGRAM_GUIDES) {
    const [content, known] = [contentOf(guide), newest.get(guide.id)];
    const ours = known === undefined || (known.by === PROGRAM && known.state === 'published');
    if (!ours || known?.content === content) continue;
    const version = (known?.version ?? 0) + 1;
    // Another process on the same store may have been first.
    const added = await places.addArticle({
      ...{ articleId: guide.id, version, state: 'draft', content, by: PROGRAM, at: now, publishedAt: null },
    });
    if (added) await places.publishArticle(guide.id, version, now);
  }
}

function contentOf({ item, title, zh, en, keywords }: ProgramGuide): string {
  const body = { zh: writeBody(zh, 'zh'), en: writeBody(en, 'en') };
  return JSON.stringify({ title: { zh: title[0], en: title[1] }, body, itemId: item, keywords });
}

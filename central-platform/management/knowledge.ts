import type { Clock } from '@kiosk/contract/kernel/clock.ts';
import { newId } from '@kiosk/contract/kernel/ids.ts';
import { fail, ok } from '@kiosk/contract/kernel/result.ts';
import type { ConfigurationOffice } from '../downlink/office.ts';
import type { KeptArticle } from '../store/places-store.ts';
import type { Store } from '../store/store.ts';
import type { ArticleVersion } from './contract/knowledge.ts';
import type { Handlers } from './handlers.ts';

const LINE: readonly KeptArticle['state'][] = ['draft', 'published', 'withdrawn', 'replaced'];

export function knowledgeHandlers({
  clock,
  store,
  configuration,
}: {
  readonly clock: Clock;
  readonly store: Store;
  readonly configuration: ConfigurationOffice;
}): Handlers<'catalogue' | 'articles' | 'article' | 'saveArticle'> {
  const { places, audit } = store;
  return {
    async catalogue() {
      const history = (await store.configuration.changes()).filter(
        ({ kind, approvedBy }) => kind === 'catalogue' && approvedBy !== null,
      );
      return ok({
        version: await store.configuration.lastVersion('catalogue'),
        catalogue: await configuration.catalogue(),
        history: history.slice(0, 100).map(({ proposedAt, proposedBy, approvedBy }) => ({
          ...{ at: proposedAt, by: proposedBy, approvedBy },
        })),
      });
    },
    async articles({ words }) {
      const newest = new Map<string, ArticleVersion>();
      for (const kept of await places.articles()) {
        if (!newest.has(kept.articleId)) newest.set(kept.articleId, versionOf(kept));
      }
      const wanted = words?.toLowerCase();
      const rows = [...newest.values()].filter(
        ({ title, body, keywords }) =>
          wanted === undefined ||
          [title.zh, title.en, body.zh, body.en, ...keywords].some((text) => text.toLowerCase().includes(wanted)),
      );
      const rank = ({ state }: ArticleVersion) => LINE.indexOf(state);
      return ok({ rows: rows.sort((a, b) => rank(a) - rank(b) || b.at - a.at) });
    },
    async article({ articleId }) {
      const versions = (await places.article(articleId)).map(versionOf);
      return versions.length === 0 ? fail('E2508') : ok({ versions });
    },
    async saveArticle({ articleId = newId(clock.now()), ...content }, { member }) {
      const before = await places.article(articleId);
      const kept: KeptArticle = {
        ...{ articleId, version: (before[0]?.version ?? 0) + 1, state: 'draft', content: JSON.stringify(content) },
        ...{ by: member.login, at: clock.now(), publishedAt: null },
      };
      if (!(await places.addArticle(kept))) return fail('E2507', 'somebody saved a version just now');
      await audit.append({
        ...{ at: kept.at, actor: member.login, action: 'article.saved', subject: articleId },
        detail: { version: kept.version },
      });
      return ok(versionOf(kept));
    },
  };
}

function versionOf({ content, ...kept }: KeptArticle): ArticleVersion {
  return { ...kept, ...(JSON.parse(content) as Pick<ArticleVersion, 'title' | 'body' | 'itemId' | 'keywords'>) };
}

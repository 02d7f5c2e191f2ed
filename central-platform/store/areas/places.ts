import type { Selectable } from 'kysely';
import type { BranchDesk, KeptArticle, PlaceStore } from '../places-store.ts';
import type { ConsoleTables } from '../tables/console.ts';
import type { Db } from '../tables/tables.ts';

export function placeStore(db: Db): PlaceStore {
  return {
    places: async () =>
      (await db.selectFrom('terminal_place').selectAll().execute()).map(({ terminal_id, branch_id, hall, x, y }) => ({
        ...{ terminalId: terminal_id, branchId: branch_id, hall, position: positionOf(x, y) },
      })),
    async placeTerminal({ terminalId, branchId, hall, position }) {
      const set = { branch_id: branchId, hall, x: position?.x ?? null, y: position?.y ?? null };
      await db
        .insertInto('terminal_place')
        .values({ terminal_id: terminalId, ...set })
        .onConflict((conflict) => conflict.column('terminal_id').doUpdateSet(set))
        .execute();
    },
    branches: async () =>
      (await db.selectFrom('branch_desk').selectAll().execute()).map(
        ({ branch_id, address, hours, counters, x, y, waiting, waiting_at }): BranchDesk => ({
          ...{ branchId: branch_id, address, counters, position: positionOf(x, y), waiting, waitingAt: waiting_at },
          hours: JSON.parse(hours) as BranchDesk['hours'],
        }),
      ),
    async saveBranch({ branchId, address, hours, counters, position }) {
      const set = {
        ...{ address, hours: JSON.stringify(hours), counters },
        ...{ x: position?.x ?? null, y: position?.y ?? null },
      };
      await db
        .insertInto('branch_desk')
        .values({ branch_id: branchId, ...set, waiting: null, waiting_at: null })
        .onConflict((conflict) => conflict.column('branch_id').doUpdateSet(set))
        .execute();
    },
    async reportWaiting(branchId, waiting, at) {
      const empty = { address: null, hours: '[]', counters: null, x: null, y: null };
      await db
        .insertInto('branch_desk')
        .values({ branch_id: branchId, ...empty, waiting, waiting_at: at })
        .onConflict((conflict) => conflict.column('branch_id').doUpdateSet({ waiting, waiting_at: at }))
        .execute();
    },
    articles: async () =>
      (await db.selectFrom('article_version').selectAll().orderBy('version', 'desc').execute()).map(articleOf),
    article: async (articleId) =>
      (
        await db
          .selectFrom('article_version')
          .selectAll()
          .where('article_id', '=', articleId)
          .orderBy('version', 'desc')
          .execute()
      ).map(articleOf),
    async addArticle({ articleId, version, state, content, by, at, publishedAt }) {
      const added = await db
        .insertInto('article_version')
        .values({ article_id: articleId, version, state, content, by, at, published_at: publishedAt })
        .onConflict((conflict) => conflict.columns(['article_id', 'version']).doNothing())
        .returning('version')
        .executeTakeFirst();
      return added !== undefined;
    },
    publishArticle: (articleId, version, at) =>
      db.transaction().execute(async (transaction) => {
        const published = await transaction
          .updateTable('article_version')
          .set({ state: 'published', published_at: at })
          .where('article_id', '=', articleId)
          .where('version', '=', version)
          .executeTakeFirst();
        if (published.numUpdatedRows !== 1n) return false;
        await transaction
          .updateTable('article_version')
          .set({ state: 'replaced' })
          .where('article_id', '=', articleId)
          .where('version', '!=', version)
          .where('state', '=', 'published')
          .execute();
        return true;
      }),
    async withdrawArticle(articleId) {
      const done = await db
        .updateTable('article_version')
        .set({ state: 'withdrawn' })
        .where('article_id', '=', articleId)
        .where('state', '=', 'published')
        .executeTakeFirst();
      return done.numUpdatedRows > 0n;
    },
    async setting(kind, id) {
      const row = await db
        .selectFrom('console_setting')
        .select('content')
        .where('kind', '=', kind)
        .where('id', '=', id)
        .executeTakeFirst();
      return row && (JSON.parse(row.content) as unknown);
    },
    settings: async (kind) =>
      (await db.selectFrom('console_setting').selectAll().where('kind', '=', kind).orderBy('id').execute()).map(
        ({ id, content }) => ({ id, content: JSON.parse(content) as unknown }),
      ),
    async set(kind, id, content) {
      if (content === null) {
        await db.deleteFrom('console_setting').where('kind', '=', kind).where('id', '=', id).execute();
        return;
      }
      const text = JSON.stringify(content);
      await db
        .insertInto('console_setting')
        .values({ kind, id, content: text })
        .onConflict((conflict) => conflict.columns(['kind', 'id']).doUpdateSet({ content: text }))
        .execute();
    },
  };
}

const positionOf = (x: number | null, y: number | null) => (x === null || y === null ? null : { x, y });

const articleOf = (row: Selectable<ConsoleTables['article_version']>): KeptArticle => ({
  ...{ articleId: row.article_id, version: row.version, content: row.content, by: row.by, at: row.at },
  state: row.state as KeptArticle['state'],
  publishedAt: row.published_at,
});

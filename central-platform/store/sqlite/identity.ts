import type Database from 'better-sqlite3';
import type { Challenge, IdentityStore } from '../store.ts';

const CHALLENGE = `SELECT challenge_id challengeId, terminal_id terminalId, person_hash personHash, depositor_id depositorId,
  code_hash codeHash, phone_masked phoneMasked, created_at createdAt, expires_at expiresAt FROM challenge`;

interface Tries {
  tries: number;
  lockedUntil: number;
}

export function identityStore(db: Database.Database): IdentityStore {
  const open = db.prepare<[string], Challenge>(
    `${CHALLENGE} WHERE person_hash = ? AND used = 0 ORDER BY created_at DESC, rowid DESC LIMIT 1`,
  );
  const byId = db.prepare<[string], Challenge>(`${CHALLENGE} WHERE challenge_id = ? AND used = 0`);
  // A new code ends the ones before it.
  const endOthers = db.prepare('UPDATE challenge SET used = 1 WHERE person_hash = ?');
  const add = db.prepare(
    `INSERT INTO challenge VALUES (@challengeId, @terminalId, @personHash, @depositorId, @codeHash, @phoneMasked,
       @createdAt, @expiresAt, 0)`,
  );
  const use = db.prepare('UPDATE challenge SET used = 1 WHERE challenge_id = ? AND used = 0');
  const tries = db.prepare<[string], Tries>(
    'SELECT tries, locked_until lockedUntil FROM identity_tries WHERE person_hash = ?',
  );
  const setTries = db.prepare(
    `INSERT INTO identity_tries VALUES (?, ?, ?) ON CONFLICT (person_hash) DO UPDATE SET
       tries = excluded.tries, locked_until = excluded.locked_until`,
  );
  const clear = db.prepare('DELETE FROM identity_tries WHERE person_hash = ?');
  const addToken = db.prepare('INSERT INTO identity_token VALUES (@tokenHash, @terminalId, @depositorId, @expiresAt)');
  const token = db.prepare<[string], { terminalId: string; depositorId: string; expiresAt: number }>(
    'SELECT terminal_id terminalId, depositor_id depositorId, expires_at expiresAt FROM identity_token WHERE token_hash = ?',
  );
  const endToken = db.prepare('DELETE FROM identity_token WHERE token_hash = ?');
  const addMessage = db.prepare('INSERT INTO sms_outbox (at, phone_masked, text) VALUES (?, ?, ?)');
  const messages = db.prepare<[], { id: number; at: number; phoneMasked: string; text: Buffer }>(
    'SELECT id, at, phone_masked phoneMasked, text FROM sms_outbox ORDER BY id DESC LIMIT 50',
  );

  const addChallenge = db.transaction((challenge: Challenge) => {
    endOthers.run(challenge.personHash);
    add.run(challenge);
  });
  const countTry = db.transaction(
    (personHash: string, rule: { readonly at: number; readonly tries: number; readonly lockMs: number }): number => {
      const known = tries.get(personHash) ?? { tries: 0, lockedUntil: 0 };
      // A lock that has run out starts the count again.
      const before = known.lockedUntil > 0 && known.lockedUntil <= rule.at ? 0 : known.tries;
      const count = before + 1;
      setTries.run(personHash, count, count >= rule.tries ? rule.at + rule.lockMs : 0);
      return count;
    },
  );

  return {
    openChallenge: async (personHash) => open.get(personHash),
    challenge: async (challengeId) => byId.get(challengeId),
    async addChallenge(challenge) {
      addChallenge.immediate(challenge);
    },
    useChallenge: async (challengeId) => use.run(challengeId).changes === 1,
    lockedUntil: async (personHash) => tries.get(personHash)?.lockedUntil ?? 0,
    countTry: async (personHash, rule) => countTry.immediate(personHash, rule),
    async clearTries(personHash) {
      clear.run(personHash);
    },
    async addToken(value) {
      addToken.run(value);
    },
    token: async (tokenHash) => token.get(tokenHash),
    async endToken(tokenHash) {
      endToken.run(tokenHash);
    },
    async addMessage({ at, phoneMasked, text }) {
      addMessage.run(at, phoneMasked, text);
    },
    messages: async () => messages.all(),
  };
}

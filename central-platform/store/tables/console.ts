import type { Generated } from 'kysely';
import { type Step, countedTable } from '../engine/schema.ts';

/** What the console keeps beside what terminals and channels bring. */
export interface ConsoleTables {
  staff: {
    login: string;
    name: string;
    role: string;
    state: string;
    /** scrypt with its parameters and salt, as text. */
    secret: string;
    must_change: number;
    tries: number;
    locked_until: number;
    created_at: number;
    last_sign_in_at: number | null;
  };
  /** `token_hash`: SHA-256 of what the cookie holds. */
  staff_session: {
    token_hash: string;
    login: string;
    csrf_token: string;
    created_at: number;
    last_used_at: number;
  };
  change: {
    id: Generated<number>;
    kind: string;
    /** JSON. */
    content: string;
    /** JSON of what stood there when it was proposed. */
    before: string;
    state: string;
    emergency: number;
    confirm_by: number | null;
    proposed_by: string;
    proposed_at: number;
    reason: string;
    decided_by: string | null;
    decided_at: number | null;
    decision: string | null;
    code: string | null;
    version: number | null;
    waves_sent: number;
    halted: number;
  };
  /** What was done to a change, a work order or a case, in order. `text` encrypted by the vault: it may name people. */
  console_step: {
    id: Generated<number>;
    kind: string;
    subject: string;
    at: number;
    by: string;
    act: string;
    text: Buffer;
  };
  work_order: {
    number: string;
    kind: string;
    state: string;
    topic_id: string;
    channel_id: string;
    terminal_id: string | null;
    received_at: number;
    due_at: number;
    assignee: string | null;
    rating_reason: string | null;
    name_masked: string | null;
    phone_masked: string | null;
    has_text: number;
    answered_at: number | null;
    closed_at: number | null;
    outcome: string | null;
  };
  /** Finds a received request by keyed hashes; what may be revealed of it is encrypted by the vault. */
  request_lookup: {
    request_number: string;
    item: string;
    topic_id: string;
    channel_id: string;
    terminal_id: string | null;
    received_at: number;
    id_hash: string | null;
    phone_hash: string | null;
    content: Buffer;
    branch_id: string | null;
    date: string | null;
    half: string | null;
  };
  /** Who looks after a reconciliation case, and how it was closed. */
  case_desk: { case_id: string; assignee: string | null; closed_at: number | null; resolution: string | null };
  quarantine_decision: {
    terminal_id: string;
    stream: string;
    seq: number;
    decision: string;
    by: string;
    at: number;
    comment: string;
  };
  article_version: {
    article_id: string;
    version: number;
    state: string;
    /** JSON: title, body, item, keywords. */
    content: string;
    by: string;
    at: number;
    published_at: number | null;
  };
  terminal_place: {
    terminal_id: string;
    branch_id: string | null;
    hall: string | null;
    x: number | null;
    y: number | null;
  };
  branch_desk: {
    branch_id: string;
    address: string | null;
    /** JSON. */
    hours: string;
    counters: number | null;
    x: number | null;
    y: number | null;
    waiting: number | null;
    waiting_at: number | null;
  };
  /** Published settings as JSON: service rules by item, slot templates by branch and topic. */
  console_setting: { kind: string; id: string; content: string };
  figure_count: {
    day: string;
    hour: number;
    channel_id: string;
    terminal_id: string;
    name: string;
    label: string;
    amount: number;
  };
  /** Times as a histogram: bucket n holds what took up to 2^(n/2) ms. */
  figure_timing: { day: string; step: string; bucket: number; amount: number };
  figure_cursor: { terminal_id: string; stream: string; seq: number };
  /** Which item a print belongs to, until its outcome comes. */
  figure_operation: { terminal_id: string; operation_id: string; item: string };
  anomaly: {
    id: Generated<number>;
    rule: string;
    subject: string;
    day: string;
    count: number;
    threshold: number;
    first_at: number;
    last_at: number;
    state: string;
    settled_by: string | null;
    comment: string | null;
  };
  register_entry: {
    id: Generated<number>;
    what: string;
    person_hash: string;
    name_masked: string | null;
    request_number: string;
    from: number;
    until: string;
    lifted: number;
    reason: string;
    by: string;
    approved_by: string;
  };
}

export const CONSOLE_STEPS: readonly Step[] = [
  {
    name: 'console-1',
    async up(db, types) {
      const { integer, blob } = types;
      const schema = db.schema;
      await schema
        .createTable('staff')
        .addColumn('login', 'text', (c) => c.primaryKey())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('role', 'text', (c) => c.notNull())
        .addColumn('state', 'text', (c) => c.notNull())
        .addColumn('secret', 'text', (c) => c.notNull())
        .addColumn('must_change', integer, (c) => c.notNull())
        .addColumn('tries', integer, (c) => c.notNull())
        .addColumn('locked_until', integer, (c) => c.notNull())
        .addColumn('created_at', integer, (c) => c.notNull())
        .addColumn('last_sign_in_at', integer)
        .execute();
      await schema
        .createTable('staff_session')
        .addColumn('token_hash', 'text', (c) => c.primaryKey())
        .addColumn('login', 'text', (c) => c.notNull())
        .addColumn('csrf_token', 'text', (c) => c.notNull())
        .addColumn('created_at', integer, (c) => c.notNull())
        .addColumn('last_used_at', integer, (c) => c.notNull())
        .execute();
      await countedTable(db, types, 'change')
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('content', 'text', (c) => c.notNull())
        .addColumn('before', 'text', (c) => c.notNull())
        .addColumn('state', 'text', (c) => c.notNull())
        .addColumn('emergency', integer, (c) => c.notNull())
        .addColumn('confirm_by', integer)
        .addColumn('proposed_by', 'text', (c) => c.notNull())
        .addColumn('proposed_at', integer, (c) => c.notNull())
        .addColumn('reason', 'text', (c) => c.notNull())
        .addColumn('decided_by', 'text')
        .addColumn('decided_at', integer)
        .addColumn('decision', 'text')
        .addColumn('code', 'text')
        .addColumn('version', integer)
        .addColumn('waves_sent', integer, (c) => c.notNull())
        .addColumn('halted', integer, (c) => c.notNull())
        .execute();
      await schema.createIndex('change_state').on('change').columns(['state', 'id']).execute();
      await countedTable(db, types, 'console_step')
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('subject', 'text', (c) => c.notNull())
        .addColumn('at', integer, (c) => c.notNull())
        .addColumn('by', 'text', (c) => c.notNull())
        .addColumn('act', 'text', (c) => c.notNull())
        .addColumn('text', blob, (c) => c.notNull())
        .execute();
      await schema.createIndex('console_step_subject').on('console_step').columns(['kind', 'subject']).execute();
      await schema
        .createTable('work_order')
        .addColumn('number', 'text', (c) => c.primaryKey())
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('state', 'text', (c) => c.notNull())
        .addColumn('topic_id', 'text', (c) => c.notNull())
        .addColumn('channel_id', 'text', (c) => c.notNull())
        .addColumn('terminal_id', 'text')
        .addColumn('received_at', integer, (c) => c.notNull())
        .addColumn('due_at', integer, (c) => c.notNull())
        .addColumn('assignee', 'text')
        .addColumn('rating_reason', 'text')
        .addColumn('name_masked', 'text')
        .addColumn('phone_masked', 'text')
        .addColumn('has_text', integer, (c) => c.notNull())
        .addColumn('answered_at', integer)
        .addColumn('closed_at', integer)
        .addColumn('outcome', 'text')
        .execute();
      await schema.createIndex('work_order_received').on('work_order').columns(['received_at', 'number']).execute();
      await schema
        .createTable('request_lookup')
        .addColumn('request_number', 'text', (c) => c.primaryKey())
        .addColumn('item', 'text', (c) => c.notNull())
        .addColumn('topic_id', 'text', (c) => c.notNull())
        .addColumn('channel_id', 'text', (c) => c.notNull())
        .addColumn('terminal_id', 'text')
        .addColumn('received_at', integer, (c) => c.notNull())
        .addColumn('id_hash', 'text')
        .addColumn('phone_hash', 'text')
        .addColumn('content', blob, (c) => c.notNull())
        .addColumn('branch_id', 'text')
        .addColumn('date', 'text')
        .addColumn('half', 'text')
        .execute();
      for (const column of ['id_hash', 'phone_hash', 'terminal_id', 'branch_id']) {
        await schema.createIndex(`request_lookup_${column}`).on('request_lookup').column(column).execute();
      }
      await schema
        .createTable('case_desk')
        .addColumn('case_id', 'text', (c) => c.primaryKey())
        .addColumn('assignee', 'text')
        .addColumn('closed_at', integer)
        .addColumn('resolution', 'text')
        .execute();
      await schema
        .createTable('quarantine_decision')
        .addColumn('terminal_id', 'text', (c) => c.notNull())
        .addColumn('stream', 'text', (c) => c.notNull())
        .addColumn('seq', integer, (c) => c.notNull())
        .addColumn('decision', 'text', (c) => c.notNull())
        .addColumn('by', 'text', (c) => c.notNull())
        .addColumn('at', integer, (c) => c.notNull())
        .addColumn('comment', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('quarantine_decision_key', ['terminal_id', 'stream', 'seq'])
        .execute();
      await schema
        .createTable('article_version')
        .addColumn('article_id', 'text', (c) => c.notNull())
        .addColumn('version', integer, (c) => c.notNull())
        .addColumn('state', 'text', (c) => c.notNull())
        .addColumn('content', 'text', (c) => c.notNull())
        .addColumn('by', 'text', (c) => c.notNull())
        .addColumn('at', integer, (c) => c.notNull())
        .addColumn('published_at', integer)
        .addPrimaryKeyConstraint('article_version_key', ['article_id', 'version'])
        .execute();
      await schema
        .createTable('terminal_place')
        .addColumn('terminal_id', 'text', (c) => c.primaryKey())
        .addColumn('branch_id', 'text')
        .addColumn('hall', 'text')
        .addColumn('x', integer)
        .addColumn('y', integer)
        .execute();
      await schema
        .createTable('branch_desk')
        .addColumn('branch_id', 'text', (c) => c.primaryKey())
        .addColumn('address', 'text')
        .addColumn('hours', 'text', (c) => c.notNull())
        .addColumn('counters', integer)
        .addColumn('x', integer)
        .addColumn('y', integer)
        .addColumn('waiting', integer)
        .addColumn('waiting_at', integer)
        .execute();
      await schema
        .createTable('console_setting')
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('id', 'text', (c) => c.notNull())
        .addColumn('content', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('console_setting_key', ['kind', 'id'])
        .execute();
      await schema
        .createTable('figure_count')
        .addColumn('day', 'text', (c) => c.notNull())
        .addColumn('hour', integer, (c) => c.notNull())
        .addColumn('channel_id', 'text', (c) => c.notNull())
        .addColumn('terminal_id', 'text', (c) => c.notNull())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('label', 'text', (c) => c.notNull())
        .addColumn('amount', integer, (c) => c.notNull())
        .addPrimaryKeyConstraint('figure_count_key', ['day', 'hour', 'channel_id', 'terminal_id', 'name', 'label'])
        .execute();
      await schema
        .createTable('figure_timing')
        .addColumn('day', 'text', (c) => c.notNull())
        .addColumn('step', 'text', (c) => c.notNull())
        .addColumn('bucket', integer, (c) => c.notNull())
        .addColumn('amount', integer, (c) => c.notNull())
        .addPrimaryKeyConstraint('figure_timing_key', ['day', 'step', 'bucket'])
        .execute();
      await schema
        .createTable('figure_cursor')
        .addColumn('terminal_id', 'text', (c) => c.notNull())
        .addColumn('stream', 'text', (c) => c.notNull())
        .addColumn('seq', integer, (c) => c.notNull())
        .addPrimaryKeyConstraint('figure_cursor_key', ['terminal_id', 'stream'])
        .execute();
      await schema
        .createTable('figure_operation')
        .addColumn('terminal_id', 'text', (c) => c.notNull())
        .addColumn('operation_id', 'text', (c) => c.notNull())
        .addColumn('item', 'text', (c) => c.notNull())
        .addPrimaryKeyConstraint('figure_operation_key', ['terminal_id', 'operation_id'])
        .execute();
      await countedTable(db, types, 'anomaly')
        .addColumn('rule', 'text', (c) => c.notNull())
        .addColumn('subject', 'text', (c) => c.notNull())
        .addColumn('day', 'text', (c) => c.notNull())
        .addColumn('count', integer, (c) => c.notNull())
        .addColumn('threshold', integer, (c) => c.notNull())
        .addColumn('first_at', integer, (c) => c.notNull())
        .addColumn('last_at', integer, (c) => c.notNull())
        .addColumn('state', 'text', (c) => c.notNull())
        .addColumn('settled_by', 'text')
        .addColumn('comment', 'text')
        .addUniqueConstraint('anomaly_subject', ['rule', 'subject', 'day'])
        .execute();
      await countedTable(db, types, 'register_entry')
        .addColumn('what', 'text', (c) => c.notNull())
        .addColumn('person_hash', 'text', (c) => c.notNull())
        .addColumn('name_masked', 'text')
        .addColumn('request_number', 'text', (c) => c.notNull())
        .addColumn('from', integer, (c) => c.notNull())
        .addColumn('until', 'text', (c) => c.notNull())
        .addColumn('lifted', integer, (c) => c.notNull())
        .addColumn('reason', 'text', (c) => c.notNull())
        .addColumn('by', 'text', (c) => c.notNull())
        .addColumn('approved_by', 'text', (c) => c.notNull())
        .execute();
    },
  },
];

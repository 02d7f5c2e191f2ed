import type { Result } from '@kiosk/contract/kernel/result.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import type { Depositor } from '../core/core-system.ts';
import type { Appointment, MyCase, MyDocument } from './contract.ts';

/** What a verifier reads of a document that its holder shows: masked. */
export interface ShownDocument {
  readonly documentNumber: string;
  readonly kindName: Words;
  readonly state: MyDocument['state'];
  readonly issuedAt: number;
  /** In order; the value is masked already. */
  readonly lines: readonly { readonly name: Words; readonly value: string }[];
}

/** The register of documents, seen by a holder. */
export interface DocumentProvider {
  ofPerson(person: Depositor): Promise<readonly MyDocument[]>;
  shown(documentNumber: string): Promise<ShownDocument | undefined>;
  /** Errors: E2606 not of this person, E2612. */
  cancel(
    person: Depositor,
    documentNumber: string,
    reason: string,
    channel: string,
  ): Promise<Result<{ state: 'cancelled' | 'requested' }>>;
}

/** Cases of all channels, seen by who left them. */
export interface CaseProvider {
  ofPerson(person: Depositor): Promise<readonly MyCase[]>;
  appointments(person: Depositor): Promise<readonly Appointment[]>;
}

export interface Article {
  readonly articleId: string;
  readonly title: Words;
  readonly body: Words;
  readonly item: string | null;
  readonly keywords: readonly string[];
}

/** Published articles of the knowledge base. */
export interface KnowledgeSource {
  articles(): Promise<readonly Article[]>;
}

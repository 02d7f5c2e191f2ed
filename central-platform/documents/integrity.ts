import { createHash } from 'node:crypto';
import type { DocumentStore, PaperKey, RegisteredPaper } from '../store/document-store.ts';
import type { Vault } from '../vault.ts';
import { archiveContext } from './office.ts';

export interface BrokenPaper extends PaperKey {
  /** missing: registered, not kept. unreadable: what is kept does not open. altered: it opens and is another file. */
  readonly problem: 'missing' | 'unreadable' | 'altered';
}

export interface ArchiveReport {
  readonly papers: number;
  readonly broken: readonly BrokenPaper[];
}

const PAGE = 50;

/** Walks the archive: every paper that was given out is there and is, byte for byte, the one whose hash the register holds. */
export async function walkArchive(store: DocumentStore, vault: Vault): Promise<ArchiveReport> {
  const broken: BrokenPaper[] = [];
  let papers = 0;
  let after: PaperKey = { documentNumber: '', reprint: 0 };
  for (;;) {
    const page = await store.papersAfter(after, PAGE);
    for (const paper of page) {
      const { documentNumber, reprint } = paper;
      const problem = problemOf(paper, vault);
      if (problem) broken.push({ documentNumber, reprint, problem });
      after = { documentNumber, reprint };
      papers++;
    }
    if (page.length < PAGE) return { papers, broken };
  }
}

function problemOf(
  { documentNumber, reprint, bytes, sha256 }: RegisteredPaper,
  vault: Vault,
): BrokenPaper['problem'] | undefined {
  if (!bytes) return 'missing';
  try {
    const clear = vault.open(archiveContext(documentNumber, reprint), bytes);
    return createHash('sha256').update(clear).digest('hex') === sha256 ? undefined : 'altered';
  } catch {
    return 'unreadable';
  }
}

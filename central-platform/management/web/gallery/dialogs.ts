import type { Page } from 'playwright-core';
import { type Desk, goTo, settled } from './desk.ts';

/** Dialogs as they are looked at and measured: where they are, what opens them. `first` opens the first row of the list before. */
export const DIALOGS: readonly {
  readonly name: string;
  readonly place: string;
  readonly first?: true;
  /** Test id of what is pressed, or of what holds its button. */
  readonly press: string;
}[] = [
  { name: 'dialog-approve', place: 'approvals', first: true, press: 'approve' },
  { name: 'dialog-reject', place: 'approvals', first: true, press: 'reject' },
  { name: 'dialog-grant', place: 'requests', first: true, press: 'grant-request' },
  { name: 'dialog-refuse', place: 'requests', first: true, press: 'refuse-request' },
  { name: 'dialog-reveal', place: 'work-orders', first: true, press: 'reveal-text' },
  { name: 'dialog-item', place: 'catalogue', first: true, press: 'edit-item' },
  { name: 'dialog-staff', place: 'staff', press: 'add-staff' },
  { name: 'dialog-channel', place: 'channels', first: true, press: 'edit-channel' },
  { name: 'dialog-key', place: 'channels', first: true, press: 'issue-key' },
  { name: 'dialog-new-channel', place: 'channels', press: 'new-channel' },
  { name: 'dialog-emergency', place: 'channels', press: 'emergency' },
  { name: 'dialog-rule', place: 'channels?tab=items', press: 'rule-P01' },
  { name: 'dialog-notice', place: 'channels?tab=notices', press: 'new-notice' },
  { name: 'dialog-parameters', place: 'channels?tab=parameters', press: 'edit-parameters' },
  { name: 'dialog-department', place: 'departments', first: true, press: 'edit-department' },
  { name: 'dialog-cancel-document', place: 'documents?state=valid', first: true, press: 'cancel-document' },
];

export async function openDialog(
  desk: Desk,
  page: Page,
  { place, first, press }: (typeof DIALOGS)[number],
): Promise<void> {
  await goTo(desk, page, place);
  if (first === true) {
    await page.locator('tr[data-row]').first().click();
    await page.getByTestId('inspector').waitFor();
    await settled(page);
  }
  await page.locator(`button[data-testid="${press}"], [data-testid="${press}"] button`).first().click();
  await page.locator('dialog').waitFor();
}

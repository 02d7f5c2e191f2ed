// One build and one browser for every suite of a process: making them takes longer than many a suite.

import { type Gallery, openGallery } from './gallery.ts';

let opened: Promise<Gallery> | undefined;

export const oneGallery = (): Promise<Gallery> => (opened ??= openGallery());

export async function closeGallery(): Promise<void> {
  const gallery = await opened;
  opened = undefined;
  await gallery?.close();
}

/** Whether a key is free for a shortcut: nobody is typing, nothing is held down with it, no dialog is open. */
export function keysAreFree(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  if (document.querySelector('dialog[open]')) return false;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return true;
  if (target.isContentEditable || target.closest('select,textarea')) return false;
  return !(target instanceof HTMLInputElement) || target.type === 'checkbox';
}

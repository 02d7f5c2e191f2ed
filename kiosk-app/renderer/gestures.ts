/** What a browser offers a finger beside pressing: menus, dragging, dropping, pinching. A kiosk offers none of it. */
const UNWANTED = ['contextmenu', 'dragstart', 'dragover', 'drop', 'selectstart', 'gesturestart'] as const;

export function lockGestures(document: Document): void {
  for (const name of UNWANTED) document.addEventListener(name, (event) => event.preventDefault());
  document.addEventListener('wheel', (event) => event.preventDefault(), { passive: false });
  document.addEventListener(
    'touchmove',
    (event) => {
      if (event.touches.length > 1) event.preventDefault();
    },
    { passive: false },
  );
}

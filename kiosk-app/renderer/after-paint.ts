/**
 * Does the work when the next frame is drawn: that a button was pressed is seen at once, and what it brings, a whole page to
 * lay out, comes with the frame after it. The callback of a frame runs before its paint, a message posted there after it.
 */
export function afterPaint(work: () => void): void {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      work();
    };
    port2.postMessage(null);
  });
}

// The screen stays on while something runs: nobody touches keys or mouse during a stretch.

export function createAwake() {
  let lock = null,
    asking = false;

  async function take() {
    asking = true;
    // Some browsers have no such lock, or refuse it when the battery is low.
    try {
      lock = (await navigator.wakeLock?.request("screen")) ?? null;
    } catch {
      lock = null;
    }
    asking = false;
    // A window that was out of sight for a while has lost it.
    lock?.addEventListener("release", () => {
      lock = null;
    });
  }

  return {
    show(running) {
      if (running && !lock && !asking && !document.hidden) take();
      if (!running && lock) lock.release();
    },
  };
}

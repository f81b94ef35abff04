// The drawing moves slowly into the stretch, stays and comes back, as the person should. A person who
// asked for less motion sees only the end of the stretch.

const INTO_MS = 2200,
  STAY_MS = 2600,
  BACK_MS = 1600,
  UPRIGHT_MS = 500;
const WHOLE_MS = UPRIGHT_MS + INTO_MS + STAY_MS + BACK_MS;
const EVERY_MS = 30;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const eased = (x) => x * x * (3 - 2 * x);

function shareAt(ms) {
  const t = ms - UPRIGHT_MS;
  if (t < 0) return 0;
  if (t < INTO_MS) return eased(t / INTO_MS);
  if (t < INTO_MS + STAY_MS) return 1;
  return eased(1 - (t - INTO_MS - STAY_MS) / BACK_MS);
}

export function createMotion(draw) {
  let running = false,
    still = false,
    begun = 0,
    drawn_ms = 0,
    last = -1;

  function step(now) {
    if (!running) return;
    requestAnimationFrame(step);
    if (still || now - drawn_ms < EVERY_MS) return;
    drawn_ms = now;
    const share = calm.matches ? 1 : shareAt((now - begun) % WHOLE_MS);
    if (share === last) return;
    last = share;
    draw(share);
  }

  return {
    start() {
      if (running) return;
      running = true;
      last = -1;
      begun = performance.now();
      requestAnimationFrame(step);
    },
    still(on) {
      still = on;
    },
    stop() {
      running = false;
    },
  };
}

// Of several pages of one program, one is heard: the one that was touched last. Two voices that say
// the same a moment apart are not understood.

const NAME = "neckform-floor";
const FOR_EVER = new Promise(() => {});

export function createFloor(lostIt) {
  const locks = navigator.locks;
  let ours = !locks,
    waiting = false;

  function has() {
    ours = true;
    return FOR_EVER;
  }
  function lost() {
    ours = false;
    lostIt();
    wait();
  }
  // Until the page that has it is closed.
  function wait() {
    if (waiting) return;
    waiting = true;
    const come = () => {
      waiting = false;
      return has();
    };
    locks.request(NAME, come).catch(lost);
  }
  if (locks) wait();

  return {
    get ours() {
      return ours;
    },
    take() {
      if (!ours) locks.request(NAME, { steal: true }, has).catch(lost);
    },
  };
}

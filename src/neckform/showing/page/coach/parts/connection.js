// The one WebSocket: states in, pictures in, orders out. Each state is answered once it has been
// drawn; the server sends no more than two ahead, so nothing can queue up here.

const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 5000;
const FRAME_PATIENCE_MS = 200;
// The server closes the socket in good order only when the program ends.
const ENDED = new Set([1000, 1001, 1012]);

/**
 * hear(state, first)   at once when it arrives: sound must not wait for the next frame
 * draw(state, bitmap)  in the next frame; bitmap is null where there is no picture
 * link(status)         "open", "lost" or "ended"
 */
export function connect({ hear, draw, link }) {
  let socket = null;
  let wait_ms = FIRST_WAIT_MS;
  let awaitingPicture = null;
  let next = null; // what the next frame draws
  let answers = []; // the states that it answers
  let timer = 0;
  let drawnSeq = -1;
  let over = false; // whether the program has taken its leave
  const me = crypto.randomUUID(); // there may be another page
  let orders = 0;
  let last = null; // the number of the last order; null where none is on its way

  const send = (message) => {
    if (socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(message));
    return true;
  };

  function drawNext() {
    clearTimeout(timer);
    timer = 0;
    const drawing = next,
      answered = answers;
    next = null;
    answers = [];
    const begun = performance.now();
    try {
      // A picture that was still being decoded must not come back after the end.
      if (drawing && !over) draw(drawing.state, drawing.bitmap);
    } finally {
      // A state that was overtaken before it could be drawn is answered too, or the server would wait.
      const took_ms = performance.now() - begun;
      for (const { seq, work_ms } of answered) {
        const own_ms = seq === drawing?.state.seq ? work_ms + took_ms : work_ms;
        send({ seen: seq, work_ms: Math.round(own_ms * 100) / 100 });
      }
    }
  }

  function schedule(state, bitmap, work_ms) {
    answers.push({ seq: state.seq, work_ms });
    if (state.seq < drawnSeq) {
      bitmap?.close();
    } else {
      drawnSeq = state.seq;
      next?.bitmap?.close();
      next = { state, bitmap };
    }
    // A page behind another window gets no frames, but must go on speaking and answering.
    if (document.hidden) {
      drawNext();
    } else if (timer === 0) {
      timer = setTimeout(drawNext, FRAME_PATIENCE_MS);
      requestAnimationFrame(drawNext);
    }
  }

  async function decode({ state, work_ms }, blob) {
    let bitmap = null;
    if (!document.hidden) {
      // A damaged picture must not take the state with it.
      try {
        bitmap = await createImageBitmap(blob);
      } catch {
        bitmap = null;
      }
    }
    schedule(state, bitmap, work_ms);
  }

  function open() {
    let first = true;
    const address = new URL("live", document.baseURI);
    address.protocol = "ws:";
    const mine = new WebSocket(address);
    socket = mine;
    drawnSeq = -1;
    awaitingPicture = null;

    mine.onopen = () => {
      wait_ms = FIRST_WAIT_MS;
      over = false;
      last = null; // what was on its way may be lost
      link("open");
    };
    mine.onmessage = ({ data }) => {
      if (typeof data !== "string") {
        if (awaitingPicture !== null) decode(awaitingPicture, data);
        awaitingPicture = null;
        return;
      }
      const begun = performance.now();
      const state = JSON.parse(data);
      hear(state, first);
      first = false;
      const work_ms = performance.now() - begun;
      if (state.picture) awaitingPicture = { state, work_ms };
      else schedule(state, null, work_ms);
    };
    mine.onclose = ({ code }) => {
      if (socket !== mine) return;
      socket = null;
      if (ENDED.has(code)) {
        over = true;
        link("ended");
        return;
      }
      link("lost");
      setTimeout(() => {
        if (socket === null) open();
      }, wait_ms);
      wait_ms = Math.min(LONGEST_WAIT_MS, wait_ms * 1.7);
    };
  }

  open();
  return {
    send,
    order(name, more = {}) {
      const number = `${me}:${(orders += 1)}`;
      const sent = send({ do: name, ...more, number });
      if (sent) last = number;
      return sent;
    },
    /** Whether a state was on its way already when this page gave its last order. */
    isLate: ({ heard }) => last !== null && heard !== last && Boolean(heard?.startsWith(me)),
  };
}

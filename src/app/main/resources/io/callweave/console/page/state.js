// Everything that the page shows, in one place. Who changes it calls changed(), and the page is drawn once per frame.

export const state = {
  phase: 'starting', // starting | filling | token | ready
  filled: 0,
  problem: null,
  me: null,
  route: {page: 'now', account: null, callId: null, tab: 'timeline'},
  connection: {kind: 'connecting', behindMs: null, lostAt: null},
  account: null,
  wallboard: null,
  wallboardProblem: null,
  engine: null,
  letters: null,
  engineProblem: null,
  detail: null,
  notice: null,
};

let draw = () => {};
let waiting = false;

export function onChange(callback) {
  draw = callback;
}

export function changed() {
  if (waiting) return;
  waiting = true;
  // A hidden tab gets no frames: then a timer draws, so that its title and its data stay right.
  const next = document.hidden ? (callback) => setTimeout(callback, 500) : requestAnimationFrame;
  next(() => {
    waiting = false;
    draw();
  });
}

let later = null;

/** The same for what comes in a stream: many changes in a moment are drawn together. */
export function changedSoon() {
  later ??= setTimeout(() => {
    later = null;
    changed();
  }, 200);
}

let offset = 0;
let best = Infinity;

/**
 * The server's clock: live calls are timed with it, so that a wrong clock of this computer does no harm. It stands still
 * while the connection is lost, because nobody knows what goes on then.
 */
export const now = () => state.connection.lostAt ?? Date.now() + offset;

/** Takes the Date of an answer; it has whole seconds, so half a second is added, and small differences are left alone. */
export function serverTime(date, roundTripMs) {
  const time = Date.parse(date);
  if (Number.isNaN(time) || roundTripMs > best + 100) return;
  best = Math.min(best, roundTripMs);
  const difference = time + 500 + roundTripMs / 2 - Date.now();
  offset = Math.abs(difference) < 1500 ? 0 : difference;
}

/** Shows a message for as long as it takes to read it. */
export function notice(text) {
  state.notice = text;
  changed();
  setTimeout(() => {
    if (state.notice === text) {
      state.notice = null;
      changed();
    }
  }, 4000 + 40 * text.length);
}

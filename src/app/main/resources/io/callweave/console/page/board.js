// The top of the list: live calls, and calls that ended while the page was open. The newest start is first.
import {now, state} from './state.js';

export const keyOf = (call) => `${call.accountId}/${call.callId}`;

/** Live calls by key, all of the token's accounts. */
export const live = new Map();
/** Calls that are over since the list was loaded: key → {row, at}. */
export const ended = new Map();
let order = []; // keys of both

const startOf = (key) => (ended.get(key)?.row ?? live.get(key))?.startTime ?? '';
const isOnTop = (key) => live.has(key) || ended.has(key);

/** The keys of both, in order. */
export const onTop = () => order;

/** Begins again with these live calls. */
export function setLive(calls) {
  live.clear();
  ended.clear();
  for (const call of calls) live.set(keyOf(call), call);
  order = [...live.keys()].sort((a, b) => (startOf(a) < startOf(b) ? 1 : -1));
}

/** A call is live, or has changed. Its record can come before its last live values: then they are old. */
export function putLive(key, call) {
  if (ended.has(key)) return;
  const known = live.has(key);
  live.set(key, call);
  if (known) return;
  const start = call.startTime;
  const index = order.findIndex((other) => startOf(other) <= start);
  order.splice(index < 0 ? order.length : index, 0, key);
}

/** A live call is over. Its record comes now, has come, or never comes because the call went on under another id. */
export function endLive(key) {
  const call = live.get(key);
  if (!call) return;
  if (ended.has(key)) live.delete(key);
  else live.set(key, {...call, over: now()});
}

/** Revisions are counted anew in each epoch. */
export const isOlder = (row, than) => row.epoch < than.epoch || (row.epoch === than.epoch && row.revision < than.revision);

/** The record of a call has come. Returns false if the call is not one of these. */
export function putEnded(key, row) {
  if (!isOnTop(key)) return false;
  if (ended.has(key) && isOlder(row, ended.get(key).row)) return true;
  ended.set(key, {row, at: ended.get(key)?.at ?? Date.now()});
  live.delete(key);
  return true;
}

/** Takes calls away: all for which the test is true. */
export function dropFromTop(test) {
  const gone = new Set(order.filter(test));
  if (!gone.size) return;
  order = order.filter((key) => !gone.has(key));
  for (const key of gone) {
    live.delete(key);
    ended.delete(key);
  }
}

/**
 * What a live call does now, as the server tells it: {state, since, answerTime, queue, quiet, lost}. From a quiet one nothing was
 * heard for ten minutes. It is lost, and may have ended unseen, unless its caller is still there and waits.
 */
export function doing(call) {
  const told = call.doing ?? call;
  const quiet = Boolean(told.quietAt) && !call.over && now() >= Date.parse(told.quietAt);
  const lost = quiet && !(told.state === 'queued' && told.callerHere);
  return {...told, quiet, lost, ...(lost && {state: 'quiet', since: told.newsAt})};
}

const DAY_MS = 86400000; // a call that is older was recorded, and has a clock of its own
const LATE_MS = 5000;
let lags = {second: null, of: new Map()}; // of each account: of its call whose latest event was received the soonest

function feedLag(accountId) {
  const second = Math.floor(Date.now() / 1000);
  if (second !== lags.second) {
    const of = new Map();
    for (const call of live.values()) if (!call.over) of.set(call.accountId, Math.min(of.get(call.accountId) ?? Infinity, call.doing?.lagMs ?? 0));
    lags = {second, of};
  }
  return lags.of.get(accountId);
}

/**
 * The time by the clock of the call's events, up to its end. In a replay, it is that of the recording: a call of last year has not
 * been ringing for a year.
 */
export function clockOf(call) {
  const own = call.doing?.lagMs ?? 0;
  const lag = own < DAY_MS ? feedLag(call.accountId) ?? own : own;
  return (call.over ?? now()) - (lag < LATE_MS ? 0 : lag);
}

/** How long it does what it does. That it ends, and that nothing is heard of it, is known by when events were received. */
export function elapsed(call) {
  const {state: name, since, lost} = doing(call);
  return (lost || name === 'ending' ? call.over ?? now() : clockOf(call)) - Date.parse(since);
}

/** The live calls of the chosen account. */
export function liveCalls() {
  const all = [];
  for (const call of live.values()) if (!call.over && (!state.account || call.accountId === state.account)) all.push(call);
  return all;
}

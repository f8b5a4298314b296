// The calls of the list: live ones on top, then finished ones, newest first. A call that ends keeps its place for a while.
import {api} from './api.js';
import {EMPTY, body, takesLive, takesRow, times} from './filters.js';
import {changed, changedSoon, now, state} from './state.js';

const PAGE = 200;
const SETTLE_MS = 30000; // an ended call stays among the live ones this long, and longer while somebody points at the list
const STATISTICS_MS = 10000;

export const keyOf = (call) => `${call.accountId}/${call.callId}`;

export const list = {
  filter: {...EMPTY}, rows: [], next: null, loading: true, problem: null, statistics: null,
  held: false, // somebody points at the list, scrolls it or uses its keys: nothing may move
};
/** Live calls by key, all of the token's accounts. */
export const live = new Map();
const ended = new Map(); // key → {row, at}: over since the list was loaded; row is null until its record comes
let top = []; // keys of live and ended calls, newest start first
let cache = null;
let search = null;
let statisticsTimer = null;

function touched() {
  cache = null;
  changed();
}

function touchedSoon() {
  cache = null;
  changedSoon();
}

/** What is in the list now: [{key, live, row}], in order. */
export function items() {
  if (cache) return cache;
  const range = times(list.filter);
  const entries = [];
  for (const key of top) {
    const over = ended.get(key);
    const call = live.get(key);
    if (over?.row ? takesRow(list.filter, state.account, over.row, {from: null, to: range.to}) : call && takesLive(list.filter, state.account, call, range)) {
      entries.push({key, live: over?.row ? null : call, row: over?.row ?? null});
    }
  }
  for (const row of list.rows) entries.push({key: keyOf(row), live: null, row});
  return (cache = entries);
}

/** The live calls of the chosen account. */
export const liveCalls = () => [...live.values()].filter((call) => !call.over && (!state.account || call.accountId === state.account));

const startOf = (key) => (ended.get(key)?.row ?? live.get(key))?.startTime ?? '';

function place(key) {
  const start = startOf(key);
  const index = top.findIndex((other) => startOf(other) <= start);
  top.splice(index < 0 ? top.length : index, 0, key);
}

/** Begins anew with all live calls. */
export function setLive(calls) {
  live.clear();
  ended.clear();
  for (const call of calls) live.set(keyOf(call), call);
  top = [...live.keys()].sort((a, b) => (startOf(a) < startOf(b) ? 1 : -1));
  touched();
}

export function onLive(call) {
  const key = keyOf(call);
  ended.delete(key);
  const known = live.has(key);
  live.set(key, call);
  if (!known && !top.includes(key)) {
    list.rows = list.rows.filter((row) => keyOf(row) !== key);
    place(key);
  }
  touchedSoon();
}

export function onOver({accountId, callId}) {
  const key = `${accountId}/${callId}`;
  const call = live.get(key);
  if (!call) return;
  if (ended.get(key)?.row) live.delete(key);
  else live.set(key, {...call, over: now()});
  touchedSoon();
}

export function onCall(row) {
  const key = keyOf(row);
  if (row.status === 'superseded') {
    drop(key);
  } else if (top.includes(key)) {
    ended.set(key, {row, at: ended.get(key)?.at ?? Date.now()});
    live.delete(key);
  } else {
    insert(row, key);
  }
  touchedSoon();
  statisticsTimer ??= setTimeout(loadStatistics, STATISTICS_MS);
}

function drop(key) {
  live.delete(key);
  ended.delete(key);
  top = top.filter((other) => other !== key);
  list.rows = list.rows.filter((row) => keyOf(row) !== key);
}

function insert(row, key) {
  const old = list.rows.findIndex((other) => keyOf(other) === key);
  const taken = takesRow(list.filter, state.account, row);
  if (old >= 0) {
    if (taken) list.rows[old] = row;
    else list.rows.splice(old, 1);
  } else if (taken) {
    const index = list.rows.findIndex((other) => other.startTime <= row.startTime);
    if (index >= 0) list.rows.splice(index, 0, row);
    else if (!list.next && !list.loading) list.rows.push(row); // else it is on a page that is not loaded yet
  }
}

/** Moves calls that ended a while ago from the top to their place in time, unless somebody is at the list. */
export function settle() {
  const old = now() - 10000;
  for (const [key, call] of live) if (call.over && call.over < old) drop(key); // it went on under another id
  if (!list.held) {
    const moving = top.filter((key) => ended.has(key) && ended.get(key).at < Date.now() - SETTLE_MS);
    top = top.filter((key) => !moving.includes(key));
    for (const key of moving) {
      const {row} = ended.get(key);
      ended.delete(key);
      insert(row, key);
    }
  }
  touched();
}

/** Loads the first page for the filter; an earlier request is given up. */
export async function load() {
  search?.abort();
  const mine = (search = new AbortController());
  Object.assign(list, {loading: true, problem: null, next: null});
  clearTimeout(statisticsTimer);
  loadStatistics();
  // Of the top only live calls stay: ended ones are in the page that comes.
  const before = new Set(ended.keys());
  await page(mine, null, (rows) => {
    top = top.filter((key) => !before.has(key) || !ended.has(key));
    before.forEach((key) => ended.delete(key));
    list.rows = rows;
  });
}

export async function more() {
  if (list.loading || !list.next) return;
  list.loading = true;
  await page(search, list.next, (rows) => {
    const known = new Set(list.rows.map(keyOf));
    list.rows = list.rows.concat(rows.filter((row) => !known.has(keyOf(row))));
  });
}

async function page(mine, cursor, take) {
  try {
    if (list.filter.result === 'live') {
      take([]);
      list.next = null;
    } else {
      const found = await api.search({...body(list.filter, state.account), limit: PAGE, cursor}, mine.signal);
      if (mine !== search) return;
      const onTop = new Set(top.filter((key) => !(cursor === null && ended.has(key))));
      take(found.calls.filter((row) => !onTop.has(keyOf(row))));
      list.next = found.next;
    }
    list.problem = null;
  } catch (error) {
    if (error.name === 'AbortError' || mine !== search) return;
    list.problem = error.message;
  }
  list.loading = false;
  touched();
}

async function loadStatistics() {
  clearTimeout(statisticsTimer);
  const mine = search;
  statisticsTimer = null;
  if (list.filter.result === 'live') {
    list.statistics = null;
    return;
  }
  try {
    const statistics = await api.statistics(body(list.filter, state.account), mine?.signal);
    if (mine === search) list.statistics = statistics;
  } catch {
    if (mine === search) list.statistics = null;
  }
  changed();
}

let typing = null;

/** Changes parts of the filter. Typed text waits a moment for the next letter. */
export function setFilter(part, wait = 0) {
  list.filter = {...list.filter, ...part};
  touched();
  clearTimeout(typing);
  typing = setTimeout(load, wait);
}

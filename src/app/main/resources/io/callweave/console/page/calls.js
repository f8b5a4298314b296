// The calls of the list: live ones on top, then finished ones, newest first. A call that ends keeps its place for a while.
import {api} from './api.js';
import {dropFromTop, endLive, ended, isOlder, keyOf, live, onTop, putEnded, putLive, setLive as setTop} from './board.js';
import {todays} from './days.js';
import {EMPTY, body, days, isLive, takesLive, takesRow, toQuery} from './filters.js';
import {placeOf, together} from './order.js';
import {keepFilter, takeFilter} from './router.js';
import {changed, changedSoon, now, state} from './state.js';
import {letMove} from './steady.js';

const PAGE = 100;
const SETTLE_MS = 30000; // an ended call stays among the live ones this long, and longer while somebody points at the list
const MOST_HELD = 1000; // but no more of them than this
const GONE_MS = 10000; // a live call that is over and has no record by then went on under another id
const MOST_ROWS = 2000; // rows that nobody has scrolled to are let go, and loaded again when somebody does
const STATISTICS_MS = 10000;

export const list = {
  filter: {...EMPTY}, rows: [], next: null, loading: true, problem: null, statistics: null,
  kept: null, // how many calls match if the days are left out; only known if none is of these days
  namesCut: false, // more extensions have the searched text in their names than the server looks for
  held: false, // somebody points at the list, scrolls it or uses its keys: nothing may move
  seen: 0, // how many rows are above the end of what is visible
};
const known = new Set(); // keys of list.rows
let came = []; // rows of calls that ended while a page was loaded, which may have been made before
let below = null; // pages are of calls that began before this time, because rows at the end were let go
let cache = null; // {all, second}
let search = null;
let statisticsTimer = null;
let dates = null; // of today, when the list was loaded

function touched(draw = changed) {
  cache = null;
  draw();
}

/** Who waits is asked by those who want to help the one who waits longest. */
const order = () => (list.filter.result === 'waiting' ? 'wait' : list.filter.sort);

/** What is in the list now: [{key, live, row}], in order. */
export function items() {
  const sort = order();
  const second = sort && Math.floor(now() / 1000); // waits and talks of live calls grow
  if (cache?.second === second) return cache.all;
  const range = days(list.filter);
  const top = [];
  for (const key of onTop()) {
    const row = ended.get(key)?.row ?? null;
    const call = live.get(key);
    if (row ? takesRow(list.filter, state.account, row, {fromDay: null, toDay: range.toDay}) : call && takesLive(list.filter, state.account, call, range)) {
      top.push({key, live: row ? null : call, row});
    }
  }
  cache = {all: together(top, list.rows, sort, list.next), second};
  return cache.all;
}

export function setLive(calls) {
  setTop(calls);
  touched();
}

export function onLive(call) {
  const key = keyOf(call);
  if (!known.has(key)) putLive(key, call); // a call that has a record is over
  touched(changedSoon);
}

export function onOver(call) {
  endLive(keyOf(call));
  touched(changedSoon);
}

export function onCall(row) {
  const key = keyOf(row);
  if (row.status === 'superseded') {
    dropFromTop((other) => other === key);
    removeRow(key);
  } else if (!putEnded(key, row)) {
    insert(row, key);
  }
  touched(changedSoon);
  statisticsTimer ??= setTimeout(loadStatistics, STATISTICS_MS);
}

function removeRow(key) {
  if (known.delete(key)) list.rows.splice(list.rows.findIndex((item) => item.key === key), 1);
}

function insert(row, key) {
  const here = known.has(key) ? list.rows.find((item) => item.key === key)?.row : null;
  if (here && isOlder(row, here)) return;
  const taken = takesRow(list.filter, state.account, row);
  if (known.has(key) && taken) {
    list.rows[list.rows.findIndex((item) => item.key === key)] = {key, live: null, row};
    return;
  }
  removeRow(key);
  const index = placeOf(list.rows, {live: null, row}, list.filter.sort);
  if (!taken) return;
  if (index === list.rows.length && list.loading) {
    came.push([row, key]);
    return;
  }
  if (index === list.rows.length && list.next) return; // it is on a page that is not loaded yet
  list.rows.splice(index, 0, {key, live: null, row});
  known.add(key);
  letGo();
}

function letGo() {
  const most = Math.max(MOST_ROWS, list.seen + PAGE);
  const enough = (list.held ? 2 : 1) * most + PAGE;
  if (list.rows.length < enough || list.loading || list.filter.sort) return; // only the server goes on in another order
  if (list.held) letMove();
  for (const item of list.rows.splice(most)) known.delete(item.key);
  below = new Date(Date.parse(list.rows.at(-1).row.startTime) + 1).toISOString();
  list.next = {cursor: null};
}

/** Moves calls that ended a while ago from the top to their place in time, unless somebody is at the list. */
export function settle() {
  if (dates && dates !== todays()) load(); // "Today" is another day since midnight
  const gone = now() - GONE_MS;
  dropFromTop((key) => live.get(key)?.over < gone);
  const over = onTop().filter((key) => ended.has(key));
  const moving = list.held ? over.slice(MOST_HELD) : over.filter((key) => ended.get(key).at < Date.now() - SETTLE_MS);
  const rows = moving.map((key) => [ended.get(key).row, key]);
  const keys = new Set(moving);
  dropFromTop((key) => keys.has(key));
  rows.forEach(([row, key]) => insert(row, key));
  touched();
}

/** Loads the first page for the filter; an earlier request is given up. */
export async function load() {
  search?.abort();
  const mine = (search = new AbortController());
  Object.assign(list, {loading: true, problem: null, next: null, kept: null});
  below = null;
  dates = todays();
  clearTimeout(statisticsTimer);
  // Of the top only live calls stay: ended ones are in the page that comes.
  const before = new Set(ended.keys());
  await page(mine, null, (rows) => {
    letMove();
    dropFromTop((key) => before.has(key) && ended.has(key));
    list.rows = [];
    known.clear();
    add(rows);
  });
  if (mine === search) loadStatistics(); // they take longer, and nobody waits for them
}

/** What was not today may have been before. */
async function countKept(mine) {
  const wider = body({...list.filter, range: 'all'}, state.account);
  const found = list.rows.length || list.problem || list.filter.range === 'all' ? null : await api.statistics(wider, mine.signal).catch(() => null);
  if (mine === search) list.kept = found?.calls ?? null;
}

/** How many live calls the list shows. */
export const liveShown = () => items().filter(({live: call}) => call && !call.over).length;

export async function more() {
  if (list.loading || !list.next) return;
  list.loading = true;
  await page(search, list.next.cursor, add);
}

function add(rows) {
  const top = new Set(onTop());
  for (const row of rows) {
    const key = keyOf(row);
    if (live.has(key)) putEnded(key, row);
    if (known.has(key) || top.has(key)) continue;
    known.add(key);
    list.rows.push({key, live: null, row});
  }
}

async function page(mine, cursor, take) {
  try {
    if (isLive(list.filter)) {
      take([]);
      Object.assign(list, {next: null, namesCut: false});
    } else {
      const found = await api.search({...body(list.filter, state.account), ...(below && {to: below}), ...(list.filter.sort && {sort: list.filter.sort}), limit: PAGE, cursor}, mine.signal);
      if (mine !== search) return;
      take(found.calls);
      list.namesCut = found.namesCut;
      list.next = found.next ? {cursor: found.next} : null;
    }
    list.problem = null;
  } catch (error) {
    if (error.name === 'AbortError' || mine !== search) return;
    list.problem = error.message;
  }
  list.loading = false;
  const rows = came;
  came = [];
  rows.forEach(([row, key]) => insert(row, key));
  touched();
}

async function loadStatistics() {
  clearTimeout(statisticsTimer);
  const mine = search;
  statisticsTimer = null;
  try {
    const statistics = isLive(list.filter) ? null : await api.statistics(body(list.filter, state.account), mine?.signal);
    if (mine === search) list.statistics = statistics;
    if (statistics && mine) await countKept(mine);
  } catch {
    if (mine === search) list.statistics = null;
  }
  changed();
}

let typing = null;

/** Changes parts of the filter. Typed text waits a moment for the next letter. */
export function setFilter(part, wait = 0) {
  keepFilter(toQuery({...list.filter, ...part}), wait > 0);
  change(part, wait);
}

/** Takes the filter of an address. */
export function useFilter(filter) {
  const query = toQuery(filter);
  takeFilter(query);
  if (query === toQuery(list.filter)) return;
  if (state.phase === 'ready') change(filter, 0);
  else list.filter = filter; // it is loaded first
}

function change(part, wait) {
  const {sort} = list.filter;
  letMove();
  list.filter = {...list.filter, ...part};
  // What is here already is filtered at once; the rest comes from the server.
  const range = days(list.filter);
  list.rows = list.rows.filter(({key, row}) => takesRow(list.filter, state.account, row, range) || (known.delete(key), false));
  if (sort !== list.filter.sort) {
    list.rows = [];
    known.clear();
  }
  list.loading = true;
  touched();
  clearTimeout(typing);
  typing = setTimeout(load, wait);
}

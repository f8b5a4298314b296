// The order of the list: the newest start first, or the longest wait or talk. Of a live call it is the present one. Those who wait
// in a queue now come before all whose wait is over, the longest wait in the queue first.
import {liveTalk, liveWait, queueWait} from './row.js';

const VALUES = {
  wait: ({live, row}) => (row ? row.waitMs : liveWait(live)) ?? -1, // calls without a wait are last, as on the server
  talk: ({live, row}) => (row ? row.talkMs : liveTalk(live)) ?? 0,
};

function placed(item, sort) {
  const waits = sort === 'wait' && !item.row ? queueWait(item.live) : null;
  return {item, rank: waits === null ? 0 : 1, value: waits ?? VALUES[sort]?.(item) ?? 0, start: (item.row ?? item.live).startTime};
}

const compare = (a, b) => b.rank - a.rank || b.value - a.value || (a.start > b.start ? -1 : Number(a.start < b.start));

/** Where an item belongs among rows, which are in order. */
export function placeOf(rows, item, sort) {
  const mine = placed(item, sort);
  let from = 0;
  let to = rows.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (compare(placed(rows[middle], sort), mine) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

/**
 * Live calls and those that have just ended, with the rows: on top of them, or among them if the list is sorted.
 *
 * @param more whether there are rows that are not loaded; what belongs behind the last one then waits for them
 */
export function together(top, rows, sort, more) {
  if (!sort) return top.concat(rows);
  const sorted = top.map((item) => placed(item, sort)).sort(compare);
  const all = [];
  let next = 0;
  for (const row of rows) {
    const mine = placed(row, sort);
    while (next < sorted.length && compare(sorted[next], mine) <= 0) all.push(sorted[next++].item);
    all.push(row);
  }
  return more && rows.length ? all : all.concat(sorted.slice(next).map(({item}) => item));
}

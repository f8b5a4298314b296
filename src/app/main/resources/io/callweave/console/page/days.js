// The days of accounts: each begins at midnight of its account, which need not be the midnight of this browser.
import {zone} from './format.js';
import {now, state} from './state.js';

const DAY_MS = 86400000;
const formats = new Map();

function format(timeZone) {
  if (!formats.has(timeZone)) formats.set(timeZone, made(timeZone));
  return formats.get(timeZone);
}

/** The server may name zones that this browser does not know: Z is one. */
function made(timeZone) {
  const parts = {year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'};
  try {
    return new Intl.DateTimeFormat('en-CA', {...parts, timeZone});
  } catch {
    return new Intl.DateTimeFormat('en-CA', {...parts, timeZone: 'UTC'});
  }
}

/** The zone in which the days of an account are counted. */
export function zoneOf(accountId) {
  return state.me?.timeZones?.[accountId] ?? state.me?.timeZone ?? zone;
}

/** The zones of the accounts that are shown. */
export function zones() {
  const shown = state.account ? [state.account] : state.me?.knownAccounts ?? [];
  const all = [...new Set(shown.map(zoneOf))];
  return all.length ? all : [zoneOf(null)];
}

/** The wall clock of a zone, as if it were UTC, in milliseconds. */
function wall(time, timeZone) {
  const parts = Object.fromEntries(format(timeZone).formatToParts(time).map(({type, value}) => [type, Number(value)]));
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
}

/** The date of a time in a zone: "2026-11-20". */
export const dateIn = (time, timeZone) => new Date(wall(time, timeZone)).toISOString().slice(0, 10);

const starts = new Map(); // a list asks for the same few days for each of its rows

/** When a date begins in a zone; null for what is no date. */
export function startOf(date, timeZone) {
  const key = `${date} ${timeZone}`;
  if (!starts.has(key)) {
    if (starts.size > 200) starts.clear();
    starts.set(key, begin(date, timeZone));
  }
  return starts.get(key);
}

function begin(date, timeZone) {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(midnight)) return null;
  // The offset of a zone can change in the day: look once more from where the first look has led.
  let time = midnight;
  for (let look = 0; look < 2; look++) time += midnight - wall(time, timeZone);
  // Where clocks skip midnight, the day begins with its first minute.
  return dateIn(time, timeZone) < date ? time + 3600000 : time;
}

/** The date that lies some days after another: "2026-11-20", 1 as "2026-11-21". */
export function plusDays(date, days) {
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) ? null : new Date(at + days * DAY_MS).toISOString().slice(0, 10);
}

let today = {second: 0, dates: new Map()};

function todayIn(timeZone) {
  const second = Math.floor(now() / 1000);
  if (second !== today.second) today = {second, dates: new Map()};
  if (!today.dates.has(timeZone)) today.dates.set(timeZone, dateIn(now(), timeZone));
  return today.dates.get(timeZone);
}

/** The dates of today in all zones that are shown, as one text. */
export const todays = () => zones().map(todayIn).join();

/** "today", "today-6" or a date, as a date in a zone. */
function dateOf(day, timeZone) {
  const before = /^today(?:-(\d+))?$/.exec(day);
  return before ? plusDays(todayIn(timeZone), -Number(before[1] ?? 0)) : day;
}

/** Whether a time is on these days of an account; null is open. */
export function onDays(time, {fromDay, toDay}, accountId) {
  const timeZone = zoneOf(accountId);
  const from = fromDay ? startOf(dateOf(fromDay, timeZone), timeZone) : null;
  const to = toDay ? startOf(plusDays(dateOf(toDay, timeZone), 1), timeZone) : null;
  return (from === null || time >= from) && (to === null || time < to);
}

/** Where the days begin, in a few words; empty if it is at midnight of this browser. */
export function dayText() {
  const all = zones();
  if (all.length > 1) return 'each account’s own day';
  return startOf(todayIn(all[0]), all[0]) === startOf(todayIn(zone), zone) ? '' : `in ${all[0]}`;
}

// Times, lengths and numbers as texts. Lengths are in milliseconds.

const clockFormat = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const dayFormat = new Intl.DateTimeFormat('en-GB', {weekday: 'long', day: 'numeric', month: 'long'});
const shortDayFormat = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short'});
const yearFormat = new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium', timeStyle: 'medium'});

export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const two = (number) => String(number).padStart(2, '0');

/** "0:48", "2:03:05"; a dash if there is none. What is left of a second is dropped, also of an average: that of one call is its own. */
export function length(ms) {
  if (ms === null || ms === undefined) return '–';
  const all = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(all / 3600);
  const minutes = Math.floor((all % 3600) / 60);
  return hours ? `${hours}:${two(minutes)}:${two(all % 60)}` : `${minutes}:${two(all % 60)}`;
}

/** The same of what is over. It drops the rest of a second, too: a timer stops at what it shows, and all views agree. */
export const lasted = length;

/** A length in words for a sentence: "0.3 s", "48 s", "4 min", "2 h 5 min". */
export function span(ms) {
  const abs = Math.abs(ms);
  if (abs < 10000) return `${(abs / 1000).toFixed(1)} s`;
  if (abs < 120000) return `${Math.round(abs / 1000)} s`;
  const minutes = Math.round(abs / 60000);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export const clock = (iso) => clockFormat.format(new Date(iso));
export const clockMillis = (iso) => `${clock(iso)}.${String(new Date(iso).getMilliseconds()).padStart(3, '0')}`;
export const whole = (iso) => yearFormat.format(new Date(iso));
export const count = (number) => (number === null || number === undefined ? '–' : number.toLocaleString('en'));
export const plural = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;
export const percent = (part, all) => (all ? `${Math.round((100 * part) / all)} %` : '–');

/** With a decimal, as in the report: a share that is compared with a goal. */
export const share = (part, all) => (all ? `${((100 * part) / all).toFixed(1)} %` : '–');

const sameDay = (a, b) => a.toDateString() === b.toDateString();

/** "Today", "Yesterday", "Friday 20 November". */
export function day(iso, now = Date.now()) {
  const date = new Date(iso);
  if (sameDay(date, new Date(now))) return 'Today';
  if (sameDay(date, new Date(now - 86400000))) return 'Yesterday';
  const year = date.getFullYear() === new Date(now).getFullYear() ? '' : ` ${date.getFullYear()}`;
  return dayFormat.format(date).replace(',', '') + year;
}

/** The day in a row of the list: nothing today, else "20 Nov". */
export function rowDay(iso, now = Date.now()) {
  const date = new Date(iso);
  return sameDay(date, new Date(now)) ? '' : shortDayFormat.format(date);
}

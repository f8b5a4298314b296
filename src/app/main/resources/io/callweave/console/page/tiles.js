// The tiles above the list: how is it going?
import {html, nothing, svg} from './lit-html.js';
import {clock, count, lasted, length, percent, plural, share, span} from './format.js';
import {doing, elapsed, liveCalls} from './board.js';
import {setFilter} from './calls.js';
import {dayText} from './days.js';
import {EMPTY, queueKey} from './filters.js';
import {callAddress, go, pageAddress} from './router.js';
import {notice, state} from './state.js';

/** The longest wait that is in time, by queue. */
const inTime = () => new Map((state.wallboard?.queues ?? []).map(({accountId, id, serviceLevel}) => [queueKey(accountId, id), serviceLevel?.thresholdMs]));

/** Live calls in queues, longest first: [{call, waitMs, queue, quiet, lost, late}]; late is longer than what is in time there. */
export function inQueues() {
  const times = inTime();
  return liveCalls().filter((call) => call.doing?.state === 'queued')
    .map((call) => ({call, waitMs: elapsed(call), quiet: doing(call).quiet, lost: doing(call).lost,
      queue: {accountId: call.accountId, id: call.doing.queue.id, label: call.label?.queue ?? call.doing.queue.id ?? '–'}}))
    .map((entry) => ({...entry, late: entry.waitMs > (times.get(queueKey(entry.queue.accountId, entry.queue.id)) ?? Infinity)}))
    .sort((a, b) => b.waitMs - a.waitMs);
}

/** Those of them that wait. */
export const waiting = () => inQueues().filter(({lost}) => !lost);

/** Opens the list with this filter. */
export const show = (part) => () => {
  setFilter({...EMPTY, ...part});
  go(pageAddress('calls'));
};

const narrow = matchMedia('(max-width: 760px)'); // the tiles scroll there, also by keys

export const tile = (label, value, detail, {second = nothing, more = nothing, colour = '', title = nothing} = {}) => html`<div class="tile ${colour}" title=${title}>
  <dt>${title === nothing ? label : html`<button type="button" class="link explain" @click=${() => notice(title)}>${label}</button>`}</dt><dd class="v">${value}</dd><dd class="s">${detail}</dd>
  ${second === nothing ? nothing : html`<dd class="s">${second}</dd>`}${more}</div>`;

/** A thin bar that is full at 1. */
export const bar = (part) => html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
  <rect class="all" width="100" height="4"/><rect class="part" width=${Math.max(0, Math.min(1, part || 0)) * 100} height="4"/></svg>`;

/** "20 s", or words if queues have several. */
export const threshold = (level) => (level.thresholdMs === null ? 'the time of each queue' : span(level.thresholdMs).replace('.0', '').replace(' ', '\u00a0'));

/** Whether the goal is reached, as a class of colours and in words: {colour, words}. */
export function goal(level) {
  if (!level?.goal) return {colour: '', words: nothing};
  const known = level.goalReached !== null;
  return {colour: known ? (level.goalReached ? 'reached' : 'under') : '', words: `goal ${level.goal} %${known ? (level.goalReached ? ' reached' : ' not reached') : ''}`};
}

/** The service level of all queues: the same figure as in the report and in the windows of the account. */
export function levelTile(level) {
  if (!level) return tile('Service level', '–', ' ');
  const {colour, words} = goal(level);
  return tile('Service level', share(level.met, level.of), `${count(level.met)} of ${count(level.of)} answered or abandoned visits to queues: answered within ${threshold(level)}`,
    {colour: `wide ${colour}`, second: words, title: 'Visits, not calls: a call that goes through two queues visits both. Outgoing calls do not count.'});
}

const STATES = [['talking', 'talking', 'talk'], ['onHold', 'on hold', 'hold'], ['ringing', 'ringing', 'ring'], ['queued', 'waiting', 'ring'],
  ['parked', 'parked', 'park'], ['menu', 'in the menu', 'quiet'], ['ending', 'ending', 'quiet'], ['connecting', 'connecting', 'quiet'], ['voicemail', 'voicemail', 'quiet'], ['fax', 'fax', 'quiet'], ['quiet', 'no news', 'lost']];

/** {text, bar}: what the live calls do, the four most important in words and all as parts of a bar. */
function statesOf(calls) {
  const numbers = new Map();
  for (const call of calls) {
    const {state: name} = doing(call);
    numbers.set(name, (numbers.get(name) ?? 0) + 1);
  }
  const found = STATES.filter(([name]) => numbers.has(name)).map(([name, word, colour]) => ({number: numbers.get(name), word, colour}));
  const words = found.map(({number, word}) => `${count(number)} ${word}`);
  let x = 0;
  return {
    text: html`<span title=${words.join(', ')}>${words.slice(0, 4).join(' · ') || 'nobody is on the phone'}</span>`,
    bar: html`<svg class="bar states" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect class="all" width="100" height="4"/>
      ${found.map(({number, colour}) => {
        const width = (100 * number) / calls.length;
        x += width;
        return svg`<rect class=${colour} x=${x - width} width=${width} height="4"/>`;
      })}</svg>`,
  };
}

/** Bars per hour of the day. It always has 24 places, so that nothing moves when an hour begins. @param every hours between labels */
export function hours(board, {height = 36, every = 6} = {}) {
  const all = (board.hours ?? []).filter((entry) => entry.calls > 0);
  if (!all.length) return html`<p class="s soft">no finished call yet</p>`;
  const most = Math.max(...all.map((entry) => entry.calls));
  const y = (value) => (value / most) * (height - 1);
  const name = (hour) => `${String(hour).padStart(2, '0')}:00`;
  return html`<svg class="hours" viewBox="0 0 240 ${height}" preserveAspectRatio="none" role="img"
      aria-label="Calls per hour: ${all.map((entry) => `${name(entry.hour)} ${entry.calls}`).join(', ')}">
    <line class="base" x1="0" x2="240" y1=${height - 0.5} y2=${height - 0.5}/>
    ${all.map((entry) => svg`<g><title>${name(entry.hour)}: ${plural(entry.calls, 'call')}, ${entry.answered} answered</title>
        <rect class="hit" x=${entry.hour * 10} y="0" width="10" height=${height}/>
        <rect class="calls" x=${entry.hour * 10 + 1} y=${height - y(entry.calls)} width="8" height=${y(entry.calls)}/>
        <rect class="answered" x=${entry.hour * 10 + 1} y=${height - y(entry.answered)} width="8" height=${y(entry.answered)}/></g>`)}</svg>
    <div class="hour-names" aria-hidden="true">${Array.from({length: 24 / every}, (_, index) => html`<span>${name(index * every)}</span>`)}</div>`;
}

const weekday = new Intl.DateTimeFormat('en-GB', {weekday: 'short'});

/** The share of all calls, and how many there were on this weekday a week ago until about now. */
function answeredText(today, lastWeek) {
  const share = `${percent(today.answered, today.calls)} of ${plural(today.calls, 'call')}`;
  if (!lastWeek) return share;
  const until = new Date(lastWeek.until);
  return `${share}; last ${weekday.format(until)} until ${clock(until).slice(0, 5)} ${count(lastWeek.answered)} of ${count(lastWeek.calls)}`;
}

/** How long somebody waits, as a link to the call. */
export const waitLink = ({call, waitMs}) => html`<a href=${callAddress(call.accountId, call.callId)} title="Show the call that waits so long">${length(waitMs)}</a>`;

/** Who waits longest, and from how many nothing was heard. */
function waitText(queue, lost) {
  const quiet = queue.filter((entry) => entry.quiet).length;
  const words = [quiet && `${count(quiet)} without news`, lost && `${count(lost)} may have ended`].filter(Boolean);
  if (!queue.length) return words.join('') || 'nobody waits';
  return html`<b>${waitLink(queue[0])}</b> longest wait now, ${[queue[0].queue.label, ...words].join(' · ')}`;
}

const longestToday = (board) => (board?.longestWait
  ? html`<a href=${callAddress(board.longestWait.accountId, board.longestWait.callId)} title="Show the call that waited so long">${lasted(board.longestWait.waitMs)}</a> longest today`
  : nothing);

export function tilesView() {
  const calls = liveCalls();
  const states = statesOf(calls);
  const all = inQueues();
  const queue = all.filter((entry) => !entry.lost);
  const lost = all.length - queue.length;
  const board = state.wallboard;
  const today = board?.today;
  const none = board && !today;
  const figure = (value) => (today ? count(value) : none ? '0' : '–');
  return html`<dl class="tiles" aria-label="How it is going" tabindex=${narrow.matches ? 0 : nothing}>
    ${tile('Calls now', count(calls.length), states.text, {more: states.bar})}
    ${tile('Waiting in queues', html`<button type="button" class="link" title="Show who waits" @click=${show({result: 'waiting'})}>${count(queue.length)}</button>`, waitText(queue, lost), {colour: queue.some(({late}) => late) ? 'bad late' : queue.length ? 'ring' : '', second: longestToday(board),
      title: `How long each has waited in its queue. Without news: no event for ten minutes${lost ? `. ${plural(lost, 'call')} without news and without a caller: not counted` : ''}`})}
    ${tile('Answered calls today', figure(today?.answered), today ? answeredText(today, board.lastWeek) : none ? 'no finished call yet' : ' ', {second: board?.monitored ? `and ${plural(board.monitored, 'monitoring call')}` : nothing,
      title: `Finished calls that began today ${dayText()}`})}
    ${tile('Missed · abandoned calls', html`${figure(today?.missed)}<span class="dotted">·</span>${figure(today?.abandoned)}`,
      today ? `${percent(today.missed + today.abandoned, today.calls)} of ${plural(today.calls, 'call')} · ${count(today.voicemail)} voicemail` : ' ',
      {title: 'Abandoned: nobody answered, and a queue had the call. Missed: nobody answered, and it is neither abandoned, nor voicemail, nor outgoing', second: today ? `${count(today.unanswered)} unanswered · ${count(today.fax)} fax` : nothing})}
    ${levelTile(today?.serviceLevel)}
    <div class="tile"><dt>Calls per hour <span class="only"><i class="key talking"></i>answered</span></dt><dd class="chart">${board ? hours(board) : nothing}</dd></div>
  </dl>`;
}

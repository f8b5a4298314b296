// One call as a row of the list: the state and timers of a live call are where a finished one has its result and lengths.
import {html, nothing} from './lit-html.js';
import {clock, lasted, length, rowDay} from './format.js';
import {clockOf, doing, elapsed} from './board.js';
import {now} from './state.js';

/** The words and colour class of each live state. */
export const STATES = {
  talking: ['talking', 'talk'], queued: ['waiting', 'ring'], ringing: ['ringing', 'ring'], onHold: ['on hold', 'hold'],
  parked: ['parked', 'park'], voicemail: ['voicemail', 'quiet'], fax: ['fax', 'quiet'], connecting: ['connecting', 'quiet'],
  menu: ['menu', 'quiet'], ending: ['ending', 'quiet'], quiet: ['no news', 'lost'],
};
const COLOURS = {answered: 'talk', abandoned: 'bad', missed: 'bad'};

export function chip(call) {
  if (call.over) return html`<span class="chip quiet">ended</span>`;
  const {state, quiet} = doing(call);
  const [word, colour] = STATES[state] ?? [state, 'quiet'];
  const title = {quiet: 'No event for so long: the call may have ended unseen', queued: `In the queue ${call.label?.queue ?? ''}${quiet ? '. No event for ten minutes' : ''}`}[state];
  return html`<span class="chip live ${colour}" title=${title ?? nothing}>${word} ${length(elapsed(call))}${quiet && state === 'queued' ? ' · no news' : ''}</span>`;
}

const BACKFILLED = 'Nothing of this call was seen as it happened: RingCentral’s Call Log tells of it';

export function resultChip(row) {
  if (row.status === 'backfilled') return html`<span class="chip warn" title=${BACKFILLED}>${row.outcome}, from the log</span>`;
  if (row.status !== 'partial') return html`<span class="chip ${COLOURS[row.outcome] ?? 'quiet'}">${row.outcome}</span>`;
  return html`<span class="chip warn" title=${`Partial: ${row.partialReason ?? 'something is missing'}`}>${row.outcome}, partial</span>`;
}

/** Which wait the list means: as CallRow on the server. */
export const WAIT = 'How long the caller of an inbound call waited: from the start of the call until somebody answered, menus and queues included';

/** The wait of an inbound call until somebody answered, until the voicemail, or up to now. */
export function liveWait(call) {
  if (call.internal || call.direction !== 'Inbound' || call.state === 'fax') return null;
  const {answerTime, state, since, lost, newsAt} = doing(call);
  const until = answerTime ?? (state === 'voicemail' ? since : lost ? newsAt : null);
  return (until ? Date.parse(until) : clockOf(call)) - Date.parse(call.startTime);
}

/** How long the caller has waited in the queue where he waits now, without menus before it; null if he does not wait there. */
export function queueWait(call) {
  return call.over || doing(call).state !== 'queued' ? null : elapsed(call);
}

/** How long an answered call has been talked, without the time on hold. */
export function liveTalk(call) {
  const {answerTime, state, since, awayMs} = doing(call);
  if (!answerTime) return null;
  const until = state === 'talking' ? clockOf(call) : Date.parse(since);
  return Math.max(0, until - Date.parse(answerTime) - (awayMs ?? 0));
}

/** {time, day, from, number, to, who, chip, note, wait, talk} of an item of the list: texts and one template. */
function cells({live, row}, waiting) {
  if (live) {
    return {
      start: live.startTime, from: live.label?.from ?? 'unknown', to: live.label?.queue ?? live.label?.to ?? '–',
      who: live.label?.answeredBy ?? '–', chip: chip(live), note: '',
      wait: length(waiting ? queueWait(live) : liveWait(live)), talk: length(liveTalk(live)), direction: live.internal ? 'Internal' : live.direction,
      hold: doing(live).state === 'onHold' ? length(elapsed(live)) : '–', moves: live.sessions?.length > 1 ? `${live.sessions.length} sessions` : '',
    };
  }
  const answered = row.way.length ? row.way.join(' → ') : row.answeredBy?.label;
  return {
    start: row.startTime, from: row.from.label, to: row.to.label,
    who: answered ?? (row.outcome === 'voicemail' ? 'Voicemail' : '–'), chip: resultChip(row),
    note: row.status === 'partial' ? row.partialReason ?? 'partial' : row.status === 'backfilled' ? 'from the Call Log' : '',
    wait: lasted(row.waitMs), talk: row.talkMs ? lasted(row.talkMs) : '–', direction: row.direction,
    hold: row.holdMs ? lasted(row.holdMs) : '–', moves: row.transfers ? `${row.transfers} ×` : '',
  };
}

export function rowView(item, {index, top, height, selected, active, wide, phone, waiting, open}) {
  const cell = cells(item, waiting);
  const day = rowDay(cell.start, now());
  const who = phone ? [...new Set([cell.to, cell.who])].filter((text) => text !== '–').join(' · ') || '–' : cell.who;
  return html`<div role="row" id="row-${index}" data-key=${item.key} data-state=${item.live ? doing(item.live).state : 'over'}
      aria-rowindex=${index + 2} aria-selected=${selected ? 'true' : 'false'}
      class="row ${selected ? 'on' : ''} ${active ? 'active' : ''} ${item.gone ? 'gone' : ''} ${item.live && !item.live.over ? 'is-live' : ''}"
      .style=${`transform:translateY(${top}px);height:${height}px`} @click=${open}>
    <span role="gridcell" class="c-time">${day ? html`<span class="soft">${day}</span> ` : nothing}${phone || (day && !wide) ? clock(cell.start).slice(0, 5) : clock(cell.start)}</span>
    <span role="gridcell" class="c-from" title=${cell.from}>${cell.from}</span>
    <span role="gridcell" class="c-to" title=${cell.to}>${cell.to}</span>
    <span role="gridcell" class="c-who" title=${who}>${who}</span>
    <span role="gridcell" class="c-result">${cell.chip}${wide && cell.note ? html` <span class="soft note" title=${cell.note}>${cell.note}</span>` : nothing}</span>
    ${wide ? html`<span role="gridcell" class="c-way soft">${cell.direction.toLowerCase()}</span>
      <span role="gridcell" class="c-moves soft">${cell.moves}</span>` : nothing}
    <span role="gridcell" class="n c-wait">${cell.wait}</span>
    ${wide ? html`<span role="gridcell" class="n c-hold">${cell.hold}</span>` : nothing}
    <span role="gridcell" class="n c-talk">${cell.talk}</span>
  </div>`;
}

/** Headings of the list: [classes, text, what sorts by it]. */
export const headings = (wide, waiting) => [
  ['c-time', 'Time'], ['c-from', 'From'], ['c-to', 'To'], ['c-who', 'Answered by'], ['c-result', 'Result'],
  ...(wide ? [['c-way', 'Direction'], ['c-moves', 'Transfers']] : []),
  waiting ? ['n c-wait', 'In queue'] : ['n c-wait', 'Wait', 'wait'], ...(wide ? [['n c-hold', 'Hold']] : []), ['n c-talk', 'Talk', 'talk'],
];

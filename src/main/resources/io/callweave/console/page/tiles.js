// The tiles above the list: how is it going?
import {html, nothing, svg} from './lit-html.js';
import {clock, count, length, percent, plural, span} from './format.js';
import {liveCalls} from './calls.js';
import {now, state} from './state.js';

/** Live calls that wait in a queue, longest first: [{call, since, queue}]. */
export function waiting() {
  return liveCalls().filter((call) => call.state === 'queued')
    .map((call) => ({call, since: Date.parse(call.since), queue: queueOf(call)}))
    .sort((a, b) => a.since - b.since);
}

/** The queue of a live call: {id, label}. */
export function queueOf(call) {
  const id = (call.parties ?? []).map((party) => party.queueExtensionId).find(Boolean) ?? null;
  return {id, label: call.label?.queue ?? call.names?.[id] ?? call.label?.to ?? id ?? '–'};
}

const narrow = matchMedia('(max-width: 760px)'); // the tiles scroll there, also by keys

const tile = (label, value, detail, more = nothing, colour = '') => html`<div class="tile ${colour}">
  <dt>${label}</dt><dd class="v">${value}</dd><dd class="s">${detail}</dd>${more}</div>`;

/** A thin bar that is full at 1. */
export const bar = (part) => html`<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
  <rect class="all" width="100" height="4"/><rect class="part" width=${Math.max(0, Math.min(1, part || 0)) * 100} height="4"/></svg>`;

function statesText(calls) {
  const number = (name) => calls.filter((call) => call.state === name).length;
  const parts = [`${count(number('talking'))} talking`];
  if (number('onHold')) parts.push(`${count(number('onHold'))} on hold`);
  if (number('ringing')) parts.push(`${count(number('ringing'))} ringing`);
  if (number('parked')) parts.push(`${count(number('parked'))} parked`);
  return parts.slice(0, 3).join(' · ');
}

/** Bars per hour, from the first hour with a call. @param least hours to have room for */
export function hours(entries, {height = 40, least = 8, labels = false} = {}) {
  const all = entries.filter((entry) => entry.calls > 0);
  if (!all.length) return html`<p class="s soft">no finished call yet</p>`;
  const from = Date.parse(all[0].start);
  const slots = Math.max(least, Math.round((Date.parse(all.at(-1).start) - from) / 3600000) + 1);
  const most = Math.max(1, ...all.map((entry) => entry.calls));
  const step = 240 / slots;
  const width = step * 0.82;
  const y = (value) => (value / most) * (height - 2);
  const hour = (time) => clock(new Date(time)).slice(0, 5);
  return html`<svg class="hours" viewBox="0 0 240 ${height}" preserveAspectRatio="none" role="img"
      aria-label="Calls per hour: ${all.map((entry) => `${hour(entry.start)} ${entry.calls}`).join(', ')}">
    <line class="base" x1="0" x2="240" y1=${height - 0.5} y2=${height - 0.5}/>
    ${all.map((entry) => {
      const x = Math.round((Date.parse(entry.start) - from) / 3600000) * step;
      return svg`<g><title>${hour(entry.start)}: ${plural(entry.calls, 'call')}, ${entry.answered} answered</title>
        <rect class="hit" x=${x} y="0" width=${step} height=${height}/>
        <rect class="calls" x=${x} y=${height - y(entry.calls)} width=${width} height=${y(entry.calls)}/>
        <rect class="answered" x=${x} y=${height - y(entry.answered)} width=${width} height=${y(entry.answered)}/></g>`;
    })}</svg>
    ${labels ? html`<div class="hour-names" aria-hidden="true">${Array.from({length: slots}, (_, index) => html`<span>${hour(from + index * 3600000)}</span>`)}</div>` : nothing}`;
}

export function tilesView() {
  const calls = liveCalls();
  const queue = waiting();
  const board = state.wallboard;
  const today = board?.today;
  const level = today?.serviceLevel;
  const none = board && !today;
  const figure = (value) => (today ? count(value) : none ? '0' : '–');
  return html`<dl class="tiles" aria-label="How it is going" tabindex=${narrow.matches ? 0 : nothing}>
    ${tile('Calls now', count(calls.length), statesText(calls))}
    ${tile('Waiting in queues', count(queue.length),
      queue.length ? html`longest <b>${length(now() - queue[0].since)}</b>, ${queue[0].queue.label}` : 'nobody waits', nothing, queue.length ? 'ring' : '')}
    ${tile('Answered today', figure(today?.answered), today ? `${percent(today.answered, today.calls)} of ${plural(today.calls, 'call')}` : none ? 'no finished call yet' : ' ')}
    ${tile('Missed · abandoned', html`${figure(today?.missed)}<span class="dotted">·</span>${figure(today?.abandoned)}`,
      today ? `${percent(today.missed + today.abandoned, today.calls)} lost · ${count(today.voicemail)} to voicemail` : ' ')}
    ${tile(level ? `Service level (${span(level.thresholdMs).replace('.0', '')})` : 'Service level', level ? percent(level.met, level.of) : '–',
      level ? `${count(level.met)} of ${count(level.of)}` : ' ', bar(level ? level.met / level.of : 0))}
    <div class="tile"><dt>Calls per hour</dt><dd class="chart">${board ? hours(board.hours ?? []) : nothing}</dd></div>
  </dl>`;
}

// A call as swim lanes: one lane per party, bars for what it did, arrows between sessions, gaps and late events.
import {html, nothing, svg} from './lit-html.js';
import {clockMillis, lasted, length, plural} from './format.js';
import {clockOf} from './board.js';

const LANE = 28;
const BAR = 14;
const HEAD = 26;
const BREAK = 26; // above the lanes of another session
const WORDS = {hold: 'on hold', menu: 'in the menu', queue: 'waiting', waiting: 'waiting', talking: 'talking', ringing: 'ringing', parked: 'parked', voicemail: 'voicemail', fax: 'fax', setup: 'connecting'};
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400].map((seconds) => seconds * 1000);

let width = 640;
let watched = null;
const resized = new ResizeObserver(([entry]) => {
  const next = Math.max(280, Math.floor(entry.contentRect.width));
  if (next !== width) {
    width = next;
    resized.redraw?.();
  }
});

/** After drawing: follows the width of the drawing's place. */
export function watchTimeline(redraw) {
  const place = document.querySelector('.timeline');
  resized.redraw = redraw;
  if (place === watched) return;
  resized.disconnect();
  watched = place;
  if (place) resized.observe(place);
}

const cut = (text, letters) => (text.length > letters ? `${text.slice(0, letters - 1)}…` : text);

/** Where numbers are missing: [{session, from, to, events}], times in milliseconds, between the events around each gap. */
export function gaps(lanes, sessions) {
  return (sessions ?? []).flatMap((session) => {
    const events = lanes.filter((lane) => lane.sessionId === session.telephonySessionId).flatMap((lane) => lane.events)
      .filter((event) => event.sequence !== null).map((event) => ({sequence: event.sequence, at: Date.parse(event.at)}));
    return session.missingSequences.map(([first, last]) => {
      const before = events.filter((event) => event.sequence < first).map((event) => event.at);
      const after = events.filter((event) => event.sequence > last).map((event) => event.at);
      if (!before.length || !after.length) return null;
      return {sessionId: session.telephonySessionId, from: Math.max(...before), to: Math.min(...after), events: last - first + 1};
    }).filter(Boolean);
  });
}

/** Heights: {y of each lane, breaks before other sessions, all}. */
function rows(lanes) {
  let y = HEAD + 4;
  const breaks = [];
  const places = lanes.map((lane, index) => {
    if (index && lane.session !== lanes[index - 1].session) {
      breaks.push({y: y + 2, session: lane.session});
      y += BREAK;
    }
    y += LANE;
    return y - LANE;
  });
  return {places, breaks, height: y + 4};
}

/** A line is open before anybody answers: until then its party waits. */
function waits(spans, answer) {
  return spans.flatMap((entry) => {
    if (entry.state !== 'talking' || (answer && entry.from >= answer)) return [entry];
    if (!answer || (entry.to && entry.to <= answer)) return [{...entry, state: 'waiting'}];
    return [{...entry, to: answer, state: 'waiting'}, {...entry, from: answer}];
  });
}

/** Lanes as they are drawn: a party that only began and ended has a grey bar. */
function drawn(detail, live) {
  return detail.lanes.map((lane) => {
    const {events} = lane;
    if (!lane.spans.length && events.length) {
      const to = events.length > 1 ? events.at(-1).at : null;
      return {...lane, spans: to || live ? [{from: events[0].at, to, state: lane.role === 'menu' ? 'menu' : 'setup'}] : []};
    }
    return ['menu', 'queue'].includes(lane.role) ? lane : {...lane, spans: waits(lane.spans, (detail.call ?? detail.live).answerTime)};
  });
}

/** @param at the present of a live call, else null */
function range(detail, lanes, at) {
  const spans = lanes.flatMap((lane) => lane.spans);
  const marks = lanes.flatMap((lane) => lane.events.map((event) => Date.parse(event.at)));
  const record = detail.call;
  const from = Date.parse(record?.startTime ?? detail.live?.startTime ?? spans[0]?.from ?? new Date());
  const ends = spans.map((span) => (span.to ? Date.parse(span.to) : at ?? from));
  const to = Math.max(from + 1000, record ? Date.parse(record.endTime) : 0, at ?? 0, ...ends, ...marks);
  return {from, to};
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

/** "second session: Dana asks Milo" */
function sessionText(lanes, session) {
  const inside = lanes.filter((lane) => lane.session === session);
  const earlier = new Set(lanes.filter((lane) => lane.session < session).map((lane) => lane.label));
  const by = inside.find((lane) => earlier.has(lane.label));
  const other = inside.find((lane) => lane.label !== by?.label && lane.role !== 'queue' && lane.role !== 'menu');
  const name = `${ORDINALS[session] ?? `${session + 1}th`} session`;
  return by && other ? `${name}: ${by.label} asks ${other.label}` : name;
}

/** @param label height of the text: beside the line between two sessions, where there are no bars */
function arrow(entry, x, places, right, label) {
  const start = places[entry.fromLane];
  const end = places[entry.toLane];
  if (start === undefined || end === undefined || entry.fromLane === entry.toLane) return nothing;
  const down = end > start;
  const y1 = start + (down ? BAR + 1 : -1);
  const y2 = end + (down ? -2 : BAR + 2);
  const middle = (y1 + y2) / 2;
  const before = x > right - 130;
  const bend = before ? -14 : 14;
  return svg`<g class="arrow"><path d="M${x} ${y1} C${x + bend} ${middle - (down ? 8 : -8)} ${x + bend} ${middle + (down ? 8 : -8)} ${x + (before ? -1 : 1)} ${y2}" marker-end="url(#head)"/>
    <text x=${x + bend * 1.3} y=${label ?? middle + 4} text-anchor=${before ? 'end' : 'start'}>${entry.text}</text></g>`;
}

export function timelineView(detail) {
  const live = Boolean(detail.live) && !detail.call;
  const at = live ? clockOf(detail.live) : null;
  const lanes = drawn(detail, live);
  if (!lanes.length) return html`<p class="empty">No party has been seen yet.</p>`;
  const small = width < 480;
  const left = small ? 4 : 128;
  const right = width - 14;
  const {from, to} = range(detail, lanes, at);
  // A live call grows into round time, so that its bars do not shrink with every second.
  const raw = (to - from) / Math.max(2, Math.floor((right - left) / 84));
  const step = STEPS.find((candidate) => candidate >= raw) ?? raw;
  const end = live ? from + Math.ceil((to - from) / step) * step : to;
  const x = (time) => left + ((time - from) / (end - from)) * (right - left);
  const lane = small ? 18 : 0; // on a phone the name is above the bars
  const {places: raws, breaks, height} = rows(lanes);
  const extra = (index) => lane * (index + 1);
  const places = raws.map((y, index) => y + extra(index));
  const bottom = height + lane * lanes.length;
  const ticks = [];
  for (let time = from; time <= end + 1; time += step) ticks.push(time);
  const breakAt = (entry) => entry.y + lane * lanes.findIndex((candidate) => candidate.session === entry.session);
  const labelAt = (entry) => {
    const sessions = [entry.fromLane, entry.toLane].map((index) => lanes[index]?.session ?? 0);
    const between = breaks.filter((candidate) => candidate.session <= Math.max(...sessions) && candidate.session > Math.min(...sessions)).at(-1);
    return between ? breakAt(between) + 17 : null;
  };
  const missing = gaps(lanes, detail.call?.sessions);
  return html`<div class="timeline"><svg width=${width} height=${bottom} viewBox="0 0 ${width} ${bottom}" role="img"
      aria-label="Timeline of the call. The steps below tell the same in words.">
    <defs><marker id="head" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8Z"/></marker>
      <pattern id="missing" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2" height="6"/></pattern></defs>
    ${ticks.map((time, index) => svg`<line class="grid" x1=${x(time)} x2=${x(time)} y1=${HEAD - 4} y2=${bottom - 4}/>
      <text class="t" x=${x(time)} y="14" text-anchor=${x(time) > right - 16 ? 'end' : small && index === 0 ? 'start' : 'middle'}>${length(time - from)}</text>`)}
    ${missing.map((gap) => {
      const inside = places.filter((_, index) => lanes[index].sessionId === gap.sessionId);
      const wide = Math.max(6, x(gap.to) - x(gap.from));
      return svg`<g class="gap"><title>${plural(gap.events, 'event')} missing here</title>
        <rect x=${x(gap.from)} y=${Math.min(...inside) - 4} width=${wide} height=${Math.max(...inside) - Math.min(...inside) + BAR + 8}/></g>`;
    })}
    ${breaks.map((entry) => svg`<line class="break" x1="0" x2=${width} y1=${breakAt(entry)} y2=${breakAt(entry)}/>
      <text class="t" x=${small ? left : 0} y=${breakAt(entry) + 17}>${sessionText(lanes, entry.session)}</text>`)}
    ${lanes.map((entry, index) => laneView(entry, places[index], x, {from, end, small, left, at, right}))}
    ${live ? svg`<line class="moment" x1=${x(at)} x2=${x(at)} y1=${HEAD - 4} y2=${bottom - 4}/>` : nothing}
    ${detail.arrows.map((entry) => arrow(entry, x(Date.parse(entry.at)), places, right, small ? places[entry.toLane] - 7 : labelAt(entry)))}
  </svg></div>${legend(lanes, missing)}`;
}

function laneView(lane, y, x, {end, small, left, at, right}) {
  const name = lane.role === 'queue' && !/queue/i.test(lane.label) ? `${lane.label} queue` : lane.label;
  const spans = lane.spans.map((entry) => {
    const start = x(Date.parse(entry.from));
    const stop = x(entry.to ? Date.parse(entry.to) : Math.min(end, at ?? end));
    return {...entry, start, stop: Math.max(stop, start + 3)};
  });
  const stop = Math.max(left, ...spans.map((entry) => entry.stop));
  const fits = stop + 8 + (lane.note ?? '').length * 6 < right;
  return svg`<g class="lane ${lane.answered ? 'answered' : ''} ${lane.role}">
    <text class="name" x=${small ? left : 0} y=${small ? y - 5 : y + 11}>${cut(name, small ? 40 : 19)}<title>${name}</title></text>
    ${spans.map((entry) => svg`<rect class="span ${entry.state}" x=${entry.start} y=${y} width=${entry.stop - entry.start} height=${BAR} rx="4"><title>${name} ${WORDS[entry.state] ?? entry.state} ${(entry.to ? lasted : length)((entry.to ? Date.parse(entry.to) : at ?? end) - Date.parse(entry.from))}, from ${clockMillis(entry.from)}</title></rect>`)}
    ${lane.events.filter((event) => event.late).map((event) => svg`<path class="late" d="M${x(Date.parse(event.at))} ${y - 4}l5 5l-5 5l-5 -5Z"><title>late: ${event.status} at ${clockMillis(event.at)}, number ${event.sequence}</title></path>`)}
    ${lane.note ? svg`<text class="t" x=${fits ? stop + 8 : right} y=${small && !fits ? y - 5 : y + 11} text-anchor=${fits ? 'start' : 'end'}>${lane.note}</text>` : nothing}
  </g>`;
}

function legend(lanes, missing) {
  const used = new Set(lanes.flatMap((lane) => lane.spans.map((entry) => entry.state)));
  const entry = (kind, text) => html`<span><i class="key ${kind}"></i>${text}</span>`;
  return html`<div class="legend" aria-hidden="true">
    ${used.has('menu') ? entry('menu', 'menu') : nothing} ${used.has('setup') ? entry('menu', 'connecting') : nothing}
    ${entry('ringing', 'ringing, waiting')} ${entry('talking', 'talking')} ${used.has('hold') ? entry('hold', 'on hold') : nothing}
    ${used.has('parked') ? entry('parked', 'parked') : nothing}
    ${used.has('voicemail') || used.has('fax') ? entry('voicemail', used.has('fax') ? 'fax' : 'voicemail') : nothing}
    ${missing.length ? entry('missing', 'events missing') : nothing}
    ${lanes.some((lane) => lane.events.some((event) => event.late)) ? entry('late', 'late event') : nothing}</div>`;
}

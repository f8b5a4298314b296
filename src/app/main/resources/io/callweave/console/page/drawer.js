// The drawer: one call as a sentence, as figures, as a timeline, as steps, and what is behind it.
import {html, nothing} from './lit-html.js';
import {api} from './api.js';
import {clock, day, lasted, length, plural, span, whole} from './format.js';
import {callAddress, go, pageAddress} from './router.js';
import {forgetEvidence, loadEvidence, notificationsView} from './evidence.js';
import {recordView} from './record.js';
import {whyView} from './why.js';
import {WAIT, chip, liveWait, resultChip} from './row.js';
import {timelineView} from './timeline.js';
import {clockOf, doing, elapsed, live} from './board.js';
import {changed, now, state} from './state.js';
import {focusList} from './list.js';

const DAY_MS = 86400000; // a recorded call can be years old
const MARKS_MS = 600;

const QUEUE_ENDS = {answered: 'Answered from this queue', answeredElsewhere: 'Answered elsewhere', voicemail: 'Left for the voicemail', overflow: 'Went on to another queue', abandoned: 'Hung up here'};
const TABS = [['timeline', 'Timeline'], ['notifications', 'Notifications'], ['why', 'Why'], ['record', 'Record']];
let pending = null;
let opener = null; // what had the focus before

const keyOfRoute = () => (state.route.callId ? `${state.route.account}/${state.route.callId}` : null);

/** Loads the call of the address, if it is another than the one that is shown. */
export function openDrawer() {
  const key = keyOfRoute();
  if (key && !state.detail) opener = document.activeElement;
  if (!key) {
    state.detail = null;
  } else if (state.detail?.key !== key) {
    refresh();
  } else {
    loadEvidence(state.detail, state.route.tab);
  }
}

/** Loads the call again; until then what is shown stays. */
export async function refresh() {
  const {account, callId} = state.route;
  const key = keyOfRoute();
  const mine = (pending = {});
  try {
    const loaded = await api.call(account, callId);
    if (mine !== pending || key !== keyOfRoute()) return;
    const before = state.detail?.key === key ? state.detail : null;
    const revised = before?.call && loaded.call && (before.call.revision !== loaded.call.revision || before.call.epoch !== loaded.call.epoch);
    state.detail = {...before, ...loaded, key, account, callId, problem: null, revisedAt: revised ? now() : before?.revisedAt ?? null};
    if (!before || revised || Boolean(before.call) !== Boolean(loaded.call)) forgetEvidence(state.detail);
    else if (before.notifications?.lanes) Object.assign(state.detail, {lanes: before.notifications.lanes, steps: before.notifications.steps ?? loaded.steps});
    if (loaded.call) setTimeout(marks, MARKS_MS, key);
    else loadEvidence(state.detail, 'notifications', true); // only they know what was before
  } catch (error) {
    if (mine !== pending) return;
    if (state.detail?.key === key && ![404, 410].includes(error.status)) return;
    state.detail = {key, account, callId, problem: error.message, missing: error.status === 404, supersededBy: error.supersededBy};
  }
  changed();
}

/** Late events and the places of missing ones come with the notifications: they are read if the call stays open. */
function marks(key) {
  if (state.detail?.key === key) loadEvidence(state.detail, 'notifications');
}

let soon = null;

/** A call has changed: if it is the open one, it is loaded again, at most once a second. */
export function callChanged(key) {
  if (key !== keyOfRoute() || soon) return;
  soon = setTimeout(() => {
    soon = null;
    if (state.route.callId) refresh();
  }, state.detail?.call ? 50 : 400);
}

export function closeDrawer() {
  go(pageAddress(state.route.page));
  const back = opener?.isConnected && opener.matches('a, button') ? () => opener.focus() : focusList;
  requestAnimationFrame(() => requestAnimationFrame(back));
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

function subtitle(detail) {
  const call = detail.call ?? detail.live;
  const parts = [];
  const sessions = call.sessions?.length ?? 1;
  if (detail.call) parts.push(`${day(call.startTime, now())} ${clock(call.startTime)} – ${clock(call.endTime)}`);
  else parts.push(`since ${clock(call.startTime)}`);
  parts.push(call.internal ? 'internal' : (call.direction ?? '').toLowerCase());
  if (detail.call) parts.push(call.status, `revision ${call.revision}`);
  parts.push(sessions === 1 ? 'one session' : `${NUMBERS[sessions] ?? sessions} sessions`);
  return parts.filter(Boolean).join(' · ');
}

function facts(detail) {
  const {call, row} = detail;
  const all = [];
  const add = (label, value, title = nothing) => all.push([label, value, title]);
  if (!call) {
    const value = live.get(detail.key) ?? detail.live;
    add('State', chip(value));
    add('On the line', length(clockOf(value) - Date.parse(value.startTime)));
    const wait = liveWait(value);
    const {state: name, answerTime} = doing(value);
    if (wait !== null) add(answerTime ? 'Answered after' : 'Has waited', length(wait), WAIT);
    if (name === 'queued') add(`In the queue ${value.label?.queue ?? ''}`, length(elapsed(value)));
    return all;
  }
  add('Result', resultChip(row));
  if (call.timeToAnswerMs !== null) add('Answered after', lasted(call.timeToAnswerMs), 'From the start of the call, menus and queues included');
  else if (row?.waitMs !== null) add('Waited', lasted(row.waitMs), 'From the start of the call until the voicemail or the end, menus and queues included');
  for (const queue of row?.queues ?? []) add(`In the queue ${queue.label}`, lasted(queue.waitMs), QUEUE_ENDS[queue.outcome] ?? nothing);
  if (call.talkMs !== null) add('Talk', lasted(call.talkMs));
  if (call.holdMs) add('Hold', lasted(call.holdMs));
  if (call.parkMs) add('Parked', lasted(call.parkMs));
  const kinds = new Map();
  call.transfers.forEach((transfer) => kinds.set(transfer.kind, (kinds.get(transfer.kind) ?? 0) + 1));
  if (kinds.size) add('Transfers', [...kinds].map(([kind, number]) => `${number} ${kind}`).join(', '));
  const left = call.firstToLeave && detail.lanes.find((lane) => lane.partyId === call.firstToLeave.partyId && lane.sessionId === call.firstToLeave.telephonySessionId);
  if (left) add('Left first', left.role === 'caller' ? 'caller' : left.label);
  const first = detail.revisions[0];
  if (first) add('Emitted', first.afterEndMs < DAY_MS ? `${span(first.afterEndMs)} after the end` : whole(first.emittedAt));
  return all;
}

const ARTIFACT_NAMES = {recording: 'Recording', voicemail: 'Voicemail', insights: 'AI notes'};

/** A link that opens elsewhere: the place of a sound is RingCentral's to say, and only an address of the web is followed. */
const opens = (uri, text) => (/^https:\/\//.test(uri ?? '')
  ? html`<a href=${uri} target="_blank" rel="noopener noreferrer" title="Opens at RingCentral, which asks who you are">${text}</a>` : text);

function artifact(each) {
  if (each.kind === 'insights') {
    const mood = [each.sentiment, each.score && `score ${each.score}`].filter(Boolean).join(', ');
    return html`${each.summary ? html`<span class="words">${each.summary}</span>` : nothing}${each.notes ? html`<span class="words">${each.notes}</span>` : nothing}
      ${each.nextSteps?.length ? html`<ul aria-label="Next steps">${each.nextSteps.map((step) => html`<li>${step}</li>`)}</ul>` : nothing}
      ${mood ? html`<span class="soft">Sentiment: ${mood}</span>` : nothing}`;
  }
  const text = each.durationMs === null ? 'Listen' : `Listen (${lasted(each.durationMs)})`;
  return each.readyAt || each.contentUri ? opens(each.contentUri, text) : html`<span class="soft">not ready yet</span>`;
}

/** What came after the call. */
function artifacts(detail) {
  const all = detail.call?.artifacts ?? [];
  if (!all.length) return nothing;
  return html`<h3>After the call</h3><ul class="artifacts" aria-label="After the call">${all.map((each) => html`<li><b>${ARTIFACT_NAMES[each.kind] ?? each.kind}</b> <span>${artifact(each)}</span></li>`)}</ul>`;
}

/** What RingCentral's own log says of the call, beside what was seen. */
function logged(detail) {
  const all = detail.call?.callLog ?? [];
  if (!all.length) return nothing;
  const end = (address) => address?.name ?? address?.phoneNumber ?? address?.extensionNumber ?? 'unknown';
  return html`<h3>In RingCentral’s Call Log</h3><ul class="artifacts" aria-label="In RingCentral’s Call Log">${all.map((each) => html`<li><b>${each.result}</b>
    <span>${clock(each.startTime)}, ${lasted(each.durationMs)}: ${end(each.from)} → ${end(each.to)} <span class="soft">${each.direction}, ${each.action}</span></span></li>`)}</ul>`;
}

function revisions(detail) {
  if (detail.revisions.length < 2) return nothing;
  return html`<h3>Revisions</h3><ul class="steps">${detail.revisions.map((entry) => html`<li><span class="soft">${entry.revision}</span>
    <span>emitted at ${clock(entry.emittedAt)}, ${span(entry.afterEndMs)} after the end</span></li>`)}</ul>`;
}

const REASONS = {
  capped: 'The call was too long or had too many events: only a part of it is here.',
  internalError: 'Callweave had an error with this call. See its log.',
  missingSession: 'The other part of a transfer or conference was not seen.',
  noFinalStatus: 'The end of the call was not seen.',
  sequenceGap: 'An event was lost on its way.',
  unseenContinuation: 'The call went on to a party that was not seen.',
};

/** A record that says itself that something is missing. */
function partial({row}) {
  if (row?.status === 'backfilled') return html`<p class="warning"><b>From RingCentral’s Call Log.</b> No notification of this call was received: who rang, talked or held, and for how long, is not known.</p>`;
  if (row?.status !== 'partial') return nothing;
  return html`<p class="warning"><b>Partial: some of what is below may be wrong.</b> ${row.incomplete.map((reason) => REASONS[reason] ?? reason).join(' ')}</p>`;
}

/** Numbers that never came, in words: also where their place in time is not known. */
function missing(detail) {
  const ranges = (detail.call?.sessions ?? []).flatMap((session) => session.missingSequences);
  if (!ranges.length) return nothing;
  const number = ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  const names = ranges.map(([first, last]) => (first === last ? first : `${first}–${last}`)).join(', ');
  return html`<p class="hint">${plural(number, 'event')} did not arrive: sequence ${names}.</p>`;
}

function timelineTab(detail) {
  return html`${timelineView(detail)}${missing(detail)}
    ${detail.call ? nothing : html`<p class="hint">The call is going on. Its figures come when it is over${detail.notifications?.lanes || !detail.notifications ? '' : ', and its other steps: until then, each lane shows what its party does now'}.</p>`}
    <ol class="steps" aria-label="Steps">${detail.steps.map((step) => html`<li><span class="soft">${lasted(step.afterMs)}</span><span>${step.text}</span></li>`)}</ol>
    ${artifacts(detail)}${logged(detail)}${revisions(detail)}`;
}

const BODIES = {timeline: timelineTab, notifications: notificationsView, why: whyView, record: recordView};

function tabKey(event) {
  const at = TABS.findIndex(([name]) => name === state.route.tab);
  const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
  if (!step) return;
  const next = TABS[(at + step + TABS.length) % TABS.length][0];
  go(callAddress(state.route.account, state.route.callId, next));
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(`tab-${next}`)?.focus()));
}

const frame = (label, content) => html`<section class="card drawer" aria-label=${label}>
  <button type="button" class="close" aria-label="Close the call" title="Close (Escape)" @click=${closeDrawer}>×</button>${content}</section>`;

export function drawerView() {
  const detail = state.detail;
  if (!detail || detail.key !== keyOfRoute()) return frame('Call', html`<p class="empty">Loading the call …</p>`);
  if (detail.supersededBy) {
    return frame('Call', html`<div class="empty"><b>This call is part of another one.</b> <a href=${callAddress(detail.account, detail.supersededBy)}>Open that call</a></div>`);
  }
  if (detail.problem) {
    return frame('Call', detail.missing
      ? html`<div class="empty"><b>This call is not here.</b> It may be older than what the console keeps, or of an account that you may not see.</div>`
      : html`<div class="empty" role="alert"><b>The call could not be loaded.</b> ${detail.problem} <button type="button" @click=${refresh}>Try again</button></div>`);
  }
  const {account, callId, tab} = state.route;
  const revised = detail.revisedAt && now() - detail.revisedAt < 60000;
  return frame('Call', html`
    <h2 class="sentence">${detail.sentence}</h2>
    <p class="soft subtitle">${subtitle(detail)} ${revised ? html`<span class="mark" role="status">revised just now</span>` : nothing}</p>
    ${partial(detail)}
    <dl class="facts">${facts(detail).map(([label, value, title]) => html`<div title=${title}><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
    <div class="tabs" role="tablist" aria-label="Views of the call" @keydown=${tabKey}>${TABS.map(([name, text]) => html`<button type="button" role="tab"
      id="tab-${name}" aria-selected=${String(tab === name)} aria-controls="panel" tabindex=${tab === name ? 0 : -1}
      @click=${() => go(callAddress(account, callId, name))}>${text}</button>`)}</div>
    <div role="tabpanel" id="panel" aria-labelledby="tab-${tab}" class="panel ${tab}">${BODIES[tab](detail)}</div>`);
}


// Queues and agents: who waits now, and how the day has been. In full on its page, in short beside the list.
import {html, nothing} from './lit-html.js';
import {average, count, lasted, percent, plural, share} from './format.js';
import {bar, goal, hours, inQueues, levelTile, show, threshold, tile, waitLink} from './tiles.js';
import {chip} from './row.js';
import {doing, liveCalls} from './board.js';
import {dayText} from './days.js';
import {queueKey} from './filters.js';
import {callAddress, pageAddress} from './router.js';
import {state} from './state.js';

let order = {counts: '', keys: []};

/** Those where most wait first, then the longest wait. It moves only when others wait, and not while somebody is at the table. */
function sorted(all) {
  const counts = all.map((queue) => `${queue.key} ${queue.now.length}`).sort().join('\n');
  const held = document.querySelector('[aria-label=Queues]:hover, [aria-label=Queues]:focus-within');
  const first = (queue) => queue.now[0]?.since ?? Infinity;
  const before = (a, b) => b.now.length - a.now.length || (first(a) === first(b) ? 0 : first(a) - first(b))
    || String(a.label).localeCompare(String(b.label), 'en', {numeric: true}) || (a.key < b.key ? -1 : 1);
  if (counts !== order.counts && (!held || !order.keys.length)) order = {counts, keys: [...all].sort(before).map(({key}) => key)};
  const places = new Map(order.keys.map((key, index) => [key, index]));
  const place = (queue) => places.get(queue.key) ?? places.size;
  return all.sort((a, b) => place(a) - place(b) || before(a, b));
}

/** Queues of today and those where somebody waits now. */
function queues() {
  const none = {calls: 0, answered: 0, answeredElsewhere: 0, voicemail: 0, overflow: 0, abandoned: 0, fax: 0, averageWaitMs: null, averageHandleMs: null, longestWaitMs: null, serviceLevel: null};
  const all = new Map();
  const at = (queue) => {
    const key = queueKey(queue.accountId, queue.id);
    if (!all.has(key)) all.set(key, {...none, ...queue, key, now: [], lost: 0});
    return all.get(key);
  };
  (state.wallboard?.queues ?? []).forEach(at);
  for (const entry of inQueues()) {
    if (entry.lost) at(entry.queue).lost++;
    else at(entry.queue).now.push(entry);
  }
  const labels = [...all.values()].map(({label}) => label);
  return sorted([...all.values()].map((queue) => ({...queue, twice: labels.filter((label) => label === queue.label).length > 1})));
}

const agentKey = (accountId, id) => `${accountId}/${id}`;

/** The live call of each agent; talking before ringing. A phone that rang before the answer has only lost its end. */
function busy() {
  const all = new Map();
  for (const call of liveCalls()) {
    const {answerTime, quiet} = doing(call);
    for (const party of call.parties ?? []) {
      if (quiet || !call.agents?.includes(party.extensionId)) continue;
      const rings = party.status === 'Proceeding' || party.status === 'Setup';
      if (rings && answerTime && party.since < answerTime) continue;
      const key = agentKey(call.accountId, party.extensionId);
      const rank = rings ? 1 : 2;
      if ((all.get(key)?.rank ?? 0) < rank) all.set(key, {rank, call, party});
    }
  }
  return all;
}

/** The agents of today, and those who are in their first call of the day. */
function agents() {
  const inCalls = busy();
  const rows = (state.wallboard?.agents ?? []).map((agent) => {
    const key = agentKey(agent.accountId, agent.id);
    const found = inCalls.get(key);
    inCalls.delete(key);
    return {...agent, busy: found};
  });
  for (const found of inCalls.values()) {
    const {accountId, names} = found.call;
    const id = found.party.extensionId;
    rows.push({accountId, id, label: names?.[id] ?? id, calls: 0, answered: 0, talkMs: 0, averageHandleMs: null, busy: found});
  }
  return rows.sort((a, b) => String(a.label).localeCompare(String(b.label), 'en', {numeric: true}) || a.id.localeCompare(b.id));
}

const longest = (queue) => (queue.now.length ? waitLink(queue.now[0]) : '–');
const level = ({serviceLevel}, differ) => html`<span class="level">${bar(serviceLevel?.of ? serviceLevel.met / serviceLevel.of : 0)}
  <span>${serviceLevel ? share(serviceLevel.met, serviceLevel.of) : '–'}${differ && serviceLevel ? ` in ${threshold(serviceLevel)}` : ''}</span></span>
  ${serviceLevel?.goal ? html`<span class="small">${goal(serviceLevel).words}</span>` : nothing}`;
const chipOf = (number, words, title) => (number ? html`<span class="chip lost" title=${title}>${count(number)} ${words}</span> ` : nothing);
const waits = (queue) => html`${chipOf(queue.lost, 'may have ended', 'Without news and without a caller: not counted')}${
  chipOf(queue.now.filter(({quiet}) => quiet).length, 'no news', 'No event for ten minutes; they are counted')}${queue.now.length
  ? html`<button type="button" class="chip ring" title="Show who waits in this queue" @click=${show({queue: queue.key, result: 'waiting'})}>${count(queue.now.length)}</button>` : html`<span class="soft">0</span>`}`;

/** A figure that opens the calls that it counts. */
const figure = (queue, name, part) => (queue[name]
  ? html`<button type="button" class="link" title="Show these calls" @click=${show({queue: queue.key, ...part})}>${count(queue[name])}</button>` : count(0));
const today = (queue) => (queue.longestWaitMs === null ? '–'
  : html`<a href=${callAddress(queue.accountId, queue.longestWaitCallId)} title="Show the call that waited so long">${lasted(queue.longestWaitMs)}</a>`);

const CALLS = ['calls', 'Visits', {result: 'over'}];
const ANSWERED = ['answered', 'Answered', {queueOutcome: 'answered'}];
const ABANDONED = ['abandoned', 'Abandoned visits', {queueOutcome: 'abandoned'}];
const OTHERS = [['voicemail', 'Voicemail'], ['overflow', 'Overflow'], ['answeredElsewhere', 'Elsewhere'], ['fax', 'Fax']]
  .map(([name, text]) => [name, text, {queueOutcome: name}]);

/** [name, heading, filter] of figures that add up to the calls; no fax where there is none. */
function figures(all, full) {
  if (!full) return [ANSWERED, ABANDONED];
  return [CALLS, ANSWERED, ABANDONED, ...OTHERS.filter(([name]) => name !== 'fax' || all.some((queue) => queue.fax))];
}

const other = (queue) => html`<span title=${OTHERS.map(([name, text]) => `${text.toLowerCase()} ${count(queue[name])}`).join(', ')}>${count(OTHERS.reduce((sum, [name]) => sum + queue[name], 0))}</span>`;

/** The thresholds that queues have. */
const thresholds = (all) => [...new Set(all.filter((queue) => queue.serviceLevel).map((queue) => threshold(queue.serviceLevel)))];

const nobody = (what) => html`<p class="empty">${state.wallboard ? `No ${what} had a call today.` : state.wallboardProblem ?? 'Loading …'}</p>`;

function queueTable(full) {
  const all = queues();
  if (!all.length) return nobody('queue');
  const shown = figures(all, full);
  const times = thresholds(all);
  const differ = times.length > 1;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Queues"><table class="plain"><thead><tr><th>Queue</th><th class="n">Waiting now</th><th class="n">Longest wait now</th>
      <th class="n">Longest wait today</th>
      ${shown.map(([, text]) => html`<th class="n">${text}</th>`)}
      ${full ? html`<th class="n">Speed of answer</th><th class="n">Handle time</th>` : html`<th class="n">Other</th>`}<th>Service level${times.length === 1 ? ` in ${times[0]}` : ''}</th></tr></thead>
    <tbody>${all.map((queue) => html`<tr class=${goal(queue.serviceLevel).colour}><th scope="row"><button type="button" class="link" title="Show the calls of this queue" @click=${show({queue: queue.key})}>${queue.label || queue.id}</button>${queue.twice ? html` <span class="soft">${queue.accountId}</span>` : nothing}</th>
      <td class="n">${waits(queue)}</td><td class="n">${longest(queue)}</td><td class="n">${today(queue)}</td>
      ${shown.map(([name, , part]) => html`<td class="n ${name === 'abandoned' && queue.abandoned ? 'bad' : ''}">${figure(queue, name, part)}</td>`)}
      ${full ? html`<td class="n">${average(queue.averageWaitMs)}</td><td class="n">${average(queue.averageHandleMs)}</td>` : html`<td class="n">${other(queue)}</td>`}<td>${level(queue, differ)}</td></tr>`)}</tbody></table></div>`;
}

const WORDS = {Answered: 'talking', Hold: 'onHold', Proceeding: 'ringing', Parked: 'parked', Setup: 'connecting', Voicemail: 'voicemail'};

function agentTable(full) {
  const rows = agents();
  if (!rows.length) return nobody('agent');
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Agents"><table class="plain"><thead><tr><th>Agent</th><th>Now</th><th class="n">${full ? 'Calls' : 'Answered'}</th>${full ? html`<th class="n">Answered</th>` : nothing}<th class="n">Talk</th>${full ? html`<th class="n">Handle time</th>` : nothing}</tr></thead>
    <tbody>${rows.map((agent) => html`<tr><th scope="row"><button type="button" class="link" title="Show the calls of this agent" @click=${show({extension: agent.id})}>${agent.label || agent.id}</button></th>
      <td class="state">${agent.busy ? chip({state: WORDS[agent.busy.party.status] ?? 'connecting', since: agent.busy.party.since}) : html`<span class="soft">free</span>`}</td>
      <td class="n">${count(full ? agent.calls : agent.answered)}</td>${full ? html`<td class="n">${count(agent.answered)}</td>` : nothing}<td class="n">${lasted(agent.talkMs)}</td>${full ? html`<td class="n">${average(agent.averageHandleMs)}</td>` : nothing}</tr>`)}</tbody></table></div>`;
}

export function sideView() {
  return html`<section class="card side" aria-label="Queues and agents"><h2>Queues <span class="soft">today ${dayText()}</span><span class="grow"></span><a class="soft" href=${pageAddress('queues')}>What the figures mean</a></h2>${queueTable(false)}
    <h2>Agents <span class="soft">today ${dayText()}</span></h2>${agentTable(false)}</section>`;
}

/** The figures of all queues and calls of today, each with what it counts. */
function dayTiles() {
  const today = state.wallboard?.today;
  if (!today) return nothing;
  const {visits} = today;
  return html`<dl class="tiles five" aria-label="Today">
    ${levelTile(today.serviceLevel)}
    ${tile('Speed of answer', average(visits.averageWaitMs), `average wait of ${count(visits.answered)} answered visits to queues`)}
    ${tile('Handle time', average(today.averageHandleMs), `talk and hold, average of ${plural(today.answered, 'answered call')}`)}
    ${tile('Abandoned visits', count(visits.abandoned), `${percent(visits.abandoned, visits.calls)} of ${plural(visits.calls, 'visit')} to queues`)}
    ${tile('Abandoned calls', count(today.abandoned), `${percent(today.abandoned, today.calls)} of ${plural(today.calls, 'call')}`)}
  </dl>`;
}

const MEANINGS = [
  ['Visit', 'A call in one queue. A call that goes through two queues visits both.'],
  ['Service level', 'Visits answered in time, of those that were answered or abandoned. In time is the wait in the heading or, if queues differ, in their rows; it begins when the call reaches the queue. Outgoing calls do not count, nor visits abandoned so early that your settings leave them out.'],
  ['Answered', 'Calls: somebody answered. In a queue: somebody whom this queue rang.'],
  ['Abandoned visits', 'The caller hung up while waiting in the queue.'],
  ['Abandoned calls', 'Nobody answered, and a queue had the call. Visits are more: if somebody answers a call and transfers it to a queue, where the caller hangs up, the call is answered.'],
  ['Voicemail', 'Calls that nobody answered, and in which the caller reached a voicemail.'],
  ['Missed', 'Calls that nobody answered, and that are neither abandoned, nor voicemail, nor outgoing.'],
  ['Unanswered', 'Outgoing calls that nobody answered.'],
  ['Voicemail, overflow, elsewhere of a queue', 'The visit ended in a voicemail, in another queue, or with somebody whom this queue did not ring. Beside the list of calls, these are Other.'],
  ['Speed of answer', 'Average wait in the queue of answered visits, without menus before the queue.'],
  ['Handle time', 'Average of talk and hold of answered calls; of a queue, of the whole call, per answered visit. Work after the call is not known.'],
  ['Talk, hold', 'Talk is time in conversation, without hold. The average talk above the list is that of answered calls.'],
  ['Longest wait', 'In a queue, without menus before it: now, and of finished calls of today.'],
  ['Wait from call start', 'Of inbound calls, until somebody answered or the caller left: with menus and queues. The list of calls and its average have this wait.'],
  ['Calls of an agent', 'Calls in which the phone rang or was used. Answered: the agent answered, or placed the call and somebody answered. Talk and handle time are those of the agent.'],
  ['No news, may have ended', 'No event of the call came for ten minutes. It may have ended unseen; without its caller, it no longer counts as waiting.'],
  ['Monitoring call', 'Somebody only listened to another call. It is in no other figure.'],
  ['Partial', 'Something of the call was not seen: its end, an event, or who had it next. It counts with what was seen.'],
];

const meanings = () => html`<section class="card"><h2>What the figures mean</h2>
  <dl class="meaning">${MEANINGS.map(([word, text]) => html`<div><dt>${word}</dt><dd>${text}</dd></div>`)}</dl></section>`;

export function queuesPage() {
  const board = state.wallboard;
  return html`<div class="sheet" tabindex="-1">
    ${dayTiles()}
    <section class="card"><h2>Queues <span class="soft">today ${dayText()}</span></h2>${queueTable(true)}</section>
    <section class="card"><h2>Calls per hour <span class="soft">today ${dayText()}</span><span class="grow"></span><span class="legend"><span><i class="key talking"></i>answered</span><span><i class="key menu"></i>not answered</span></span></h2><div class="wide-chart">${board ? hours(board, {height: 60, every: 2}) : nothing}</div></section>
    ${meanings()}
    <section class="card"><h2>Agents <span class="soft">today ${dayText()}</span></h2>${agentTable(true)}</section></div>`;
}

// Queues and agents: who waits now, and how the day has been. In full on its page, in short beside the list.
import {html, nothing} from './lit-html.js';
import {clock, count, lasted, length, percent, plural, share} from './format.js';
import {bar, goal, hours, inQueues, levelTile, show, threshold, tile, waitLink} from './tiles.js';
import {chip} from './row.js';
import {clockOf, doing, elapsed, liveCalls} from './board.js';
import {dayText} from './days.js';
import {queueKey} from './filters.js';
import {callAddress, pageAddress} from './router.js';
import {changed, state} from './state.js';

const slim = matchMedia('(max-width: 1430px)'); // few columns have room there
const places = {}; // by table: key of a row → its place

/** The rows of a table in order. They keep their places while somebody is at it. */
function inOrder(table, rows, before) {
  const held = document.querySelector(`[aria-label=${table}]:hover, [aria-label=${table}]:focus-within`);
  if (!held || !places[table]) places[table] = new Map([...rows].sort(before).map(({key}, index) => [key, index]));
  const place = ({key}) => places[table].get(key) ?? Infinity;
  return rows.sort((a, b) => (place(a) === place(b) ? before(a, b) : place(a) - place(b)));
}

const byName = (a, b) => String(a.label).localeCompare(String(b.label), 'en', {numeric: true}) || (a.key < b.key ? -1 : 1);

/** Those where most wait first, then the longest wait. */
const byWaiting = (a, b) => b.now.length - a.now.length || (b.now[0]?.waitMs ?? -1) - (a.now[0]?.waitMs ?? -1) || byName(a, b);

/** The count of those that the wallboard does not have: if it leaves some out, nobody knows it. */
const uncounted = (name) => (state.wallboard?.[`${name}Cut`] ? null : 0);

/** Queues of today and those where somebody waits now. */
function queues() {
  const no = uncounted('queues');
  const none = {calls: no, answered: no, answeredElsewhere: no, voicemail: no, overflow: no, abandoned: no, fax: no, averageWaitMs: null, averageHandleMs: null, longestWaitMs: null, serviceLevel: null};
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
  return inOrder('Queues', [...all.values()].map((queue) => ({...queue, twice: labels.filter((label) => label === queue.label).length > 1})), byWaiting);
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
    return {...agent, key, busy: found};
  });
  const no = uncounted('agents');
  for (const found of inCalls.values()) {
    const {accountId, names} = found.call;
    const id = found.party.extensionId;
    rows.push({accountId, id, key: agentKey(accountId, id), label: names?.[id] ?? id, calls: no, answered: no, talkMs: no, averageHandleMs: null,
      department: null, queues: [found.party.queueExtensionId].filter(Boolean), lastEnd: null, busy: found});
  }
  return rows;
}

const chosen = {queue: '', department: '', sort: 'name', reverse: false}; // of agents

/** Since when an agent is free or does something, in milliseconds; the longest is first. */
const stateMs = ({accountId, busy: call, lastEnd}) => (call ? elapsed(partyOf(call)) : lastEnd ? clockOf({accountId}) - Date.parse(lastEnd) : Infinity);

/** How agents are sorted: by name, or the most first. Free agents come before those who are in a call. */
const AGENT_ORDERS = {
  name: byName,
  now: (a, b) => Boolean(a.busy) - Boolean(b.busy) || stateMs(b) - stateMs(a) || byName(a, b),
  calls: (a, b) => b.calls - a.calls || byName(a, b),
  answered: (a, b) => b.answered - a.answered || byName(a, b),
  talk: (a, b) => b.talkMs - a.talkMs || byName(a, b),
  handle: (a, b) => (b.averageHandleMs ?? -1) - (a.averageHandleMs ?? -1) || byName(a, b),
};

function shownAgents() {
  const before = AGENT_ORDERS[chosen.sort];
  const taken = agents().filter(({accountId, queues: rungBy, department}) => (!chosen.queue || rungBy.some((id) => queueKey(accountId, id) === chosen.queue))
    && (!chosen.department || department === chosen.department));
  return inOrder('Agents', taken, chosen.reverse ? (a, b) => before(b, a) : before);
}

function agentHeading(name, text, numeric) {
  const on = chosen.sort === name;
  const click = () => {
    Object.assign(chosen, {sort: name, reverse: on && !chosen.reverse});
    delete places.Agents;
    changed();
  };
  return html`<th class=${numeric ? 'n' : ''} aria-sort=${on ? (chosen.reverse === (name === 'name') ? 'descending' : 'ascending') : nothing}><button type="button" class="link" @click=${click}>${text}${on ? (chosen.reverse ? ' ↑' : ' ↓') : ''}</button></th>`;
}

/** A filter of the agents; nothing if there is nothing to choose. */
function agentChoice(name, label, options) {
  if (!options.length) return nothing;
  const choose = (event) => {
    chosen[name] = event.target.value;
    changed();
  };
  return html`<select class="f ${chosen[name] ? 'set' : ''}" aria-label="${label} of the agents" @change=${choose}>
    ${[['', `${label}: any`], ...options].map(([key, text]) => html`<option value=${key} .selected=${key === chosen[name]}>${text}</option>`)}</select>`;
}

/** Agents belong to the queues that rang them: RingCentral sends no members of queues. */
function agentFilters() {
  const all = agents();
  const rung = new Set(all.flatMap(({accountId, queues: ids}) => ids.map((id) => queueKey(accountId, id))));
  const names = new Map(queues().map(({key, label, id, twice, accountId}) => [key, (label || id) + (twice ? ` (${accountId})` : '')]));
  const departments = [...new Set(all.map(({department}) => department).filter(Boolean))].sort();
  return html`${agentChoice('queue', 'Queue', [...rung].map((key) => [key, names.get(key) ?? key.slice(key.indexOf('/') + 1)]).sort((a, b) => a[1].localeCompare(b[1])))}
    ${agentChoice('department', 'Department', departments.map((each) => [each, each]))}`;
}

const longest = (queue) => (queue.now.length ? waitLink(queue.now[0]) : '–');
const level = ({serviceLevel}, differ) => html`<span class="level">${bar(serviceLevel?.of ? serviceLevel.met / serviceLevel.of : 0)}
  <span>${serviceLevel ? share(serviceLevel.met, serviceLevel.of) : '–'}${differ && serviceLevel ? ` in ${threshold(serviceLevel)}` : ''}</span></span>
  ${serviceLevel?.goal ? html`<span class="small">${goal(serviceLevel).words}</span>` : nothing}`;
const chipOf = (number, words, title) => (number ? html`<span class="chip lost" title=${title}>${count(number)} ${words}</span> ` : nothing);
const waits = (queue) => html`${chipOf(queue.lost, 'may have ended', 'Without news and without a caller: not counted')}${
  chipOf(queue.now.filter(({quiet}) => quiet).length, 'no news', 'No event for ten minutes; they are counted')}${queue.now.length
  ? html`<button type="button" class="chip ${queue.now[0].late ? 'bad' : 'ring'}" title="Show who waits in this queue" @click=${show({queue: queue.key, result: 'waiting'})}>${count(queue.now.length)}</button>` : html`<span class="soft">0</span>`}`;

/** A figure that opens the calls that it counts. */
const figure = (queue, name, part) => (queue[name]
  ? html`<button type="button" class="link" title="Show these calls" @click=${show({queue: queue.key, ...part})}>${count(queue[name])}</button>` : count(queue[name]));
const today = (queue) => (queue.longestWaitMs === null ? '–'
  : html`<a href=${callAddress(queue.accountId, queue.longestWaitCallId)} title="Show the call that waited so long">${lasted(queue.longestWaitMs)}</a>`);

const CALLS = ['calls', 'Visits', {result: 'over'}];
const ANSWERED = ['answered', 'Answered', {queueOutcome: 'answered'}];
const ABANDONED = ['abandoned', 'Abandoned visits', {queueOutcome: 'abandoned'}];
const OTHERS = [['voicemail', 'Voicemail'], ['overflow', 'Overflow'], ['answeredElsewhere', 'Elsewhere'], ['fax', 'Fax']]
  .map(([name, text]) => [name, text, {queueOutcome: name}]);

const COMPARED = ['calls', 'answered', 'abandoned'];

/** [name, heading, filter] of figures that add up to the calls; no fax where there is none. */
function figures(all, full) {
  if (!full) return slim.matches ? [ABANDONED] : [ANSWERED, ABANDONED];
  return [CALLS, ANSWERED, ABANDONED, ...OTHERS.filter(([name]) => name !== 'fax' || all.some((queue) => queue.fax))];
}

/** The same figure of yesterday and of a week ago, as far as they are known. */
function before(queue, text) {
  const days = [['yesterday', queue.yesterday], ['week ago', queue.lastWeek]].filter(([, day]) => day);
  return days.length ? html`<span class="small before">${days.map(([name, day]) => html`<span>${name} ${text(day)}</span>`)}</span>` : nothing;
}

const other = (queue) => html`<span title=${OTHERS.map(([name, text]) => `${text.toLowerCase()} ${count(queue[name])}`).join(', ')}>${queue.calls === null ? '–' : count(OTHERS.reduce((sum, [name]) => sum + queue[name], 0))}</span>`;

/** The thresholds that queues have. */
const thresholds = (all) => [...new Set(all.filter((queue) => queue.serviceLevel).map((queue) => threshold(queue.serviceLevel)))];

const nobody = (what) => html`<p class="empty">${state.wallboard ? `No ${what} had a call today.` : state.wallboardProblem ?? 'Loading …'}</p>`;

function queueTable(full) {
  const all = queues();
  if (!all.length) return nobody('queue');
  const shown = figures(all, full);
  const times = thresholds(all);
  const differ = times.length > 1;
  const heading = `Service level${times.length === 1 ? ` in ${times[0]}` : ''}`;
  const name = (queue) => html`<th scope="row"><button type="button" class="link" title="Show the calls of this queue" @click=${show({queue: queue.key})}>${queue.label || queue.id}</button>${queue.twice ? html` <span class="soft">${queue.accountId}</span>` : nothing}</th>`;
  const number = ([key, , part]) => (queue) => html`<td class="n ${key === 'abandoned' && queue.abandoned ? 'bad' : ''}">${figure(queue, key, part)}${full && COMPARED.includes(key) ? before(queue, (day) => count(day[key])) : nothing}</td>`;
  const cell = (text) => (queue) => html`<td class="n">${text(queue)}</td>`;
  const few = !full && slim.matches;
  const columns = [['Waiting now', cell(waits)], ['Longest wait now', cell(longest)], ...(few ? [] : [['Longest wait today', cell(today)]]),
    ...shown.map((each) => [each[1], number(each)]),
    ...(full ? [['Speed of answer', cell((queue) => length(queue.averageWaitMs))], ['Handle time', cell((queue) => length(queue.averageHandleMs))]] : few ? [] : [['Other', cell(other)]]),
    [heading, (queue) => html`<td>${level(queue, differ)}${full ? before(queue, ({serviceLevel}) => share(serviceLevel.met, serviceLevel.of)) : nothing}</td>`]];
  // What a supervisor on the way looks for is seen without scrolling.
  const first = (column) => ['Waiting now', 'Longest wait now', 'Abandoned visits', heading].indexOf(column);
  if (slim.matches) columns.sort((a, b) => (first(a[0]) < 0) - (first(b[0]) < 0) || (first(a[0]) < 0 ? 0 : first(a[0]) - first(b[0])));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Queues"><table class="plain"><thead><tr><th>Queue</th>${columns.map(([text]) => html`<th class=${text === heading ? '' : 'n'}>${text}</th>`)}</tr></thead>
    <tbody>${all.map((queue) => html`<tr class="${goal(queue.serviceLevel).colour} ${queue.now[0]?.late ? 'late' : ''}">${name(queue)}${columns.map(([, view]) => view(queue))}</tr>`)}</tbody></table></div>`;
}

/** Since the last call ended. */
const free = (agent) => html`<span class="soft">free${agent.lastEnd ? ` ${length(stateMs(agent))}` : ''}</span>`;

/** One who is in a call, as if he were a call: by its clock. */
const partyOf = ({call, party}) => ({accountId: call.accountId, doing: {state: WORDS[party.status] ?? 'connecting', since: party.since, lagMs: call.doing?.lagMs}});

const WORDS = {Answered: 'talking', Hold: 'onHold', Proceeding: 'ringing', Parked: 'parked', Setup: 'connecting', Voicemail: 'voicemail'};

function agentTable(full) {
  const rows = full ? shownAgents() : inOrder('Agents', agents(), AGENT_ORDERS[chosen.sort]);
  if (!rows.length) return chosen.queue || chosen.department ? html`<p class="empty">No agent matches the filter.</p>` : nobody('agent');
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Agents"><table class="plain"><thead><tr>${agentHeading('name', 'Agent')}${agentHeading('now', 'Now')}${full ? html`<th>Department</th>${agentHeading('calls', 'Calls', true)}` : nothing}${agentHeading('answered', 'Answered', true)}${agentHeading('talk', 'Talk', true)}${full ? agentHeading('handle', 'Handle time', true) : nothing}</tr></thead>
    <tbody>${rows.map((agent) => html`<tr><th scope="row"><button type="button" class="link" title="Show the calls of this agent" @click=${show({extension: agent.id})}>${agent.label || agent.id}</button></th>
      <td class="state">${agent.busy ? chip(partyOf(agent.busy)) : free(agent)}</td>
      ${full ? html`<td class="soft">${agent.department ?? '–'}</td><td class="n">${count(agent.calls)}</td>` : nothing}<td class="n">${count(agent.answered)}</td><td class="n">${lasted(agent.talkMs)}</td>${full ? html`<td class="n">${length(agent.averageHandleMs)}</td>` : nothing}</tr>`)}</tbody></table></div>`;
}

/** The wallboard has those with most calls. */
const cut = (name) => (state.wallboard?.[`${name}Cut`] ? html`<p class="hint rest">There are more ${name}: those with most calls are shown.</p>` : nothing);

export function sideView() {
  return html`<section class="card side" aria-label="Queues and agents"><h2>Queues <span class="soft">today ${dayText()}</span><span class="grow"></span>${meaningsLink()}</h2>${queueTable(false)}${cut('queues')}
    <h2>Agents <span class="soft">today ${dayText()}</span></h2>${agentTable(false)}${cut('agents')}</section>`;
}

const weekday = new Intl.DateTimeFormat('en-GB', {weekday: 'long'});

/** Today beside yesterday and the same weekday a week ago, each up to the hour that it is now. */
function comparison() {
  const {today, yesterday, lastWeek} = state.wallboard ?? {};
  if (!today) return nothing;
  if (!yesterday && !lastWeek) {
    return html`<section class="card"><h2>Was it better before?</h2><p class="hint rest">Nothing is known yet of yesterday, nor of the same weekday a week ago.</p></section>`;
  }
  const days = [['today so far', today], yesterday && [`yesterday until ${clock(yesterday.until).slice(0, 5)}`, yesterday],
    lastWeek && [`${weekday.format(new Date(lastWeek.until))} a week ago until ${clock(lastWeek.until).slice(0, 5)}`, lastWeek]].filter(Boolean);
  const of = (name) => (day) => `${count(day[name])} (${percent(day[name], day.calls)})`;
  const rows = [['Service level', (day) => share(day.serviceLevel.met, day.serviceLevel.of)], ['Calls', (day) => count(day.calls)], ['Answered', of('answered')],
    ['Abandoned', of('abandoned')], ['Missed', of('missed')], ['Voicemail', of('voicemail')]];
  return html`<section class="card"><h2>Was it better before?</h2><div class="scroll" tabindex="0" role="region" aria-label="Earlier days"><table class="plain compared"><thead><tr><th>Calls, all queues</th>
    ${days.map(([name]) => html`<th class="n">${name}</th>`)}</tr></thead>
    <tbody>${rows.map(([name, text]) => html`<tr><th scope="row">${name}</th>${days.map(([, day]) => html`<td class="n">${text(day)}</td>`)}</tr>`)}</tbody></table></div></section>`;
}

/** The figures of all queues and calls of today, each with what it counts. */
function dayTiles() {
  const today = state.wallboard?.today;
  if (!today) return nothing;
  const {visits} = today;
  return html`<dl class="tiles five" aria-label="Today">
    ${levelTile(today.serviceLevel)}
    ${tile('Speed of answer', length(visits.averageWaitMs), `average wait of ${count(visits.answered)} answered visits to queues`)}
    ${tile('Handle time', length(today.averageHandleMs), `talk and hold, average of ${plural(today.answered, 'answered call')}`)}
    ${tile('Abandoned visits', count(visits.abandoned), `${percent(visits.abandoned, visits.calls)} of ${plural(visits.calls, 'visit')} to queues`)}
    ${tile('Abandoned calls', count(today.abandoned), `${percent(today.abandoned, today.calls)} of ${plural(today.calls, 'call')}`)}
  </dl>`;
}

const MEANINGS = [
  ['Visit', 'A call in one queue. A call that goes through two queues visits both.'],
  ['Service level', 'Visits answered in time, of those that were answered or abandoned. In time is the wait in the heading or, if queues differ, in their rows; it begins when the call reaches the queue. Outgoing calls do not count, nor visits abandoned so early that your settings leave them out.'],
  ['Yesterday, week ago', 'Below a figure of a queue: the same figure of yesterday and of the same weekday a week ago, until the beginning of the hour that it is now, as far as the console knows it.'],
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
  ['Free', 'For how long: since the last finished call of the agent. Logged out, or busy elsewhere, is not known.'],
  ['Queues of an agent', 'Those that rang the agent. RingCentral does not send who belongs to a queue.'],
  ['Calls of an agent', 'Calls in which the phone rang or was used. Answered: the agent answered, or placed the call and somebody answered. Talk and handle time are those of the agent.'],
  ['No news, may have ended', 'No event of the call came for ten minutes. It may have ended unseen; without its caller, it no longer counts as waiting.'],
  ['Monitoring call', 'Somebody only listened to another call. It is in no other figure.'],
  ['Partial', 'Something of the call was not seen: its end, an event, or who had it next. It counts with what was seen.'],
];

const meanings = () => html`<details class="card" id="meanings"><summary>What the figures mean</summary>
  <dl class="meaning">${MEANINGS.map(([word, text]) => html`<div><dt>${word}</dt><dd>${text}</dd></div>`)}</dl></details>`;

/** A link to them, from any page. */
export const meaningsLink = () => html`<a class="soft" href=${pageAddress('queues')} @click=${() => setTimeout(() => {
  const all = document.getElementById('meanings');
  all.open = true;
  all.scrollIntoView();
}, 100)}>What the figures mean</a>`;

/** Browsers ask nobody: the link itself allows it. */
const fullScreen = () => document.documentElement.requestFullscreen?.().catch(() => {});

const MOST_ON_WALL = 7;

/** What is read from five metres: who waits, and how each queue does. The queues where most wait are first. */
export function wallPage() {
  const all = queues().sort(byWaiting);
  const shown = all.slice(0, MOST_ON_WALL);
  const waits = inQueues().filter(({lost}) => !lost);
  const today = state.wallboard?.today;
  const figureOf = (label, value, colour = '') => html`<div class="big ${colour}"><dt>${label}</dt><dd>${value}</dd></div>`;
  return html`<div class="wall" tabindex="-1"><h1 class="hidden">Callweave: who waits, and how the queues do</h1>
    <a class="leave" href=${pageAddress('queues')} aria-label="Leave the wallboard" title="Leave the wallboard (Escape)" @click=${() => document.fullscreenElement && document.exitFullscreen()}>×</a>
    <dl>${figureOf('waiting', count(waits.length), waits[0]?.late ? 'bad' : waits.length ? 'ring' : '')}
      ${figureOf('longest wait', waits.length ? length(waits[0].waitMs) : '–', waits[0]?.late ? 'bad' : '')}
      ${figureOf('service level', percent(today?.serviceLevel.met, today?.serviceLevel.of), goal(today?.serviceLevel).colour)}
      ${figureOf('abandoned today', count(today?.visits.abandoned))}</dl>
    <table aria-label="Queues" .style=${`--rows: ${Math.max(4, shown.length)}`}><thead><tr><th>Queue</th><th class="n">waiting</th><th class="n">longest</th><th class="n">abandoned</th><th class="n">service level</th></tr></thead>
      <tbody>${shown.map((queue) => html`<tr class=${queue.now[0]?.late ? 'late' : ''}><th scope="row">${queue.label || queue.id}${queue.twice ? ` ${queue.accountId}` : ''}</th>
        <td class="n ${queue.now[0]?.late ? 'bad' : queue.now.length ? 'ring' : ''}">${count(queue.now.length)}</td><td class="n ${queue.now[0]?.late ? 'bad' : ''}">${queue.now.length ? length(queue.now[0].waitMs) : '–'}</td>
        <td class="n">${count(queue.abandoned)}</td><td class="n ${goal(queue.serviceLevel).colour}">${queue.serviceLevel ? percent(queue.serviceLevel.met, queue.serviceLevel.of) : '–'}</td></tr>`)}</tbody></table>
    ${all.length > shown.length ? html`<p>and ${plural(all.length - shown.length, 'more queue')} where fewer wait</p>` : nothing}</div>`;
}

export function queuesPage() {
  const board = state.wallboard;
  return html`<div class="sheet" tabindex="-1">
    ${dayTiles()}
    <section class="card"><h2>Queues <span class="soft">today ${dayText()}</span><span class="grow"></span><a class="f wall-link" href=${pageAddress('wall')} @click=${fullScreen}>Wallboard in full screen</a></h2>${queueTable(true)}${cut('queues')}</section>
    ${comparison()}
    <section class="card"><h2>Calls per hour <span class="soft">today ${dayText()}</span><span class="grow"></span><span class="legend"><span><i class="key talking"></i>answered</span><span><i class="key menu"></i>not answered</span></span></h2><div class="wide-chart">${board ? hours(board, {height: 60, every: 2}) : nothing}</div></section>
    ${meanings()}
    <section class="card"><h2>Agents <span class="soft">today ${dayText()}</span><span class="grow"></span>${agentFilters()}</h2>${agentTable(true)}${cut('agents')}</section></div>`;
}

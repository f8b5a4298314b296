// Queues and agents: who waits now, and how the day has been. In full on its page, in short beside the list.
import {html, nothing} from './lit-html.js';
import {count, lasted, length, percent, span} from './format.js';
import {bar, hours, inQueues} from './tiles.js';
import {chip} from './row.js';
import {doing, liveCalls} from './board.js';
import {dayText} from './days.js';
import {setFilter} from './calls.js';
import {go, pageAddress} from './router.js';
import {EMPTY} from './filters.js';
import {now, state} from './state.js';

/** Queues of today and those where somebody waits now: the most waiting first, then by calls. */
function queues() {
  const all = new Map((state.wallboard?.queues ?? []).map((queue) => [queue.id, {...queue, now: [], silent: 0}]));
  for (const entry of inQueues()) {
    const {id, label} = entry.queue;
    if (!all.has(id)) all.set(id, {id, label, calls: 0, answered: 0, abandoned: 0, overflow: 0, averageWaitMs: null, serviceLevel: null, now: [], silent: 0});
    if (entry.quiet) all.get(id).silent++;
    else all.get(id).now.push(entry);
  }
  return [...all.values()].sort((a, b) => b.calls - a.calls || String(a.label).localeCompare(String(b.label)));
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
    rows.push({accountId, id, label: names?.[id] ?? id, calls: 0, answered: 0, talkMs: 0, busy: found});
  }
  return rows.sort((a, b) => String(a.label).localeCompare(String(b.label), 'en', {numeric: true}) || a.id.localeCompare(b.id));
}

const show = (part) => () => {
  setFilter({...EMPTY, ...part});
  go(pageAddress('calls'));
};

const longest = (queue) => (queue.now.length ? length(now() - queue.now[0].since) : '–');
const level = (queue) => html`<span class="level">${bar(queue.serviceLevel?.of ? queue.serviceLevel.met / queue.serviceLevel.of : 0)}
  <span>${queue.serviceLevel ? percent(queue.serviceLevel.met, queue.serviceLevel.of) : '–'}</span></span>`;
const waits = (queue) => html`${queue.silent ? html`<span class="chip lost" title="Without an event for ten minutes: they may have ended unseen">${count(queue.silent)} no news</span> ` : nothing}<span class=${queue.now.length ? 'chip ring' : 'soft'}>${count(queue.now.length)}</span>`;

function levelHeading(all) {
  const known = all.find((queue) => queue.serviceLevel)?.serviceLevel;
  const within = known ? ` within ${span(known.thresholdMs).replace('.0', '')}` : ' in time';
  return html`<th title=${`Answered${within} in this queue, without the menus before it; of those that were answered or abandoned here`}>Service level in queue</th>`;
}

const nobody = (what) => html`<p class="empty">${state.wallboard ? `No ${what} had a call today.` : state.wallboardProblem ?? 'Loading …'}</p>`;

function queueTable(full) {
  const all = queues();
  if (!all.length) return nobody('queue');
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Queues"><table class="plain"><thead><tr><th>Queue</th><th class="n" title="Now">Waiting</th><th class="n" title="Who waits longest in this queue now">Longest</th>
      ${full ? html`<th class="n">Calls</th><th class="n">Answered</th><th class="n">Abandoned</th><th class="n">Overflow</th><th class="n" title="Of the calls answered today, in this queue alone">Avg wait in queue</th>`
        : html`<th class="n">Answered</th><th class="n">Abandoned</th>`}${levelHeading(all)}</tr></thead>
    <tbody>${all.map((queue) => html`<tr><th scope="row"><button type="button" class="link" title="Show the calls of this queue" @click=${show({queue: queue.id})}>${queue.label || queue.id}</button></th>
      <td class="n">${waits(queue)}</td><td class="n">${longest(queue)}</td>
      ${full ? html`<td class="n">${count(queue.calls)}</td><td class="n">${count(queue.answered)}</td><td class="n ${queue.abandoned ? 'bad' : ''}">${count(queue.abandoned)}</td><td class="n">${count(queue.overflow)}</td><td class="n">${lasted(queue.averageWaitMs)}</td>`
        : html`<td class="n">${count(queue.answered)}</td><td class="n ${queue.abandoned ? 'bad' : ''}">${count(queue.abandoned)}</td>`}<td>${level(queue)}</td></tr>`)}</tbody></table></div>`;
}

const WORDS = {Answered: 'talking', Hold: 'onHold', Proceeding: 'ringing', Parked: 'parked', Setup: 'connecting', Voicemail: 'voicemail'};

function agentTable(full) {
  const rows = agents();
  if (!rows.length) return nobody('agent');
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Agents"><table class="plain"><thead><tr><th>Agent</th><th>Now</th><th class="n">${full ? 'Calls' : 'Answered'}</th>${full ? html`<th class="n">Answered</th>` : nothing}<th class="n">Talk</th></tr></thead>
    <tbody>${rows.map((agent) => html`<tr><th scope="row"><button type="button" class="link" title="Show the calls of this agent" @click=${show({extension: agent.id})}>${agent.label || agent.id}</button></th>
      <td class="state">${agent.busy ? chip({state: WORDS[agent.busy.party.status] ?? 'connecting', since: agent.busy.party.since}) : html`<span class="soft">free</span>`}</td>
      <td class="n">${count(full ? agent.calls : agent.answered)}</td>${full ? html`<td class="n">${count(agent.answered)}</td>` : nothing}<td class="n">${lasted(agent.talkMs)}</td></tr>`)}</tbody></table></div>`;
}

export function sideView() {
  return html`<section class="card side" aria-label="Queues and agents"><h2>Queues <span class="soft">today ${dayText()}</span></h2>${queueTable(false)}
    <h2>Agents <span class="soft">today ${dayText()}</span></h2>${agentTable(false)}</section>`;
}

export function queuesPage() {
  const board = state.wallboard;
  return html`<div class="sheet" tabindex="-1">
    <section class="card"><h2>Queues <span class="soft">today ${dayText()}</span></h2>${queueTable(true)}</section>
    <section class="card"><h2>Calls per hour <span class="soft">today${board ? `, ${board.timeZone}` : ''}</span><span class="grow"></span><span class="legend"><span><i class="key talking"></i>answered</span><span><i class="key menu"></i>not answered</span></span></h2><div class="wide-chart">${board ? hours(board, {height: 60, every: 2}) : nothing}</div></section>
    <section class="card"><h2>Agents <span class="soft">today ${dayText()}</span></h2>${agentTable(true)}</section></div>`;
}

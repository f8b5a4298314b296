// Whether calls agree with RingCentral's log: the hours that were compared, and each difference with its call and why it is so.
import {html, nothing} from './lit-html.js';
import {json} from './api.js';
import {count, plural, whole} from './format.js';
import {callAddress} from './router.js';
import {changed, state} from './state.js';

const AGAIN_MS = 60000;
const MOST = 500;
const KINDS = {
  differs: 'Different',
  onlyHere: 'Only here',
  onlyThere: 'Only in the log',
  partial: 'Partial here',
  unsettled: 'Log not settled',
};
const loaded = {hours: null, problem: null, account: null};
let timer = null;

/** Loads the comparisons now and every minute while they are shown. */
export function watchLog() {
  const shown = state.route.page === 'log' && state.phase === 'ready';
  if (!shown) {
    clearInterval(timer);
    timer = null;
  } else if (!timer || loaded.account !== state.account) {
    clearInterval(timer);
    timer = setInterval(load, AGAIN_MS);
    load();
  }
}

async function load() {
  loaded.account = state.account;
  try {
    const {hours} = await json(`/v1/audits${state.account ? `?account=${encodeURIComponent(state.account)}` : ''}`);
    Object.assign(loaded, {hours, problem: null});
  } catch (error) {
    loaded.problem = error.message;
  }
  changed();
}

const value = (text) => (text === null ? 'nothing' : text);

function says({kind, fields, otherAccount, inFeedGap, logRecords}) {
  const gap = inFeedGap ? ' Notifications may be missing at that time.' : '';
  const differing = fields.map(({field, here, there}) => {
    if (field === 'doubled') return `The log has it twice: ${there}.`;
    if (field === 'cut') return `The log has two records, one after the other: ${there}.`;
    return `${field}: ${value(here)}, in the log ${value(there)}.`;
  }).join(' ');
  if (kind === 'onlyHere') return 'The log has no record of it.';
  if (kind === 'onlyThere') return otherAccount ? 'Here it is a call of another account.' : `No call has it: ${logRecords.join(', ')}.${gap}`;
  return differing + gap;
}

function row(difference) {
  const {accountId, callId, kind, startTime, telephonySessionId} = difference;
  return html`<tr><td>${callId ? html`<a href=${callAddress(accountId, callId)} title="Show the call">${whole(startTime)}</a>` : whole(startTime)}</td>
    <td><span class="chip ${kind === 'unsettled' ? '' : 'bad'}">${KINDS[kind] ?? kind}</span></td><td class="wrap">${says(difference)}</td>
    <td class="soft">${telephonySessionId}</td><td class="n">${callId ? html`<a href=${callAddress(accountId, callId, 'why')}>Why?</a>` : nothing}</td></tr>`;
}

const hourRow = (hour) => html`<tr><th scope="row">${whole(hour.hour)}</th><td>${hour.accountId}</td><td class="n">${count(hour.compared)}</td><td class="n">${count(hour.equal)}</td>
  ${Object.keys(KINDS).map((kind) => html`<td class="n">${hour[kind] ? count(hour[kind]) : html`<span class="soft">0</span>`}</td>`)}<td class="n">${count(hour.notEnded)}</td></tr>`;

export function logPage() {
  const {hours, problem} = loaded;
  if (problem && !hours) return html`<div class="sheet"><section class="card"><div class="empty" role="alert"><b>The comparisons could not be loaded.</b> ${problem}</div></section></div>`;
  if (!hours) return html`<div class="sheet"><section class="card"><p class="empty">Loading …</p></section></div>`;
  if (!hours.length) {
    return html`<div class="sheet"><section class="card"><h2>Calls and RingCentral’s log</h2><p class="empty"><b>Nothing was compared.</b> With audit.every, such as 1h, the bridge compares the calls of each hour with RingCentral’s log.</p></section></div>`;
  }
  const differences = hours.flatMap((hour) => [...hour.differences].reverse());
  return html`<div class="sheet" tabindex="-1"><section class="card"><h2>Differences <span class="soft">newest first, ${plural(differences.length, 'session')}</span></h2>
    ${differences.length ? html`<div class="scroll" tabindex="0" role="region" aria-label="Differences"><table class="plain"><thead><tr><th>Started</th><th>What</th><th>Difference</th><th>Session</th><th class="n"></th></tr></thead>
      <tbody>${differences.slice(0, MOST).map(row)}</tbody></table></div>` : html`<p class="empty"><b>Everything agrees.</b> No session differs.</p>`}</section>
    <section class="card"><h2>Hours <span class="soft">sessions that started in them</span></h2><div class="scroll" tabindex="0" role="region" aria-label="Hours"><table class="plain"><thead><tr><th>Hour</th><th>Account</th><th class="n">Compared</th><th class="n">Equal</th>
      ${Object.values(KINDS).map((title) => html`<th class="n">${title}</th>`)}<th class="n">Not ended</th></tr></thead>
      <tbody>${hours.map(hourRow)}</tbody></table></div></section></div>`;
}

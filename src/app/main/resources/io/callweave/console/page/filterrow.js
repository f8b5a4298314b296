// The filter row above the list, its statistics, the export, and saved filters.
import {html, nothing} from './lit-html.js';
import {api} from './api.js';
import {list, liveShown, setFilter} from './calls.js';
import {count, lasted, length, plural} from './format.js';
import {ARTIFACTS, DIRECTIONS, EMPTY, QUEUE_OUTCOMES, RANGES, RESULTS, SORTS, TALKS, body, forget, isLive, queueKey, save, saved} from './filters.js';
import {dayText} from './days.js';
import {WAIT} from './row.js';
import {changed, notice, state} from './state.js';
import {enterList, phone, toTop} from './list.js';
import {callAddress} from './router.js';
import {meaningsLink} from './queues.js';

let naming = false;
let more = false;
let exporting = false;

const change = (part, wait) => {
  toTop();
  setFilter(part, wait);
};

function choice(name, label, options, unset = '') {
  const value = list.filter[name];
  return html`<select class="f ${value === unset ? '' : 'set'}" aria-label=${label} name=${name}
      @change=${(event) => change({[name]: event.target.value})}>
    ${options.map(([key, text]) => html`<option value=${key} .selected=${key === value}>${key === unset && text === 'any' ? `${label}: ${text}` : text}</option>`)}
  </select>`;
}

/** Choices of queues or agents from the wallboard, and the chosen one even if it had no call today. */
function known(entries, chosen, key = (entry) => entry.id) {
  const labels = (entries ?? []).map((entry) => entry.label || entry.id);
  const label = (text, {accountId}) => (labels.indexOf(text) === labels.lastIndexOf(text) ? text : `${text} (${accountId})`);
  const options = (entries ?? []).map((entry) => [key(entry), label(entry.label || entry.id, entry)]).sort((a, b) => a[1].localeCompare(b[1]));
  if (chosen && !options.some(([id]) => id === chosen)) options.push([chosen, chosen.slice(chosen.indexOf('/') + 1)]);
  return [['', 'any'], ...options];
}

function savedChoice() {
  const all = saved();
  const names = Object.keys(all).sort((a, b) => a.localeCompare(b));
  const current = names.find((name) => JSON.stringify({...EMPTY, ...all[name]}) === JSON.stringify(list.filter)) ?? '';
  const choose = (event) => {
    const value = event.target.value;
    if (value === '+') naming = true;
    else if (value === '-') forget(current);
    else if (value) change({...EMPTY, ...all[value.slice(1)]});
    event.target.value = current ? `=${current}` : '';
    changed();
    if (naming) requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector('.naming input')?.focus()));
  };
  return html`<select class="f" aria-label="Saved filters" @change=${choose}>
    <option value="" .selected=${!current}>Saved filters</option>
    ${names.map((name) => html`<option value=${`=${name}`} .selected=${name === current}>${name}</option>`)}
    <option value="+">Save this filter …</option>
    ${current ? html`<option value="-">Delete “${current}”</option>` : nothing}
  </select>`;
}

function nameForm() {
  const done = (event) => {
    event.preventDefault();
    const name = new FormData(event.target).get('name').trim();
    if (name) {
      save(name, list.filter);
      notice(`Filter “${name}” is saved in this browser.`);
    }
    naming = false;
    changed();
  };
  const cancel = () => {
    naming = false;
    changed();
  };
  return html`<form class="naming" @submit=${done} @keydown=${(event) => event.key === 'Escape' && (event.stopPropagation(), cancel())}>
    <label>Name of this filter <input name="name" maxlength="40" autocomplete="off" required></label>
    <button type="submit" class="primary">Save</button><button type="button" @click=${cancel}>Cancel</button></form>`;
}

async function download(format) {
  exporting = true;
  changed();
  try {
    const response = await api.export({...body(list.filter, state.account), format});
    const address = URL.createObjectURL(await response.blob());
    const link = document.createElement('a');
    link.href = address;
    link.download = `calls-${new Date().toISOString().slice(0, 10)}.${format}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    notice('The export is in your downloads.');
  } catch (error) {
    notice(`The export failed. ${error.message}`);
  }
  exporting = false;
  changed();
}

function exportChoice() {
  const start = (event) => {
    const format = event.target.value;
    event.target.value = '';
    download(format);
  };
  const live = isLive(list.filter);
  return html`<select class="f" aria-label="Export the calls of this filter" title=${live ? 'The filter shows live calls only, and an export has finished calls' : nothing} ?disabled=${exporting || live} @change=${start}>
    <option value="">${exporting ? 'Exporting …' : 'Export'}</option><option value="csv">As CSV</option><option value="ndjson">As NDJSON</option>
  </select>`;
}

export function statisticsView() {
  const figures = list.statistics;
  if (!figures) return html`<span class="statistics soft"></span>`;
  const {longestWait: longest} = figures;
  if (!figures.calls) return html`<span class="statistics soft">0 finished</span>`;
  const parts = [`${count(figures.calls)} finished`, ...[['talk', figures.averageTalkMs], ['wait', figures.averageWaitMs]].filter(([, ms]) => ms !== null).map(([name, ms]) => `avg ${name} ${length(ms)}`)];
  const link = longest ? html`, <a href=${callAddress(longest.accountId, longest.callId)} title=${`${longest.label ?? 'A caller'} waited longest. Show the call.`}>longest ${lasted(longest.waitMs)}</a>` : nothing;
  return html`<span class="statistics soft" title=${`${count(figures.answered)} answered, ${count(figures.missed)} missed, ${count(figures.abandoned)} abandoned calls, ${count(figures.voicemail)} voicemail. Wait: ${WAIT}`}>${parts.join(' · ')}${link}${figures.partial ? ` · ${count(figures.partial)} partial` : ''}</span>`;
}

/** Above the list: its name, its statistics, the export. */
export function callsHeading() {
  const range = {today: 'today', yesterday: 'yesterday', week: 'last 7 days', custom: ''}[list.filter.range];
  if (list.filter.result === 'waiting') return html`<h2>Waiting now <span class="soft">the longest wait in a queue first</span><span class="grow"></span><b>${plural(liveShown(), 'call')}</b></h2>`;
  return html`<h2>Calls <span class="soft">${range === undefined ? '' : `${range} ${dayText()}`}</span>${liveShown() ? html`<span class="live-count">${count(liveShown())} live</span>` : nothing}<span class="grow"></span>${statisticsView()}${state.route.page === 'calls' ? meaningsLink() : nothing}${exportChoice()}</h2>`;
}

export function filterRow() {
  const {filter} = list;
  const all = state.route.page === 'calls' && !state.route.callId;
  const small = phone.matches;
  const chosen = Object.keys(filter).filter((name) => !['text', 'sort'].includes(name) && filter[name] !== EMPTY[name]).length;
  const extra = Number(filter.direction !== '') + Number(filter.minTalk !== '') + Number(filter.transferred) + Number(filter.artifact !== '');
  const toggle = () => {
    more = !more;
    changed();
  };
  const button = (text, set, forced) => html`<button type="button" class="f ${set ? 'set' : ''}" aria-expanded=${String(more || forced)} ?disabled=${forced} @click=${toggle}>${text}</button>`;
  const open = more || (!small && (all || extra > 0));
  return html`<div class="filters" role="search" aria-label="Filter of the calls">
    <input class="f search ${filter.text ? 'set' : ''}" type="search" id="search" maxlength="200" placeholder="Number or name" aria-label="Number or name" aria-keyshortcuts="/"
      .value=${filter.text} @input=${(event) => change({text: event.target.value}, 100)} @keydown=${(event) => event.key === 'ArrowDown' && (event.preventDefault(), enterList())} autocomplete="off" spellcheck="false">
    ${filter.result === 'waiting' ? nothing : html`<span class="narrow">${choice('sort', 'Sort', SORTS)}</span>`}
    ${small ? button(`Filters${chosen ? ` · ${chosen}` : ''}`, chosen, false) : nothing}
    ${small && !more ? nothing : usualFilters()}
    ${small || all ? nothing : button('More', false, extra > 0)}
    ${open ? moreFilters(all || small) : nothing}
  </div>${list.namesCut ? html`<p class="cut" role="status">Many people have “${filter.text.trim()}” in their names: calls of some are left out. Type more of the name.</p>` : nothing}
  ${naming ? nameForm() : nothing}`;
}

function usualFilters() {
  const {filter} = list;
  return html`${choice('range', 'Time', RANGES, 'today')}
    ${filter.range === 'custom' ? html`
      <input class="f set" type="date" aria-label="From" .value=${filter.from} @change=${(event) => change({from: event.target.value})}>
      <input class="f set" type="date" aria-label="To" .value=${filter.to} @change=${(event) => change({to: event.target.value})}>` : nothing}
    ${choice('queue', 'Queue', known(state.wallboard?.queues, filter.queue, (queue) => queueKey(queue.accountId, queue.id)))}
    ${filter.queue ? choice('queueOutcome', 'In the queue', QUEUE_OUTCOMES) : nothing}
    ${choice('result', 'Result', RESULTS)}
    ${choice('extension', 'Agent', known(state.wallboard?.agents, filter.extension))}`;
}

function moreFilters(all) {
  const {filter} = list;
  const unchanged = JSON.stringify(filter) === JSON.stringify(EMPTY);
  return html`${all ? nothing : html`<span class="line"></span>`}
    ${choice('direction', 'Direction', DIRECTIONS)}
    ${choice('minTalk', 'Talk', TALKS)}
    ${choice('artifact', 'Recording, voicemail', ARTIFACTS)}
    <button type="button" class="f ${filter.transferred ? 'set' : ''}" aria-pressed=${filter.transferred ? 'true' : 'false'}
      @click=${() => change({transferred: !filter.transferred})}>Has transfer</button>
    ${savedChoice()}
    <button type="button" class="f clear" ?disabled=${unchanged} @click=${() => change(EMPTY)}>Clear</button>`;
}

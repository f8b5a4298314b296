// Who must be called back: a row for each number whose calls were missed or abandoned, with what happened since.
import {html, nothing} from './lit-html.js';
import {json} from './api.js';
import {liveCalls} from './board.js';
import {clock, count, plural, rowDay} from './format.js';
import {resultChip} from './row.js';
import {callAddress} from './router.js';
import {queueKey} from './filters.js';
import {changed, notice, now, state} from './state.js';
import {show} from './tiles.js';

const AGAIN_MS = 10000;
const MOST = 500;
const SINCE = [['today', 'Today'], ['today-1', 'Since yesterday'], ['today-6', 'Last 7 days'], ['', 'All that is kept']];
const KINDS = [['outside', 'Callers from outside'], ['menu', 'Hung up in a menu'], ['internal', 'Internal']];
const ORDERS = [['times', 'Most calls first'], ['newest', 'Newest first'], ['oldest', 'Oldest first']];
const chosen = {since: 'today', kind: 'outside', queue: '', order: 'times', all: false};
const loaded = {answer: null, problem: null};
let timer = null;
let asking = 0;

/** Loads the list now and every ten seconds while it is shown. */
export function watchCallbacks() {
  const shown = state.route.page === 'callback' && state.phase === 'ready';
  if (!shown) {
    clearInterval(timer);
    timer = null;
  } else if (!timer) {
    timer = setInterval(load, AGAIN_MS);
    load();
  }
}

async function load() {
  const mine = ++asking;
  const [of, queue] = chosen.queue ? chosen.queue.split('/') : [null, null];
  const body = {account: state.account ?? of, limit: MOST, ...(chosen.since && {fromDay: chosen.since}), ...(queue && {queue})};
  try {
    const answer = await json('/v1/callbacks', {body});
    if (mine === asking) Object.assign(loaded, {answer, problem: null});
  } catch (error) {
    if (mine === asking) loaded.problem = error.message;
  }
  changed();
}

function choice(name, label, options) {
  const choose = (event) => {
    chosen[name] = event.target.value;
    if (name === 'since' || name === 'queue') load();
    changed();
  };
  return html`<select class="f ${chosen[name] === options[0][0] ? '' : 'set'}" aria-label=${label} name=${name} @change=${choose}>
    ${options.map(([key, text]) => html`<option value=${key} .selected=${key === chosen[name]}>${text}</option>`)}</select>`;
}

const ofKind = (kind) => (loaded.answer?.callers ?? []).filter((caller) => caller.kind === kind);
const newest = (a, b) => (a.call.startTime < b.call.startTime ? 1 : -1);
const before = {newest, oldest: (a, b) => newest(b, a), times: (a, b) => b.times - a.times || newest(a, b)};
const shownCallers = () => ofKind(chosen.kind).filter(({answered}) => chosen.all || !answered).sort(before[chosen.order]);
const digits = (number) => number?.replace(/\D/g, '');
const since = ({again, back, answered}) => [again && `called again ${again === 1 ? '' : `${again} times`}`.trim(), back && `called back ${back === 1 ? '' : `${back} times`}`.trim(),
  answered ? 'answered then' : (again || back) && 'nobody answered'].filter(Boolean).join(', ');

const HEADINGS = ['Number', 'Name', 'Last missed', 'Result', 'Called', 'Missed calls', 'Called again', 'Called back', 'Answered then'];
/** Labels have the number behind the name. */
const nameOf = ({label, number}) => (number && label.endsWith(number) ? label.slice(0, -number.length).trim() : label);

const cells = ({call, times, again, back, answered}) => [call.from.number ?? '', nameOf(call.from), call.startTime, call.outcome, call.to.label,
  times, again, back, answered ? 'yes' : 'no'];

/** As CsvText: what a spreadsheet would take for a formula, also behind a semicolon, is made a text; a phone number is none. */
const safe = (text) => text.replace(/(?:^(?!\s*\+[0-9]+\s*$)|(?<=;)(?!\s*\+[0-9]+\s*(?:;|$)))(?=[\s"']*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g, "'");

async function copy() {
  try {
    await navigator.clipboard.writeText(shownCallers().map(({call}) => safe(call.from.number ?? '')).join('\n'));
    notice(`${plural(shownCallers().length, 'number')} copied.`);
  } catch {
    notice('The browser does not allow to copy. Use Export.');
  }
}

function download() {
  const lines = [HEADINGS, ...shownCallers().map(cells)].map((line) => line.map((text) => `"${safe(String(text)).replaceAll('"', '""')}"`).join(','));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([`${lines.join('\r\n')}\r\n`], {type: 'text/csv'}));
  link.download = `call-back-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function row(caller, talking) {
  const {call, times} = caller;
  const day = rowDay(call.startTime, now());
  const calls = show({range: 'all', text: call.from.number ?? call.from.label});
  return html`<tr class=${caller.answered ? 'done' : ''}><th scope="row"><button type="button" class="link" title="Show all calls of this number" @click=${calls}>${call.from.label}</button>
      ${talking.has(digits(call.from.number)) ? html` <span class="chip live talk">calls now</span>` : nothing}</th>
    <td><a href=${callAddress(call.accountId, call.callId)} title="Show the call">${day ? `${day} ` : ''}${clock(call.startTime).slice(0, 5)}</a> ${resultChip(call)}</td>
    <td>${call.to.label}</td><td class="n often">${count(times)}</td><td>${since(caller) || html`<span class="soft">–</span>`}</td></tr>`;
}

function table() {
  const rows = shownCallers();
  if (loaded.problem && !loaded.answer) return html`<div class="empty" role="alert"><b>The list could not be loaded.</b> ${loaded.problem}</div>`;
  if (!loaded.answer) return html`<p class="empty">Loading …</p>`;
  if (state.me.masked) return html`<p class="empty">Numbers are masked in this console: nobody can be called back.</p>`;
  if (!rows.length) return html`<p class="empty"><b>Nobody has to be called back.</b> Whoever reached somebody since is left out.</p>`;
  const talking = new Set(liveCalls().flatMap(({from, to}) => [digits(from?.phoneNumber), digits(to?.phoneNumber)]).filter(Boolean));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Call back"><table class="plain callers"><thead><tr><th>Number</th><th>Last missed or abandoned</th><th>Called</th><th class="n">How often</th><th>Since then</th></tr></thead>
    <tbody>${rows.map((caller) => row(caller, talking))}</tbody></table></div>`;
}

export function callbackPage() {
  const known = (state.wallboard?.queues ?? []).filter(({accountId}) => !state.account || accountId === state.account)
    .map(({accountId, id, label}) => [queueKey(accountId, id), label || id]).sort((a, b) => a[1].localeCompare(b[1]));
  const toggle = () => {
    chosen.all = !chosen.all;
    changed();
  };
  const rest = [loaded.answer?.withheld && `${plural(loaded.answer.withheld, 'missed call')} with a withheld number`, loaded.answer?.more && `${plural(loaded.answer.more, 'older number')} not shown`].filter(Boolean);
  const none = !shownCallers().length;
  return html`<div class="sheet" tabindex="-1"><section class="card"><h2>Call back <span class="soft">${plural(shownCallers().length, 'number')}</span><span class="grow"></span>
      <button type="button" class="f" ?disabled=${none} aria-label="Copy the numbers" @click=${copy}>Copy</button><button type="button" class="f" ?disabled=${none} @click=${download}>Export</button></h2>
    <div class="filters" role="search" aria-label="Who must be called back">${choice('since', 'Since', SINCE)}${choice('queue', 'Queue', [['', 'Queue: any'], ...known])}
      ${choice('kind', 'Who', KINDS.map(([kind, text]) => [kind, `${text} (${ofKind(kind).filter(({answered}) => chosen.all || !answered).length})`]))}
      ${choice('order', 'Order', ORDERS)}
      <button type="button" class="f ${chosen.all ? 'set' : ''}" aria-pressed=${String(chosen.all)} title="Also those of whom somebody answered a call since" @click=${toggle}>Reached too</button></div>
    ${table()}${rest.length ? html`<p class="hint rest">${rest.join('. ')}.</p>` : nothing}</section></div>`;
}

// Starts the page: loads what there is, follows the stream of changes, and draws.
import {html, nothing, render} from './lit-html.js';
import {api, onRefused} from './api.js';
import {keyOf} from './board.js';
import {load, onCall, onLive, onOver, setLive, settle, useFilter} from './calls.js';
import {callChanged, closeDrawer, drawerView, openDrawer, refresh} from './drawer.js';
import {examplesView} from './examples.js';
import {callsHeading, filterRow} from './filterrow.js';
import {fromQuery, leftOut} from './filters.js';
import {drawList, focusList, leaveList} from './list.js';
import {pageOf, PAGES} from './pages.js';
import {go, pageAddress, parse} from './router.js';
import {before, keysView, lost, showKeys, skipButton, topBar} from './shell.js';
import {changed, notice, now, onChange, state} from './state.js';
import {openStream} from './stream.js';
import {tilesView, waiting} from './tiles.js';
import {watchTimeline} from './timeline.js';

const ACCOUNT = 'callweave.account';
const RETRY_MS = 2000;
const RESET_MS = 3000; // all pages hear of a reset at once: they do not all load at once
const root = document.getElementById('app');
root.replaceChildren(); // that it opens was said before the script came
let stream = null;
let retry = null;
let unknown = null; // what is to be said of the address when the page is there

async function start() {
  clearTimeout(retry);
  stream?.close();
  try {
    state.me = await api.me();
    const wanted = localStorage.getItem(ACCOUNT);
    state.account = state.me.knownAccounts.includes(wanted) ? wanted : null;
    const snapshot = await api.live(null);
    snapshot.calls.forEach((call) => learn(call.accountId));
    setLive(snapshot.calls);
    state.phase = 'ready';
    state.connection = {kind: 'live', behindMs: null, lostAt: null};
    stream = openStream(snapshot.event, {event: onEvent, connection: onConnection});
    load();
    loadWallboard();
    tellUnknown();
    if (state.detail) refresh(); // of an earlier connection
    openDrawer();
    watchPages();
  } catch (error) {
    await failed(error);
  }
  changed();
}

async function failed(error) {
  if (error.status === 401) {
    state.phase = 'token';
    return;
  }
  state.phase = error.status === 503 ? 'filling' : 'failed';
  state.problem = error.message;
  if (error.status === 503) state.filled = (await api.health().catch(() => ({}))).calls ?? 0;
  retry = setTimeout(start, RETRY_MS);
}

onRefused(() => {
  stream?.close();
  state.phase = 'token';
  changed();
});

function onConnection(kind, why) {
  const {behindMs, lostAt} = state.connection;
  state.connection = kind === 'live' ? {kind, behindMs, lostAt: null} : {kind, why, behindMs: null, lostAt: lostAt ?? now()};
  changed();
}

/** The first call of an account can come while the page is open. */
function learn(accountId) {
  const {me} = state;
  if (accountId && !me.knownAccounts.includes(accountId)) me.knownAccounts = [...me.knownAccounts, accountId].sort();
}

function onEvent(name, data) {
  learn(data.accountId);
  switch (name) {
    case 'live':
      onLive(data);
      callChanged(keyOf(data));
      break;
    case 'over':
      onOver(data);
      callChanged(keyOf(data));
      break;
    case 'call':
      onCall(data);
      callChanged(keyOf(data));
      break;
    case 'gone':
      onCall({...data, status: 'superseded'});
      callChanged(keyOf(data));
      break;
    case 'windows':
      loadWallboard();
      break;
    case 'beat':
      state.connection = {kind: 'live', behindMs: data.behindMs ?? null, lostAt: data.silentSince ?? null, why: data.silentSince ? 'kafka' : null};
      changed();
      break;
    case 'reset':
      clearTimeout(retry);
      retry = setTimeout(start, Math.random() * RESET_MS);
      break;
    default: // of a newer server
  }
}

let wallboardLoading = false;
let wallboardWanted = false;

/** Loads the figures of the day, one request at a time. */
async function loadWallboard() {
  if (state.phase !== 'ready') return;
  wallboardWanted = true;
  if (wallboardLoading) return;
  wallboardLoading = true;
  while (wallboardWanted) {
    wallboardWanted = false;
    const {account} = state;
    try {
      const board = await api.wallboard(account);
      if (account === state.account) state.wallboard = board;
      state.wallboardProblem = null;
    } catch (error) {
      state.wallboardProblem = error.message;
    }
    changed();
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  wallboardLoading = false;
}

function chooseAccount(account) {
  state.account = account;
  state.wallboard = null;
  if (account) localStorage.setItem(ACCOUNT, account);
  else localStorage.removeItem(ACCOUNT);
  load();
  loadWallboard();
}

function callsCard() {
  return html`<section class="card calls" aria-label="Calls">${callsHeading()}${examplesView()}${filterRow()}<div class="listing"></div></section>`;
}

function pageView() {
  const {page, callId} = state.route;
  const {view, list} = pageOf(page);
  if (view) return view();
  const beside = callId ? drawerView() : list.beside?.() ?? nothing;
  return html`${list.tiles ? tilesView() : nothing}
    <div class="cols ${beside === nothing ? 'one' : ''} ${callId ? 'open' : ''}">${callsCard()}${beside}</div>`;
}

const watchPages = () => PAGES.forEach(({watch}) => watch?.());

function skip() {
  if (document.querySelector('.rows')) focusList();
  else document.querySelector('main').focus();
}

function draw() {
  const instead = before(start);
  const bare = !instead && pageOf(state.route.page).bare;
  render(html`${instead || bare ? nothing : skipButton(skip)}${bare ? nothing : topBar({chooseAccount})}${instead ?? html`<main class="page ${state.route.page}" tabindex="-1">${pageView()}</main>`}
    ${instead ? nothing : lost()}
    <div class="notice ${state.notice ? 'shown' : ''}" role="status">${state.notice ?? nothing}</div>${keysView()}`, root);
  drawList();
  watchTimeline(changed);
  const number = waiting().length;
  document.title = number ? `(${number} waiting) Callweave` : 'Callweave';
}

function tellUnknown() {
  if (unknown) notice(unknown);
  unknown = null;
}

function follow() {
  state.route = parse(location.hash);
  const {query} = state.route;
  if (query === null) return;
  useFilter(fromQuery(query));
  const wrong = leftOut(query);
  unknown = wrong.length ? `The link has a filter that this page does not know. These parts are left out: ${wrong.join(', ')}.` : null;
  if (state.phase === 'ready') tellUnknown();
}

addEventListener('hashchange', () => {
  follow();
  if (state.phase === 'ready') openDrawer();
  watchPages();
  changed();
});

// A title is shown to those who point; to those who tap, on tap. What does something when it is tapped does that.
addEventListener('click', (event) => {
  const told = event.pointerType === 'touch' && !event.target.closest('a, button, input, select, .canvas .row') && event.target.closest('[title]');
  if (told) notice(told.title);
});

addEventListener('keydown', (event) => {
  const typing = event.target.closest?.('input, textarea, select');
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    document.getElementById('search')?.focus();
    event.preventDefault();
  } else if (event.key === '?' && !typing) {
    showKeys();
  } else if (event.key === 'Escape' && !document.querySelector('dialog[open]')) {
    if (typing?.id === 'search' && typing.value) return; // the browser empties it
    if (typing) typing.blur();
    else if (pageOf(state.route.page).bare) go(pageAddress('queues'));
    else if (state.route.callId) closeDrawer();
    else leaveList();
  }
});
addEventListener('resize', changed);

onChange(draw);
follow();
draw();
start();
setInterval(changed, 1000); // the timers
setInterval(settle, 5000);
setInterval(loadWallboard, 60000);

// The frame of every page: the top bar, and what is shown before there is anything to show.
import {html, nothing} from './lit-html.js';
import {hasToken, useToken} from './api.js';
import {clock, count, span, zone} from './format.js';
import {isList, PAGES} from './pages.js';
import {list} from './calls.js';
import {pageAddress} from './router.js';
import {state} from './state.js';
import {waiting} from './tiles.js';

const STALE_MS = 10000;

function connection() {
  const {kind, behindMs, why} = state.connection;
  if (why === 'kafka') return html`<span class="connection off" role="status"><i></i><span>Kafka is silent</span></span>`;
  if (kind !== 'live') return html`<span class="connection off" role="status"><i></i><span>connecting again …</span></span>`;
  if (behindMs !== null && behindMs > STALE_MS) {
    return html`<span class="connection late" role="status"><i></i><span>live, ${span(behindMs)} behind</span></span>`;
  }
  // Not a status: it changes every few seconds and would be read aloud each time.
  return html`<span class="connection"><i></i><span>live<span class="behind">${behindMs === null ? nothing : `, ${span(behindMs)} behind`}</span></span></span>`;
}

const LOST = {
  full: 'As many pages are open as the console serves.',
  kafka: 'Kafka does not answer the console.',
};

/** The first stop of the Tab key. It is not seen until it has the focus. */
export function skipButton(skip) {
  return html`<button type="button" class="skip" @click=${skip}>Skip to the ${isList(state.route.page) ? 'calls' : 'content'}</button>`;
}

/** Says that the page shows the past. Over the page, so that nothing moves. */
export function lost() {
  const {lostAt, why} = state.connection;
  return html`<div class="notice lost ${lostAt ? 'shown' : ''}" role="status">${lostAt ? html`<b>${LOST[why] ?? 'The connection to the console is lost.'}</b>
    The page shows what was at ${clock(lostAt)}, and ${why === 'kafka' ? 'goes on' : 'connects again'} by itself.` : nothing}</div>`;
}

/** The pages; after the first, the calls that wait: the list with a filter of its own, which the other pages do not take over. */
function links() {
  const engineer = state.me?.accounts?.includes('*');
  const waits = state.route.page === 'calls' && list.filter.result === 'waiting';
  const link = (address, on, text) => html`<a href=${address} aria-current=${on ? 'page' : 'false'}>${text}</a>`;
  const number = state.phase === 'ready' ? waiting().length : 0;
  const pages = PAGES.filter(({operator, bare}) => !bare && (!operator || engineer))
    .map(({name, title}) => link(list.filter.result === 'waiting' ? `#/${name}` : pageAddress(name), state.route.page === name && !waits, title));
  return [pages[0], link('#/calls?result=waiting', waits, html`Waiting${number ? html` <span class="chip ring">${number}</span>` : nothing}`), ...pages.slice(1)];
}

const KEYS = [['/', 'search'], ['↓', 'from the search into the list'], ['↑ ↓ Page Home End', 'another call'], ['Enter', 'open the call'], ['← →', 'the next view of the call'],
  ['Esc', 'back: from the call to the list, from the list to the search'], ['Tab', 'the next link or button'], ['?', 'these keys']];

/** The keys, if somebody asks. The browser closes it with Escape, and gives the focus back. */
export const keysView = () => html`<dialog class="card keys" aria-labelledby="keys"><h2 id="keys">Keys</h2>
  <dl>${KEYS.map(([key, text]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${text}</dd></div>`)}</dl>
  <form method="dialog"><button type="submit" class="primary">Close</button></form></dialog>`;

export const showKeys = () => document.querySelector('dialog.keys').showModal();

export function topBar({chooseAccount}) {
  const known = state.me?.knownAccounts ?? [];
  return html`<header class="bar-top"><h1 class="brand">Callweave</h1>
    <nav aria-label="Pages">${links()}</nav>
    <span class="grow"></span>
    ${state.me?.masked ? html`<span class="chip quiet" title="Names and numbers are masked">masked</span>` : nothing}
    ${state.me?.excluding ? html`<span class="chip quiet" title="privacy.exclude leaves out calls. They are in no list; the figures of a day, an agent or a queue count them.">calls left out</span>` : nothing}
    ${state.me ? connection() : nothing}
    ${known.length > 1 ? html`<select class="sel" aria-label="Account" @change=${(event) => chooseAccount(event.target.value || null)}>
      <option value="" .selected=${!state.account}>All accounts</option>
      ${known.map((id) => html`<option value=${id} .selected=${id === state.account}>${id}</option>`)}</select>`
    : known.length === 1 ? html`<span class="sel account" title="Account">${known[0]}</span>` : nothing}
    <span class="sel zone" title="Times are in this time zone">${zone}</span><button type="button" class="help" aria-label="Keys" title="Keys (?)" @click=${showKeys}>?</button></header>`;
}

const centre = (content) => html`<main class="centre"><div class="card">${content}</div></main>`;

function tokenForm(retry) {
  const enter = (event) => {
    event.preventDefault();
    useToken(new FormData(event.target).get('token').trim());
    retry();
  };
  return centre(html`<form @submit=${enter}><h2>This console needs an access token</h2>
    <p>${hasToken() ? html`<span class="problem" role="alert">The console does not know this token.</span> Check it, or ask who runs the console for a new one.`
      : 'Ask who runs the console for yours.'}</p>
    <label>Access token <input type="password" name="token" autocomplete="current-password" required autofocus></label>
    <button type="submit" class="primary">Open the console</button>
    <p class="soft small">The token stays in this browser tab and is forgotten when you close it.</p></form>`);
}

/** What is shown instead of the pages while there is no data; null if there is. */
export function before(retry) {
  switch (state.phase) {
    case 'ready': return null;
    case 'token': return tokenForm(retry);
    case 'filling': return centre(html`<h2>The console is filling its store</h2>
      <p role="status">It reads the calls of the last days from Kafka. ${state.filled ? `${count(state.filled)} calls so far.` : ''} The page opens by itself.</p><div class="progress" aria-hidden="true"><i></i></div>`);
    case 'failed': return centre(html`<h2>The console does not answer</h2><p role="alert">${state.problem}</p>
      <button type="button" class="primary" @click=${retry}>Try again</button><p class="soft small">The page also tries again by itself.</p>`);
    default: return centre(html`<p class="soft" role="status">Opening the console …</p>`);
  }
}

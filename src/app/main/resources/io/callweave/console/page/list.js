// The call list: only rows that are visible, plus some, are in the document. It has the focus itself; keys move the active row.
import {html, nothing, render} from './lit-html.js';
import {plural, rowDay} from './format.js';
import {callAddress, go, pageAddress} from './router.js';
import {EMPTY} from './filters.js';
import {items, list, load, more, setFilter} from './calls.js';
import {changed, now, state} from './state.js';
import {WAIT, headings, rowView} from './row.js';
import {atList, isAtList, letMove, news, steady} from './steady.js';

const SPARE = 8;
export const phone = matchMedia('(max-width: 760px)');
phone.addEventListener('change', changed);
const rowHeight = () => (phone.matches ? 62 : 38);
const HEAD = 34;

let box = null; // the element that scrolls
let active = null; // key of the row that the arrow keys have reached
let resize = null;
let scrolling = null;

const headHeight = () => (phone.matches ? 0 : HEAD);
const selectedKey = () => (state.route.callId ? `${state.route.account}/${state.route.callId}` : null);

function open(item) {
  active = item.key;
  const [account, ...id] = item.key.split('/');
  go(callAddress(account, id.join('/')));
  changed();
}

let following = null;

function onKey(event) {
  here();
  const all = steady(items(), list.held);
  const height = rowHeight();
  const at = all.findIndex((item) => item.key === (active ?? selectedKey()));
  const jump = Math.max(1, Math.floor(box.clientHeight / height) - 2);
  const steps = {ArrowDown: 1, ArrowUp: -1, PageDown: jump, PageUp: -jump, Home: -all.length, End: all.length};
  if (event.key === 'Enter' && at >= 0) {
    open(all[at]);
  } else if (event.key in steps && all.length && !event.metaKey && !event.ctrlKey) {
    const next = Math.min(all.length - 1, Math.max(0, at + steps[event.key]));
    active = all[next].key;
    const top = next * height;
    if (top < box.scrollTop) box.scrollTop = top;
    const bottom = top + height + headHeight() - box.clientHeight;
    if (bottom > box.scrollTop) box.scrollTop = bottom;
    clearTimeout(following);
    if (state.route.callId && !phone.matches) following = setTimeout(() => open(all[next]), 120);
    changed();
  } else {
    return;
  }
  event.preventDefault();
}

function hold() {
  list.held = box !== null && (isAtList() || box.scrollTop > 0);
  return list.held;
}

const here = () => {
  atList(true);
  hold();
};

function away() {
  atList(box.matches(':focus-visible'));
  hold();
  changed();
}

function onScroll() {
  hold();
  scrolling ??= requestAnimationFrame(() => {
    scrolling = null;
    drawList();
  });
}

/** Draws the list alone into its place, if the page has one: scrolling changes nothing else. */
export function drawList() {
  const place = document.querySelector('.listing');
  if (place) render(listView(), place);
  const found = document.querySelector('.rows');
  if (found === box) return;
  box = found;
  resize?.disconnect();
  if (!box) return;
  resize = new ResizeObserver(changed);
  resize.observe(box);
}

export const focusList = () => box?.focus({preventScroll: true});

let before = null; // what had the focus before the list

/** Goes on into the list: to the row where somebody was, else to the first. */
export function enterList() {
  before = document.activeElement;
  active ??= selectedKey() ?? items()[0]?.key ?? null;
  focusList();
  changed();
}

/** Back to where somebody was before the list; returns whether there was such a place. */
export function leaveList() {
  if (document.activeElement !== box || !before?.isConnected) return false;
  before.focus();
  before = null;
  return true;
}

export function toTop() {
  if (box) box.scrollTop = 0;
  letMove();
}

function message(all) {
  if (list.problem) {
    return html`<div class="empty" role="alert"><b>The calls could not be loaded.</b> ${list.problem}
      <button type="button" @click=${load}>Try again</button></div>`;
  }
  if (all.length) return nothing;
  if (list.loading) return html`<div class="empty">Loading calls …</div>`;
  if (list.filter.result === 'waiting') return html`<div class="empty"><b>Nobody waits.</b> Callers who come to a queue appear here, the longest wait first.</div>`;
  const filtered = JSON.stringify({...list.filter, range: '', sort: ''}) !== JSON.stringify({...EMPTY, range: '', sort: ''});
  const kept = list.kept ? html`${plural(list.kept, 'call')} in all that is kept. <button type="button" class="primary" @click=${() => setFilter({range: 'all'})}>Show ${list.kept === 1 ? 'it' : 'them'}</button>` : nothing;
  const when = {today: ' today', yesterday: ' yesterday', week: ' in the last 7 days', custom: ' on these days'}[list.filter.range] ?? '';
  if (filtered) {
    return html`<div class="empty"><b>No call matches the filter${when}.</b> ${kept}
      <button type="button" @click=${() => setFilter(EMPTY)}>Clear the filter</button></div>`;
  }
  return html`<div class="empty"><b>No calls${when || ' yet'}.</b>
    A call appears here as soon as its first event arrives. ${state.me.accounts.includes('*')
      ? html`If you expect calls, look at <a href=${pageAddress('engine')}>Engine</a>: events may be late or missing.`
      : `If you expect calls, ask who runs the console: your token shows ${state.me.accounts.length > 1 ? 'the accounts' : 'account'} ${state.me.accounts.join(', ')} only.`}
    ${kept}</div>`;
}

/** Longest first, and with another click newest first again. */
function sorter(text, sort) {
  const on = list.filter.sort === sort;
  const click = () => {
    toTop();
    setFilter({sort: on ? '' : sort});
  };
  return html`<button type="button" class="link" title=${`${sort === 'wait' ? `${WAIT}. Callers who wait in a queue now come first. ` : ''}Click for ${on ? 'the newest' : `the longest ${sort}`} first`} @click=${click}>${text}${on ? ' ↓' : ''}</button>`;
}

function listView() {
  const all = steady(items(), hold());
  const height = rowHeight();
  const waiting = list.filter.result === 'waiting';
  const wide = !state.route.callId && state.route.page === 'calls' && innerWidth >= 1100;
  const scrolled = box?.scrollTop ?? 0;
  const seen = box?.clientHeight ?? 800;
  const first = Math.max(0, Math.floor(scrolled / height) - SPARE);
  const last = Math.min(all.length, Math.ceil((scrolled + seen) / height) + SPARE);
  list.seen = last;
  if (last > all.length - 40 && list.next) queueMicrotask(more);
  const selected = selectedKey();
  const at = active ?? selected;
  const shown = all.slice(first, last);
  const activeIndex = shown.findIndex((item) => item.key === at);
  return html`<div class="rows ${wide ? 'wide' : ''} ${shown.some(({live, row}) => rowDay((row ?? live).startTime, now())) ? 'dated' : ''} ${list.filter.sort === 'wait' ? 'by-wait' : ''}" role="grid" aria-label="Calls" tabindex="0" aria-rowcount=${list.next ? -1 : all.length + 1}
      aria-activedescendant=${activeIndex < 0 ? nothing : `row-${first + activeIndex}`}
      @scroll=${onScroll} @keydown=${onKey} @pointerenter=${here} @pointermove=${here} @pointerleave=${away} @focusin=${here} @focusout=${away}>
    <div role="row" class="row head" aria-rowindex="1">
      ${headings(wide, waiting).map(([name, text, sort]) => html`<span role="columnheader" class=${name} aria-sort=${sort && list.filter.sort === sort ? 'descending' : nothing}>${
        sort && list.statistics && 'longestWait' in list.statistics ? sorter(text, sort) : text}</span>`)}
    </div>
    <div class="canvas" role="rowgroup" .style=${`height:${all.length * height}px`}>
      ${shown.map((item, index) => rowView(item, {
        index: first + index, top: (first + index) * height, height, wide, waiting, phone: phone.matches,
        selected: item.key === selected, active: item.key === at, open: () => open(item),
      }))}
    </div>
  </div>
  ${message(all)}
  ${news.number ? html`<button type="button" class="news" @click=${() => { toTop(); changed(); }}>↑ ${plural(news.number, 'new call')}</button>` : nothing}`;
}

// The page for engineers: rates, lags, and notifications that could not be read.
import {html, nothing} from './lit-html.js';
import {json} from './api.js';
import {jsonView} from './evidence.js';
import {count, plural, span, whole} from './format.js';
import {changed, state} from './state.js';

const SLOWEST = 5;
const opened = new Set();
let timer = null;

/** Loads the page's figures now and every five seconds while it is shown. */
export function watchEngine() {
  const shown = state.route.page === 'engine' && state.phase === 'ready';
  if (!shown) {
    clearInterval(timer);
    timer = null;
  } else if (!timer) {
    timer = setInterval(load, 5000);
    load();
  }
}

async function load() {
  try {
    const engine = await json('/v1/engine');
    const known = state.letters && state.engine?.deadLetters === engine.deadLetters;
    state.letters = known ? state.letters : (await json('/v1/dead-letters')).letters;
    state.engine = engine;
    state.engineProblem = null;
  } catch (error) {
    state.engineProblem = [403, 404].includes(error.status) ? 'This page is for tokens that may see every account.' : error.message;
  }
  changed();
}

const rate = (perSecond) => (perSecond === null || perSecond === undefined ? '–' : perSecond.toLocaleString('en', {maximumFractionDigits: 1, minimumFractionDigits: 1}));
const tile = (label, value, detail, bad) => html`<div class="tile ${bad ? 'bad' : ''}"><dt>${label}</dt><dd class="v">${value}</dd><dd class="s">${detail}</dd></div>`;

/** Bytes as hexadecimal numbers and letters, 16 in a line. */
function hex(base64) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)).slice(0, 4096);
  const lines = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const part = [...bytes.slice(at, at + 16)];
    const numbers = part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ').padEnd(47);
    const letters = part.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${at.toString(16).padStart(4, '0')}  ${numbers}  ${letters}`);
  }
  return lines.join('\n');
}

function letterRow(letter, index) {
  const key = `${letter.at} ${letter.source} ${index}`;
  const open = opened.has(key);
  const toggle = () => {
    if (!opened.delete(key)) opened.add(key);
    changed();
  };
  return html`<tr><td>${whole(letter.at)}</td><td><span class="chip bad">${letter.reason}</span></td><td class="wrap">${letter.message}</td><td class="soft">${letter.source}</td>
      <td class="n"><button type="button" class="link" aria-expanded=${String(open)} aria-label="${open ? 'Hide' : 'Show'} dead letter ${index + 1}" @click=${toggle}>${open ? 'Hide' : 'Show'}</button></td></tr>
    ${open ? html`<tr class="below"><td colspan="5">${letter.text ? jsonView(letter.text) : nothing}<pre class="json" tabindex="0">${hex(letter.base64 ?? '')}</pre></td></tr>` : nothing}`;
}

function lettersView() {
  if (!state.letters?.length) return html`<p class="empty">No dead letters. Every notification could be read.</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Dead letters"><table class="plain"><thead><tr><th>Time</th><th>Reason</th><th>Message</th><th>Source</th><th class="n">Bytes</th></tr></thead>
    <tbody>${state.letters.map(letterRow)}</tbody></table></div>`;
}

/** The partitions with the greatest clock lag: all calls wait for the slowest. */
function clockTable({clock}) {
  const slow = (clock?.partitions ?? []).filter(({lagMs}) => lagMs !== 0).sort((a, b) => (b.lagMs ?? Infinity) - (a.lagMs ?? Infinity)).slice(0, SLOWEST);
  if (!slow.length) return nothing;
  return html`<table class="plain"><thead><tr><th>Slowest partitions of notifications</th><th class="n">Clock lag</th></tr></thead>
    <tbody>${slow.map(({partition, lagMs}) => html`<tr><th scope="row">${partition}</th><td class="n">${lagMs === null ? 'not known' : span(lagMs)}</td></tr>`)}</tbody></table>`;
}

export function enginePage() {
  const {engine} = state;
  if (state.engineProblem && !engine) {
    return html`<div class="sheet"><section class="card"><div class="empty" role="alert"><b>The engine's figures could not be loaded.</b> ${state.engineProblem}</div></section></div>`;
  }
  if (!engine) return html`<div class="sheet"><section class="card"><p class="empty">Loading …</p></section></div>`;
  const lag = engine.groups.reduce((sum, group) => sum + Math.max(0, group.lag ?? 0), 0);
  const input = engine.topics.find((topic) => topic.name.endsWith('notifications'));
  return html`<div class="sheet">
    <dl class="tiles five">
      ${tile('Notifications', rate(input?.perSecond), 'per second')}
      ${tile('Consumer lag', count(lag), 'records not yet read, all groups')}
      ${tile('Clock lag', Number.isFinite(engine.clock?.lagMs) ? span(engine.clock.lagMs) : '–', 'age of the oldest unread notification')}
      ${tile('Console', Number.isFinite(engine.behindMs) ? span(engine.behindMs) : '–', 'behind the newest record of its topics')}
      ${tile('Dead letters', count(engine.deadLetters), engine.deadLetters ? 'could not be read; see below' : 'none', engine.deadLetters > 0)}
    </dl>
    <div class="halves">
      <section class="card"><h2>Topics</h2><div class="scroll" tabindex="0" role="region" aria-label="Topics"><table class="plain"><thead><tr><th>Topic</th><th class="n">Per second</th><th class="n">End offset</th></tr></thead>
        <tbody>${engine.topics.map((topic) => html`<tr><th scope="row">${topic.name}</th><td class="n">${rate(topic.perSecond)}</td><td class="n">${count(topic.end)}</td></tr>`)}</tbody></table></div></section>
      <section class="card"><h2>Consumer groups</h2><div class="scroll" tabindex="0" role="region" aria-label="Consumer groups"><table class="plain"><thead><tr><th>Group</th><th class="n">Lag</th></tr></thead>
        <tbody>${engine.groups.map((group) => html`<tr><th scope="row">${group.group}</th><td class="n">${count(group.lag)}</td></tr>`)}</tbody></table></div>
        ${clockTable(engine)}</section>
    </div>
    <section class="card"><h2>Dead letters <span class="soft">newest first${state.letters?.length ? `, ${plural(state.letters.length, 'letter')}` : ''}</span></h2>${lettersView()}</section></div>`;
}

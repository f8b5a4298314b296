// What is behind a call: its notifications as received, why it was emitted, and the record.
import {html, nothing} from './lit-html.js';
import {api} from './api.js';
import {clockMillis, plural, span} from './format.js';
import {changed, state} from './state.js';

let order = 'arrival';
const opened = new Set();

/** Loads what a tab needs, once for each revision of the call. */
export async function loadEvidence(detail, tab, newer = false) {
  const name = tab === 'notifications' ? 'notifications' : tab === 'why' ? 'why' : null;
  if (!name || (!newer && (detail[name] || detail[`${name}Loading`]))) return;
  const mine = (detail[`${name}Loading`] = {});
  let loaded;
  try {
    loaded = await api[name](detail.account, detail.callId);
    for (const entry of loaded.notifications ?? []) entry.what = what(entry.text);
  } catch (error) {
    loaded = newer && detail[name] ? detail[name] : {problem: error.message};
  }
  const shown = state.detail; // it may have been loaded again since
  if (shown?.key !== detail.key || shown[`${name}Loading`] !== mine) return;
  shown[`${name}Loading`] = null;
  shown[name] = loaded;
  if (loaded.steps) shown.steps = loaded.steps; // of a call that goes on
  if (loaded.lanes) shown.lanes = loaded.lanes; // these know the sequence of each event, and which was late
  changed();
}

/** What a notification says of each party: [{party, status}]; nothing if it is no JSON. */
function what(text) {
  try {
    return JSON.parse(text).body.parties.map(({id, status}) => ({party: id, status: [status.code, status.reason && `(${status.reason})`].filter(Boolean).join(' ')}));
  } catch {
    return [];
  }
}

const again = (detail, name) => () => {
  detail[name] = null;
  loadEvidence(detail, name);
  changed();
};

export const problem = (detail, name) => html`<div class="empty" role="alert"><b>This could not be loaded.</b> ${detail[name].problem}
  <button type="button" @click=${again(detail, name)}>Try again</button></div>`;

/** JSON with its parts in colours; a text that is no JSON stays as it is. */
export function jsonView(text) {
  let pretty = text;
  try {
    pretty = JSON.stringify(typeof text === 'string' ? JSON.parse(text) : text, null, 2);
  } catch {
    return html`<pre class="json" tabindex="0">${text}</pre>`;
  }
  if (pretty.length > 300000) return html`<pre class="json" tabindex="0">${pretty}</pre>`;
  const parts = pretty.split(/("(?:[^"\\]|\\.)*"(?:\s*:)?)/);
  return html`<pre class="json" tabindex="0">${parts.map((part, index) =>
    index % 2 === 0 ? part : html`<span class=${part.endsWith(':') ? 'name' : 'text'}>${part}</span>`)}</pre>`;
}

/** Numbers that never came, as rows between those that did. */
const missing = (detail) => (detail.call?.sessions ?? []).flatMap(({telephonySessionId, missingSequences}) =>
  missingSequences.map(([first, last]) => ({telephonySessionId, sequence: first, last})));

export function notificationsView(detail) {
  const loaded = detail.notifications;
  if (!loaded) return html`<p class="empty">Reading the notifications …</p>`;
  if (loaded.problem) return problem(detail, 'notifications');
  const arrived = loaded.notifications.map((entry, index) => ({...entry, index: index + 1}));
  const sequence = (a, b) => a.telephonySessionId.localeCompare(b.telephonySessionId) || a.sequence - b.sequence;
  const shown = order === 'arrival' ? arrived : [...arrived, ...missing(detail)].sort(sequence);
  const sessions = [...new Set(arrived.map((entry) => entry.telephonySessionId))];
  const highest = new Map();
  const disordered = new Set();
  for (const entry of arrived.filter((each) => each.sequence !== null)) {
    if (entry.sequence < (highest.get(entry.telephonySessionId) ?? 0)) disordered.add(entry.index);
    else highest.set(entry.telephonySessionId, entry.sequence);
  }
  const choose = (name) => () => {
    order = name;
    changed();
  };
  return html`<div class="tools"><span class="soft">${plural(arrived.length, 'notification')}, ${plural(sessions.length, 'session')}${disordered.size ? `, ${disordered.size} out of order` : ''}</span>
      <span class="grow"></span>
      <span class="segments" role="group" aria-label="Order">
        <button type="button" aria-pressed=${String(order === 'arrival')} @click=${choose('arrival')}>By arrival</button>
        <button type="button" aria-pressed=${String(order === 'sequence')} @click=${choose('sequence')}>By sequence</button></span></div>
    ${loaded.missing ? html`<p class="hint">${loaded.missing}</p>` : nothing}
    ${arrived.length ? html`<div class="scroll" tabindex="0" role="region" aria-label="Notifications"><table class="plain notifications">
      <thead><tr><th class="n">#</th><th>Received</th><th class="n">Sequence</th><th>What</th>${sessions.length > 1 ? html`<th>Session</th>` : nothing}<th class="n">Delay</th><th class="n">Text</th></tr></thead>
      <tbody>${shown.map((entry) => (entry.last ? missingRow(entry, sessions) : notificationRow(detail, entry, sessions, disordered)))}</tbody></table></div>` : nothing}`;
}

function missingRow({sequence, last}, sessions) {
  return html`<tr class="gone"><td></td><td></td><td class="n">${sequence === last ? sequence : `${sequence}–${last}`}</td>
    <td colspan=${sessions.length > 1 ? 4 : 3}>did not arrive</td></tr>`;
}

function notificationRow(detail, entry, sessions, disordered) {
  const key = `${entry.telephonySessionId} ${entry.receivedAt} ${entry.index}`;
  const open = opened.has(key);
  const toggle = () => {
    if (!opened.delete(key)) opened.add(key);
    changed();
  };
  const columns = sessions.length > 1 ? 7 : 6;
  const name = (party) => detail.lanes.find((lane) => lane.partyId === party)?.label ?? party;
  return html`<tr><td class="n" title=${entry.offset === undefined ? nothing : `Partition ${entry.partition}, offset ${entry.offset}`}>${entry.index}</td><td>${clockMillis(entry.receivedAt)}</td>
      <td class="n">${entry.sequence}${disordered.has(entry.index) ? html` <span class="mark" title="A later number arrived before">late</span>` : nothing}</td>
      <td class="what">${entry.what.map(({party, status}) => html`<div title="${status} ${name(party)}">${status} <span class="soft">${name(party)}</span></div>`)}</td>
      ${sessions.length > 1 ? html`<td title=${entry.telephonySessionId}>${sessions.indexOf(entry.telephonySessionId) + 1}</td>` : nothing}
      <td class="n soft">${entry.eventTime ? span(Date.parse(entry.receivedAt) - Date.parse(entry.eventTime)) : '–'}</td>
      <td class="n"><button type="button" class="link" aria-expanded=${String(open)} aria-label="${open ? 'Hide' : 'Show'} notification ${entry.index}" @click=${toggle}>${open ? 'Hide' : 'Show'}</button></td></tr>
    ${open ? html`<tr class="below"><td colspan=${columns}>${jsonView(entry.text)}</td></tr>` : nothing}`;
}

/** The tab whose data a new revision makes old. */
export function forgetEvidence(detail) {
  for (const name of ['notifications', 'why']) detail[name] = detail[`${name}Loading`] = null;
  loadEvidence(detail, state.route.tab);
}

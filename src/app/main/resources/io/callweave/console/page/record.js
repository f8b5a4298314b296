// The record of a call as on the topic, and what each revision changed.
import {html, nothing} from './lit-html.js';
import {jsonView} from './evidence.js';
import {changed, notice} from './state.js';

const ALWAYS_NEW = ['revision', 'epoch', 'emittedAt'];
let chosen = null; // {key, index}; the newest until somebody chooses

const copy = (record) => async () => {
  try {
    await navigator.clipboard.writeText(JSON.stringify(record, null, 2));
    notice('The record is copied.');
  } catch {
    notice('The browser did not let the page copy. Select the text instead.');
  }
};

/** The fields in which a record differs from the one before. */
export function changes(before, after) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.filter((name) => !ALWAYS_NEW.includes(name) && JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

export function recordView(detail) {
  if (!detail.call) return html`<p class="empty">The record is emitted when the call is over.</p>`;
  const last = detail.revisions.length - 1;
  const at = (index) => (index === last ? detail.call : detail.revisions[index]?.call);
  const index = chosen?.key === detail.key && at(chosen.index) ? chosen.index : last;
  const choose = (number) => () => {
    chosen = {key: detail.key, index: number};
    changed();
  };
  const record = at(index) ?? detail.call;
  const before = at(index - 1);
  return html`<div class="tools"><span class="soft">as on the topic calls</span><span class="grow"></span>
      ${last < 1 ? nothing : html`<span class="segments" role="group" aria-label="Revision">${detail.revisions.map((entry, number) => html`<button
        type="button" aria-pressed=${String(number === index)} ?disabled=${!at(number)} @click=${choose(number)}>Revision ${entry.revision}</button>`)}</span>`}
      <button type="button" @click=${copy(record)}>Copy</button></div>
    ${before ? html`<p class="hint">Changed since revision ${before.revision}: ${changes(before, record).join(', ') || 'nothing'}.</p>` : nothing}
    ${jsonView(record)}`;
}

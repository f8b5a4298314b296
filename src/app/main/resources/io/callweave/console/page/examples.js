// Calls that are offered to look at first: the demonstration has three real ones.
import {html, nothing} from './lit-html.js';
import {callAddress} from './router.js';
import {state} from './state.js';

export function examplesView() {
  const examples = state.me?.examples ?? [];
  if (!examples.length) return nothing;
  return html`<div class="examples">
    <span>Real calls, recorded in 2020:</span>
    ${examples.map(({accountId, callId, text}) => html`<a href=${callAddress(accountId, callId)}>${text}</a>`)}
  </div>`;
}

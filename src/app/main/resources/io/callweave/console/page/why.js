// Why a call was emitted, in the words of the command explain: what was decided comes first, then what it was decided from.
import {html, nothing} from './lit-html.js';
import {problem} from './evidence.js';

const HEADING = /^[A-Z]/;
const DECISION = /^((EXPECTED )?REVISION|WHAT IS MISSING)/;
const TABLE = /^(NOTIFICATIONS|SESSION )/;

/** [{title, text}]: a part begins at each line that is not indented. */
export function parts(text) {
  const all = [];
  for (const line of text.split('\n')) {
    if (HEADING.test(line)) all.push({title: line, lines: []});
    else if (all.length) all.at(-1).lines.push(line.replace(/^ {2}/, ''));
  }
  return all.map(({title, lines}) => ({title, text: lines.join('\n').trimEnd()}));
}

/** "REVISION 1 OF s-1: partial, sequenceGap" as "Revision 1: partial, sequenceGap". */
function spoken(title) {
  const short = title.replace(/^((?:EXPECTED )?REVISION \d+) OF [^:]*/, '$1');
  const words = /^[A-Z]+( [A-Z\d]+)*/.exec(short)[0];
  return words[0] + words.slice(1).toLowerCase() + short.slice(words.length);
}

export function whyView(detail) {
  if (!detail.why) return html`<p class="empty">Asking …</p>`;
  if (detail.why.problem) return problem(detail, 'why');
  const all = parts(detail.why.text);
  if (!all.length) return html`<pre class="reason" tabindex="0">${detail.why.text}</pre>`;
  const decisions = all.filter(({title}) => DECISION.test(title));
  const rest = all.filter(({title}) => !DECISION.test(title));
  const ahead = !detail.call ? html`<p class="hint">The call goes on: what follows is a forecast, for the case that no further event is received.</p>` : nothing;
  const part = detail.why.missing && !detail.why.text.startsWith(detail.why.missing) ? html`<p class="hint">${detail.why.missing} What follows is explained without them.</p>` : nothing;
  return [ahead, part, ...[...decisions, ...rest].map(({title, text}) => html`<h3>${spoken(title)}</h3>
    <pre class="reason ${TABLE.test(title) ? 'table' : ''}" tabindex=${TABLE.test(title) ? 0 : -1}>${text}</pre>`)];
}

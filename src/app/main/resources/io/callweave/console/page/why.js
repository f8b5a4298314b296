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

const WORDS = {
  linger: 'the wait after the last event', peerWait: 'the wait for another session', openPartyWait: 'the wait for parties outside the account',
  maxIdle: 'the longest wait without events', noFinalStatus: 'end not seen', sequenceGap: 'event lost', missingSession: 'session not seen',
  unseenContinuation: 'went on unseen', capped: 'too large', internalError: 'error of Callweave',
};

/** Reasons in words, and parties by name: "A-2" is the second party of the first session. Tables keep the short names. */
function inWords(text, detail) {
  const letter = ({session}) => String.fromCharCode(65 + session);
  const names = new Map(detail.lanes.map((lane) => [`${letter(lane)}-${/-(\d+)$/.exec(lane.partyId)?.[1] ?? lane.partyId}`, lane.label]));
  return text.replace(/\b[A-Z]-\d+\b/g, (party) => names.get(party) ?? party)
    .replace(new RegExp(`\\b(the wait )?(${Object.keys(WORDS).join('|')})\\b`, 'g'), (_, before, word) => WORDS[word]);
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
  return [ahead, part, ...[...decisions, ...rest].map(({title, text}) => html`<h3>${inWords(spoken(title), detail)}</h3>
    <pre class="reason ${TABLE.test(title) ? 'table' : ''}" tabindex=${TABLE.test(title) ? 0 : -1}>${DECISION.test(title) ? inWords(text, detail) : text}</pre>`)];
}

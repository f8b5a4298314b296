// The filter of the call list: what it is, what is sent of it, which calls it takes, and filters saved under a name.
import {doing} from './board.js';
import {onDays} from './days.js';

export const EMPTY = Object.freeze({
  range: 'today', from: '', to: '', text: '', queue: '', queueOutcome: '', extension: '', direction: '', result: '', minTalk: '', transferred: false, artifact: '', sort: '',
});

export const RANGES = [
  ['today', 'Today'], ['yesterday', 'Yesterday'], ['week', 'Last 7 days'], ['all', 'All that is kept'], ['custom', 'From – to …'],
];
export const RESULTS = [
  ['', 'any'], ['waiting', 'waiting now'], ['live', 'live now'], ['over', 'finished'], ['answered', 'answered'], ['abandoned', 'abandoned'], ['missed', 'missed'],
  ['voicemail', 'voicemail'], ['unanswered', 'unanswered'], ['fax', 'fax'], ['partial', 'partial'], ['backfilled', 'from the Call Log'],
];
/** Results that are a status of the record. */
const STATUSES = ['partial', 'backfilled'];
export const QUEUE_OUTCOMES = [
  ['', 'any'], ['answered', 'answered'], ['abandoned', 'abandoned'], ['voicemail', 'voicemail'], ['overflow', 'overflow'],
  ['answeredElsewhere', 'answered elsewhere'], ['fax', 'fax'],
];
export const DIRECTIONS = [['', 'any'], ['Inbound', 'inbound'], ['Outbound', 'outbound'], ['Internal', 'internal']];
export const SORTS = [['', 'Newest first'], ['wait', 'Longest wait first'], ['talk', 'Longest talk first']];
export const TALKS = [['', 'any'], ['30000', '30 s or more'], ['60000', '1 min or more'], ['300000', '5 min or more'], ['900000', '15 min or more']];
export const ARTIFACTS = [['', 'any'], ['recording', 'with recording'], ['voicemail', 'with voicemail'], ['insights', 'with AI notes']];

/** Whether the filter takes only calls that go on. */
export const isLive = ({result}) => result === 'live' || result === 'waiting';

const words = (all) => (text) => all.some(([word]) => word === text);
const date = (text) => /^20\d{2}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
const ALLOWED = {
  range: words(RANGES), from: date, to: date, direction: words(DIRECTIONS), result: words(RESULTS), minTalk: words(TALKS), sort: words(SORTS),
  transferred: (text) => text === 'true', artifact: words(ARTIFACTS), text: (text) => text.length <= 200, queue: (id) => id.length <= 2000, queueOutcome: words(QUEUE_OUTCOMES), extension: (id) => id.length <= 2000,
};

/** The filter as the end of a fragment, "?result=missed"; empty if nothing is chosen. */
export function toQuery(filter) {
  const chosen = Object.entries(filter).filter(([name, value]) => value !== EMPTY[name]);
  return chosen.length ? `?${new URLSearchParams(chosen)}` : '';
}

const makesSense = ([name, value]) => Object.hasOwn(ALLOWED, name) && ALLOWED[name](value);

/** The same, back. Somebody may have changed it by hand: what makes no sense is left out. */
export function fromQuery(query) {
  const filter = {...EMPTY, ...Object.fromEntries([...new URLSearchParams(query)].filter(makesSense))};
  return {...filter, transferred: filter.transferred === 'true'};
}

/** The names of what is left out. */
export const leftOut = (query) => [...new URLSearchParams(query)].filter((part) => !makesSense(part)).map(([name]) => name);

/** The days of a range, in the words of the API, or null: each account has its own. */
export function days(filter) {
  switch (filter.range) {
    case 'today': return {fromDay: 'today', toDay: null};
    case 'yesterday': return {fromDay: 'today-1', toDay: 'today-1'};
    case 'week': return {fromDay: 'today-6', toDay: null};
    case 'custom': return {fromDay: filter.from || null, toDay: filter.to || null};
    default: return {fromDay: null, toDay: null};
  }
}

/** A queue of an account: others may have a queue with the same id. */
export const queueKey = (accountId, id) => `${accountId}/${id}`;

function queueOf(key) {
  const slash = key.indexOf('/');
  return {of: slash < 0 ? null : key.slice(0, slash), id: key.slice(slash + 1)};
}

/** The body of a search. */
export function body(filter, account) {
  const {of, id} = queueOf(filter.queue);
  const outcome = filter.result && !isLive(filter) && !['over', ...STATUSES].includes(filter.result) ? [filter.result] : null;
  const all = {
    account: account ?? of,
    ...days(filter),
    text: filter.text.trim() || null,
    extension: filter.extension || null,
    queue: (of && account && of !== account ? filter.queue : id) || null, // of another account: no id is so
    queueOutcome: (filter.queue && filter.queueOutcome) || null,
    direction: filter.direction || null,
    outcome,
    status: STATUSES.includes(filter.result) ? filter.result : null,
    minTalkMs: filter.minTalk ? Number(filter.minTalk) : null,
    transferred: filter.transferred || null,
    artifact: filter.artifact || null,
  };
  return Object.fromEntries(Object.entries(all).filter(([name, value]) => value !== null || name === 'account'));
}

/** As the server compares: numbers as digits, names in lower case. */
function has(text, texts, names) {
  const searched = text.trim().toLowerCase();
  if (!searched) return true;
  const digits = searched.replace(/\D/g, '');
  const part = /\p{L}/u.test(searched) || !digits ? searched : digits;
  return texts.some((each) => each.includes(part)) || names.some((each) => each.toLowerCase().includes(searched));
}

/** What became of a call in a queue. */
const outcomeIn = (queue, row) => (['fax', 'monitoring'].includes(row.outcome) ? row.outcome : queue.outcome);

function inQueue(filter, row) {
  const {of, id} = queueOf(filter.queue);
  return (!of || row.accountId === of)
    && row.queues.some((queue) => queue.id === id && (!filter.queueOutcome || outcomeIn(queue, row) === filter.queueOutcome));
}

/** Live calls are found by each queue that they came to, also after it passed them on. */
function cameTo(filter, live) {
  const {of, id} = queueOf(filter.queue);
  return !filter.queueOutcome && (!of || live.accountId === of) && Boolean(live.doing?.queues?.includes(id));
}

/** Whether a finished call is taken, by the same rules as on the server: this decides for calls that come while you look. */
export function takesRow(filter, account, row, range = days(filter)) {
  return (!account || row.accountId === account)
    && onDays(Date.parse(row.startTime), range, row.accountId)
    && !isLive(filter)
    && (['', 'over'].includes(filter.result) || (STATUSES.includes(filter.result) ? row.status === filter.result : row.outcome === filter.result))
    && (!filter.direction || row.direction === filter.direction)
    && (!filter.queue || inQueue(filter, row))
    && (!filter.extension || row.extensions.includes(filter.extension))
    && (!filter.minTalk || row.talkMs >= Number(filter.minTalk))
    && (!filter.transferred || row.transfers > 0)
    && (!filter.artifact || row.artifacts.includes(filter.artifact))
    && has(filter.text, row.texts, Object.values(row.names));
}

const textsOf = (address) => [address?.name?.toLowerCase(), address?.phoneNumber?.replace(/\D/g, ''), address?.extensionNumber].filter(Boolean);

/** Whether its caller waits in a queue. One from whom nothing was heard, and who may have hung up, does not count. */
export const waits = (live) => !live.over && doing(live).state === 'queued';

/** Whether a live call is taken: it has no result yet, so a filter by result hides it. One that began before midnight is of today. */
export function takesLive(filter, account, live, range = days(filter)) {
  const direction = live.internal ? 'Internal' : live.direction;
  const parties = live.parties ?? [];
  return (!account || live.accountId === account)
    && !range.toDay
    && (!filter.result || isLive(filter))
    && (filter.result !== 'waiting' || waits(live))
    && (!filter.direction || direction === filter.direction)
    && (!filter.queue || cameTo(filter, live))
    && (!filter.extension || parties.some((party) => party.extensionId === filter.extension))
    && !filter.minTalk && !filter.transferred && !filter.artifact
    && has(filter.text, [live.from, live.to, ...parties].flatMap(textsOf), [...Object.values(live.label ?? {}).filter(Boolean), ...Object.values(live.names ?? {})]);
}

const NAME = 'callweave.filters';

export function saved() {
  try {
    const all = JSON.parse(localStorage.getItem(NAME) ?? '{}');
    return all && typeof all === 'object' ? all : {};
  } catch {
    return {};
  }
}

export function save(name, filter) {
  localStorage.setItem(NAME, JSON.stringify({...saved(), [name]: filter}));
}

export function forget(name) {
  const {[name]: gone, ...rest} = saved();
  localStorage.setItem(NAME, JSON.stringify(rest));
}

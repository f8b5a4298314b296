// The filter of the call list: what it is, what is sent of it, which calls it takes, and filters saved under a name.

export const EMPTY = Object.freeze({
  range: 'today', from: '', to: '', text: '', queue: '', extension: '', direction: '', result: '', minTalk: '', transferred: false, sort: '',
});

export const RANGES = [
  ['today', 'Today'], ['yesterday', 'Yesterday'], ['week', 'Last 7 days'], ['all', 'All that is kept'], ['custom', 'From – to …'],
];
export const RESULTS = [
  ['', 'any'], ['live', 'live now'], ['over', 'finished'], ['answered', 'answered'], ['abandoned', 'abandoned'], ['missed', 'missed'],
  ['voicemail', 'voicemail'], ['unanswered', 'unanswered'], ['fax', 'fax'], ['partial', 'partial'],
];
export const DIRECTIONS = [['', 'any'], ['Inbound', 'inbound'], ['Outbound', 'outbound'], ['Internal', 'internal']];
export const TALKS = [['', 'any'], ['30000', '30 s or more'], ['60000', '1 min or more'], ['300000', '5 min or more'], ['900000', '15 min or more']];

const midnight = (days) => {
  const date = new Date();
  date.setHours(0, 0, 0, 0);
  date.setDate(date.getDate() + days);
  return date.toISOString();
};
const localDay = (text, days) => {
  const date = new Date(`${text}T00:00:00`);
  if (Number.isNaN(date.getTime())) return null;
  date.setDate(date.getDate() + days);
  return date.toISOString();
};

/** The times of a range, each an ISO text or null, in the browser's time zone. */
export function times(filter) {
  switch (filter.range) {
    case 'today': return {from: midnight(0), to: null};
    case 'yesterday': return {from: midnight(-1), to: midnight(0)};
    case 'week': return {from: midnight(-6), to: null};
    case 'custom': return {from: localDay(filter.from, 0), to: localDay(filter.to, 1)};
    default: return {from: null, to: null};
  }
}

/** The body of a search. */
export function body(filter, account) {
  const {from, to} = times(filter);
  const outcome = filter.result && !['live', 'over', 'partial'].includes(filter.result) ? [filter.result] : null;
  const all = {
    account, from, to,
    text: filter.text.trim() || null,
    extension: filter.extension || null,
    queue: filter.queue || null,
    direction: filter.direction || null,
    outcome,
    status: filter.result === 'partial' ? 'partial' : null,
    minTalkMs: filter.minTalk ? Number(filter.minTalk) : null,
    transferred: filter.transferred || null,
  };
  return Object.fromEntries(Object.entries(all).filter(([name, value]) => value !== null || name === 'account'));
}

const plain = (text) => (text ?? '').toLowerCase().replace(/[\s().-]/g, '');
const has = (text, ...fields) => !text || fields.some((field) => plain(field).includes(plain(text)));
const within = (row, {from, to}) => (!from || row.startTime >= from) && (!to || row.startTime < to);

/** Whether a finished call is taken. The server decides for pages; this decides for calls that come while you look. */
export function takesRow(filter, account, row, range = times(filter)) {
  return (!account || row.accountId === account)
    && within(row, range)
    && filter.result !== 'live'
    && (['', 'over'].includes(filter.result) || (filter.result === 'partial' ? row.status === 'partial' : row.outcome === filter.result))
    && (!filter.direction || row.direction === filter.direction)
    && (!filter.queue || row.queues.some((queue) => queue.id === filter.queue))
    && (!filter.extension || [row.from, row.to, row.answeredBy].some((place) => place?.extensionId === filter.extension))
    && (!filter.minTalk || row.talkMs >= Number(filter.minTalk))
    && (!filter.transferred || row.transfers > 0)
    && has(filter.text, row.from.label, row.from.number, row.to.label, row.to.number, row.answeredBy?.label, ...row.way);
}

/** Whether a live call is taken: it has no result yet, so a filter by result hides it. One that began before midnight is of today. */
export function takesLive(filter, account, live, range = times(filter)) {
  const direction = live.internal ? 'Internal' : live.direction;
  const parties = live.parties ?? [];
  return (!account || live.accountId === account)
    && !range.to && !filter.sort
    && (!filter.result || filter.result === 'live')
    && (!filter.direction || direction === filter.direction)
    && (!filter.queue || parties.some((party) => party.queueExtensionId === filter.queue))
    && (!filter.extension || parties.some((party) => party.extensionId === filter.extension))
    && !filter.minTalk && !filter.transferred
    && has(filter.text, live.label?.from, live.label?.to, live.label?.answeredBy, live.label?.queue,
      live.from?.phoneNumber, live.to?.phoneNumber, ...Object.values(live.names ?? {}));
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

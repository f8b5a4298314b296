// Server-Sent Events over fetch, because EventSource cannot send a token. It resumes after the last event it has seen.
import {send} from './api.js';

const SILENCE_MS = 20000; // the server sends a beat every 5 s
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Turns pieces of text into events: call it with a piece, and it calls back with {id, event, data}. */
export function parser(take) {
  let rest = '';
  let event = {data: []};
  const line = (text) => {
    if (text === '') {
      if (event.data.length) take({id: event.id, event: event.event ?? 'message', data: event.data.join('\n')});
      event = {data: []};
      return;
    }
    const colon = text.indexOf(':');
    if (colon === 0) return;
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') event.data.push(value);
    else if (field === 'id' || field === 'event') event[field] = value;
  };
  return (piece) => {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    lines.forEach(line);
  };
}

/**
 * Keeps a stream open until close() is called.
 *
 * @param after id of the event to resume after
 * @param on {event(name, data), connection(kind, code)}: kind is "live" or "connecting", code that of the error
 */
export function openStream(after, on) {
  let last = after;
  let closed = false;
  let attempt = 0;
  let abort = new AbortController();

  async function once() {
    abort = new AbortController();
    let watch;
    const alive = () => {
      clearTimeout(watch);
      watch = setTimeout(() => abort.abort(), SILENCE_MS);
    };
    try {
      alive();
      const headers = {Accept: 'text/event-stream', ...(last && {'Last-Event-ID': last})};
      const response = await send('/v1/events', {headers, signal: abort.signal});
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      const feed = parser((event) => {
        if (closed) return;
        if (event.id) last = event.id;
        on.event(event.event, JSON.parse(event.data));
      });
      on.connection('live');
      for (;;) {
        const {done, value} = await reader.read();
        if (done || closed) return;
        attempt = 0;
        alive();
        feed(value);
      }
    } finally {
      clearTimeout(watch);
    }
  }

  (async () => {
    while (!closed) {
      let why = null;
      try {
        await once();
      } catch (error) {
        why = error.code;
        if (error.status === 401) return;
        if (!closed && error.name !== 'AbortError' && !error.status && error.code !== 'offline') console.warn(error);
      }
      if (closed) return;
      on.connection('connecting', why);
      await pause(Math.min(8000, 500 * 2 ** attempt++) * (0.7 + 0.6 * Math.random()));
    }
  })();

  return {
    close() {
      closed = true;
      abort.abort();
    },
  };
}

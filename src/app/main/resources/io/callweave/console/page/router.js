// What the page shows, and by which filter, is in the fragment of the address. Browsers never send it to a server.
import {isList, pageOf} from './pages.js';

const TABS = ['timeline', 'notifications', 'why', 'record'];
let base = 'calls'; // a link to a call shows it beside the list
let query = ''; // the filter of the list

/** "#/call/ACCOUNT/ID/why?result=missed" as {page, account, callId, tab, query}; query is null where there is no list. */
export function parse(fragment) {
  const at = fragment.indexOf('?');
  const parts = (at < 0 ? fragment : fragment.slice(0, at)).replace(/^#\/?/, '').split('/').map(decodePart);
  const found = at < 0 ? '' : fragment.slice(at);
  if (parts[0] === 'call' && parts[1] && parts[2]) {
    if (!isList(base)) base = 'calls';
    return {page: base, account: parts[1], callId: parts[2], tab: TABS.includes(parts[3]) ? parts[3] : 'timeline', query: found};
  }
  base = pageOf(parts[0])?.name ?? 'now';
  return {page: base, account: null, callId: null, tab: 'timeline', query: isList(base) ? found : null};
}

function decodePart(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

export function callAddress(account, callId, tab = 'timeline') {
  const address = `#/call/${encodeURIComponent(account)}/${encodeURIComponent(callId)}`;
  return (tab === 'timeline' ? address : `${address}/${tab}`) + query;
}

export const pageAddress = (page) => `#/${page}${isList(page) ? query : ''}`;

/**
 * Takes the filter into the address. Back leads to the filter before.
 *
 * @param typed letters of one word are one step back
 */
export function keepFilter(chosen, typed) {
  const changed = chosen !== query;
  query = chosen;
  const path = location.hash.split('?')[0] || '#/now';
  if (!changed || parse(path).query === null) return;
  history[typed && history.state?.typed ? 'replaceState' : 'pushState']({typed}, '', path + query);
}

/** The filter of an address that somebody has opened is that of the list. */
export function takeFilter(found) {
  query = found;
}

/** Goes to an address; another call or tab replaces the address of this one, so that Back leaves the drawer. */
export function go(address) {
  const within = location.hash.startsWith('#/call/') && address.startsWith('#/call/');
  if (within) {
    history.replaceState(null, '', address);
    dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    location.hash = address;
  }
}

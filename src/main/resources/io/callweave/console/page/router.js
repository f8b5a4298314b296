// What the page shows is in the fragment of the address, which browsers never send to a server.

const PAGES = ['now', 'calls', 'queues', 'engine'];
const TABS = ['timeline', 'notifications', 'why', 'record'];
let base = 'now';

/** "#/call/ACCOUNT/ID/why" as {page, account, callId, tab}. A call is open over the page that was shown before it. */
export function parse(fragment) {
  const parts = fragment.replace(/^#\/?/, '').split('/').map(decodePart);
  if (parts[0] === 'call' && parts[1] && parts[2]) {
    return {page: base, account: parts[1], callId: parts[2], tab: TABS.includes(parts[3]) ? parts[3] : 'timeline'};
  }
  base = PAGES.includes(parts[0]) ? parts[0] : 'now';
  return {page: base, account: null, callId: null, tab: 'timeline'};
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
  return tab === 'timeline' ? address : `${address}/${tab}`;
}

export const pageAddress = (page) => `#/${page}`;

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

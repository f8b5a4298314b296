// The pages, from left to right. To add one, write its view in a file of its own, and name it here.
import {callbackPage, watchCallbacks} from './callback.js';
import {enginePage, watchEngine} from './engine.js';
import {logPage, watchLog} from './log.js';
import {queuesPage, sideView, wallPage} from './queues.js';

/**
 * name: in the address; view: what it shows; watch: is called whenever another page is shown; operator: only for tokens of all
 * accounts; bare: fills the screen, and is no link above the pages; list: it has the list of calls instead of a view, with tiles above and something beside it, or not.
 */
export const PAGES = [
  {name: 'now', title: 'Now', list: {tiles: true, beside: sideView}},
  {name: 'calls', title: 'Calls', list: {}},
  {name: 'callback', title: 'Call back', view: callbackPage, watch: watchCallbacks},
  {name: 'queues', title: 'Queues', view: queuesPage},
  {name: 'log', title: 'Log', view: logPage, watch: watchLog},
  {name: 'wall', title: 'Wallboard', view: wallPage, bare: true},
  {name: 'engine', title: 'Engine', view: enginePage, watch: watchEngine, operator: true},
];

export const pageOf = (name) => PAGES.find((page) => page.name === name);

/** Whether it has the list of calls. */
export const isList = (name) => Boolean(pageOf(name)?.list);

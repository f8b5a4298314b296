// Rows keep their places while somebody is at the list, so that a click hits what it aims at. What is new waits.
import {now} from './state.js';

const REST_MS = 30000; // who moves neither mouse nor keys for so long only looks
let shown = []; // as on the screen
let source = null;
let free = true;
let over = false;
let touchedAt = -Infinity;
export const news = {number: 0}; // calls that wait

/** Somebody moves the mouse over the list or uses its keys, or leaves it. */
export function atList(here) {
  over = here;
  touchedAt = performance.now();
}

export const isAtList = () => over && performance.now() - touchedAt < REST_MS;

/** The next drawing shows all in its right place. */
export function letMove() {
  free = true;
}

/** The items in the order in which they are shown. */
export function steady(all, held) {
  if (!held || free) {
    shown = all;
    news.number = 0;
  } else if (all !== source) {
    hold(all);
  }
  free = false;
  source = all;
  return shown;
}

function hold(all) {
  const current = new Map(all.map((item) => [item.key, item]));
  const here = new Set(shown.map((item) => item.key));
  const last = all.findLastIndex((item) => here.has(item.key));
  const below = all.slice(last + 1); // another page moves nothing
  news.number = all.slice(0, last + 1).filter((item) => !here.has(item.key)).length;
  shown = shown.map((item) => current.get(item.key) ?? gone(item)).concat(below);
}

/** It is no longer of this list: it may have become part of another call. */
function gone(item) {
  if (item.gone) return item;
  return {...item, gone: true, live: item.live && {...item.live, over: item.live.over ?? now()}};
}

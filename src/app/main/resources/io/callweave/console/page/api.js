// The HTTP API. The token is kept for this tab only; nothing about a call is in an address except its ids.
import {serverTime} from './state.js';

const NAME = 'callweave.token';
let token = sessionStorage.getItem(NAME);
let refused = () => {};

export class ApiError extends Error {
  constructor(status, code, message, supersededBy = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.supersededBy = supersededBy;
  }
}

export function onRefused(callback) {
  refused = callback;
}

export function useToken(value) {
  token = value || null;
  if (token) sessionStorage.setItem(NAME, token);
  else sessionStorage.removeItem(NAME);
}

export const hasToken = () => token !== null;

/** Sends a request and returns the response if it is good; else throws an ApiError. */
export async function send(path, {body, headers, signal} = {}) {
  const started = performance.now();
  let response;
  try {
    response = await fetch(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(token && {Authorization: `Bearer ${token}`}),
        ...(body !== undefined && {'Content-Type': 'application/json'}),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: 'no-store',
      signal,
    });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError(0, 'offline', 'The console does not answer. Is it running, and is your network connected?');
  }
  serverTime(response.headers.get('Date'), performance.now() - started);
  if (response.ok) return response;
  const told = await response.json().catch(() => ({}));
  if (response.status === 401) refused();
  throw new ApiError(response.status, told.error?.code, told.error?.message ?? `The console answered ${response.status}.`, told.error?.supersededBy);
}

/** What one page alone needs, it asks for itself. */
export const json = async (path, options) => (await send(path, options)).json();
const scoped = (path, account) => (account ? `${path}?account=${encodeURIComponent(account)}` : path);
const callPath = (account, id) => `/v1/calls/${encodeURIComponent(account)}/${encodeURIComponent(id)}`;

export const api = {
  me: () => json('/v1/me'),
  health: () => json('/v1/health'),
  live: (account) => json(scoped('/v1/live', account)),
  wallboard: (account) => json(scoped('/v1/wallboard', account)),
  search: (body, signal) => json('/v1/calls/search', {body, signal}),
  statistics: (body, signal) => json('/v1/calls/statistics', {body, signal}),
  export: (body) => send('/v1/calls/export', {body}),
  call: (account, id) => json(callPath(account, id)),
  notifications: (account, id) => json(`${callPath(account, id)}/notifications`),
  why: (account, id) => json(`${callPath(account, id)}/why`),
};

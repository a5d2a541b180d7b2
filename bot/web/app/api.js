// What the page asks of the bot. Whatever goes wrong has a name, and the page has words for each.

import { initData } from "./telegram.js";

export class Failure extends Error {
  /** `kind` is offline, expired, not-started, busy or broken. */
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

const KINDS = { 401: "expired", 403: "not-started", 429: "busy", 503: "busy" };
const PATIENCE_MILLISECONDS = 15000;

async function ask(path, options = {}) {
  let response;
  try {
    response = await underWay(path) ?? await fetch(`api/${path}`, {
      ...options,
      headers: { ...options.headers, Authorization: `tma ${initData}` },
      signal: AbortSignal.timeout?.(PATIENCE_MILLISECONDS),
      cache: "no-store",
    });
  } catch {
    throw new Failure("offline");
  }
  if (!response.ok) throw new Failure(KINDS[response.status] ?? "broken");
  try {
    return await response.json();
  } catch {
    throw new Failure("offline");
  }
}

/**
 * Return the answer that opening.js has asked for, if it was this one; once, and null if it did not arrive. A proxy that
 * rewrites pages keeps opening.js from running: the policy knows its digest.
 */
function underWay(path) {
  const { path: asked, answer } = window.opening ?? {};
  if (asked === path) window.opening = {};
  return asked === path ? answer : null;
}

/** Return what a page shows, and with `opening/` before its name, the words of all pages as well. */
export const read = (page) => ask(page);

/** Choose something. A choice whose answer got lost is sent once more under the same key, and happens once. */
export async function choose(name, fields = {}) {
  const options = {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID?.() ?? keyOfOldPhones() },
    body: JSON.stringify(fields),
  };
  try {
    return await ask(name, options);
  } catch (failure) {
    if (failure.kind !== "offline" || !navigator.onLine) throw failure;
    return ask(name, options);
  }
}

function keyOfOldPhones() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

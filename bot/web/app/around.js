// What is around the page: Telegram, with its colours and buttons and who signed in, and the bot, which is asked. Telegram's
// side stays quiet where there is none; whatever goes wrong with the bot has a name, and the page has words for each.
//
// Few files, for a slow phone pays for each: this one, elements.js and the frame are what every page needs.

const app = window.Telegram?.WebApp;

export const initData = app?.initData ?? "";

/** The language of the person's Telegram, if it tells. */
export const speaks = app?.initDataUnsafe?.user?.language_code;

/** The page that the button which opened this one asked for, if any. */
export const wantedPage = new URLSearchParams(location.search).get("page");

/** Follow Telegram's light and dark, also while the page is open; the phone's own where there is no Telegram. */
export function followTheme() {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const show = () => { document.documentElement.dataset.theme = app?.initData ? app.colorScheme : system.matches ? "dark" : "light"; };
  show();
  app?.onEvent("themeChanged", show);
  system.addEventListener("change", show);
}

export function begin() {
  app?.expand();
  app?.ready();
}

export const close = () => app?.close();

/** Call `back` when Telegram's back button is pressed; null takes the button away. */
export function onBack(back) {
  if (!app?.BackButton) return;
  if (onBack.present) app.BackButton.offClick(onBack.present);
  onBack.present = back;
  if (back) app.BackButton.onClick(back).show();
  else app.BackButton.hide();
}

/** Show Telegram's large button at the lower edge with this label; without one, take it away. */
export function mainButton(label, press) {
  const button = app?.MainButton;
  if (!button) return;
  if (mainButton.present) button.offClick(mainButton.present);
  mainButton.present = press;
  if (!label) { button.hide(); return; }
  button.setText(label).enable().onClick(press).show();
}

/** Show that the large button is at work. */
export function mainButtonBusy(isBusy) {
  if (isBusy) app?.MainButton?.showProgress(false);
  else app?.MainButton?.hideProgress();
}

/** Ask before the page is closed, as long as something on it is not saved. */
export function keepFromClosing(isUnsaved) {
  if (isUnsaved) app?.enableClosingConfirmation();
  else app?.disableClosingConfirmation();
}

/** Ask a question with yes and no, in Telegram's own way; resolves to whether the answer was yes. */
export function sure(question) {
  if (!app?.showConfirm) return Promise.resolve(window.confirm(question));
  return new Promise((answered) => { app.showConfirm(question, answered); });
}

export const felt = {
  chosen: () => app?.HapticFeedback?.selectionChanged(),
  done: () => app?.HapticFeedback?.notificationOccurred("success"),
  failed: () => app?.HapticFeedback?.notificationOccurred("error"),
};

/** Open an address outside of the page. */
export function openOutside(address) {
  if (app?.openLink && /^https?:/.test(address)) app.openLink(address);
  else window.open(address, "_blank", "noopener");
}

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

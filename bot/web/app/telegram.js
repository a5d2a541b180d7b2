// Telegram around the page: its colours and buttons, its haptics, who signed in. Everything stays quiet where there is none.

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

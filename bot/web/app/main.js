// The page as a whole: who is there, which of the four pages is open, and what to say when something goes wrong.

import { begin, choose, close, Failure, felt, followTheme, keepFromClosing, mainButton, mainButtonBusy, onBack, read, sure, wantedPage } from "./around.js";
import { el, icon, learn, t } from "./elements.js";

// Each page is fetched when it is first opened, or in the quiet after that.
const PAGES = {
  today: () => import("./today.js"),
  progress: () => import("./progress.js"),
  exercises: () => import("./exercises.js"),
  settings: () => import("./settings.js"),
};
const page = document.getElementById("page");
const QUIET_MILLISECONDS = 500;
const tabs = document.getElementById("tabs");
const said = document.getElementById("said");
let present = null; // which page is open
let knowsWords = false; // in the language of now
let turn = 0; // which opening is the latest: an answer to an earlier one is too late

const shell = {
  /** Show elements as the page; `back`, if there is one, leads out of it. */
  show(elements, { back = null, focus = true } = {}) {
    mainButton(null);
    keepFromClosing(false);
    onBack(back);
    tabs.hidden = back !== null;
    page.replaceChildren(...[elements].flat(2).filter(Boolean));
    page.removeAttribute("aria-busy");
    if (focus) {
      scrollTo(0, 0);
      page.focus({ preventScroll: true });
    }
  },
  open,
  say,
  close,
  sure,
  forgetWords() { knowsWords = false; },
  /** Choose something and say that it is done; returns whether it was. */
  async choose(name, fields, done = t("saved")) {
    mainButtonBusy(true);
    try {
      const { note } = await choose(name, fields);
      felt.done();
      say(note || done);
      return true;
    } catch (failure) {
      felt.failed();
      if (["expired", "not-started"].includes(failure.kind)) refuse(failure);
      else say(t(`failure-${failure.kind ?? "broken"}`));
      return false;
    } finally {
      mainButtonBusy(false);
    }
  },
};

function say(text) {
  said.textContent = text;
  said.classList.add("shown");
  clearTimeout(say.timer);
  say.timer = setTimeout(() => said.classList.remove("shown"), 3500);
}

/** Open a page; as long as there are no words, with the words of all pages. */
async function open(name, options = {}) {
  present = name;
  turn += 1;
  const mine = turn;
  markTab();
  page.setAttribute("aria-busy", "true");
  try {
    const [{ show }, answer] = await Promise.all([moduleOf(name), read(knowsWords ? name : `opening/${name}`)]);
    if (mine !== turn) return;
    show("words" in answer ? withWords(answer) : answer, shell, options);
  } catch (failure) {
    if (mine === turn) refuse(failure, () => open(name, options));
  }
}

/** Learn the words that came with a page's contents, and return these. */
function withWords(answer) {
  learn(answer);
  knowsWords = true;
  buildTabs();
  if (!answer.started) throw new Failure("not-started");
  return answer.shown;
}

/** Return a page's module. */
async function moduleOf(name) {
  try {
    return await PAGES[name]();
  } catch {
    throw new Failure("offline");
  }
}

/** Say why there is nothing to see, and what to do: where something can be done here, it is `again`. */
function refuse(failure, again) {
  const kind = failure instanceof Failure ? failure.kind : "broken";
  if (!(failure instanceof Failure)) console.error(failure);
  const isOver = kind === "expired" || kind === "not-started";
  const act = isOver
    ? el("button", { type: "button", class: "strong", onclick: close }, t("close"))
    : el("button", { type: "button", class: "strong", onclick: again }, t("again"));
  shell.show(el("section", { class: "alone", role: "alert" },
    el("h1", {}, t(`failure-${kind}-title`)), el("p", {}, t(`failure-${kind}`)), act));
  tabs.hidden = isOver;
}

function buildTabs() {
  tabs.setAttribute("aria-label", t("name"));
  tabs.replaceChildren(...Object.keys(PAGES).map((name) => {
    const tab = el("button", { type: "button", onclick: () => { felt.chosen(); open(name); } }, icon(name), el("span", {}, t(`tab-${name}`)));
    tab.dataset.page = name;
    return tab;
  }));
  markTab();
}

/** Mark the tab of the page that is open. */
function markTab() {
  for (const tab of tabs.children) {
    if (tab.dataset.page === present) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
}

async function start() {
  followTheme();
  begin();
  addEventListener("online", () => open(present));
  addEventListener("offline", () => say(t("failure-offline")));
  await open(Object.keys(PAGES).includes(wantedPage) ? wantedPage : "today");
  setTimeout(() => Object.keys(PAGES).forEach((name) => moduleOf(name).catch(() => null)), QUIET_MILLISECONDS);
}

start();

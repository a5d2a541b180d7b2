// The page as a whole: who is there, which of the four pages is open, and what to say when something goes wrong.

import { choose, Failure, read } from "./api.js";
import { el, icon } from "./dom.js";
import * as exercises from "./exercises.js";
import * as progress from "./progress.js";
import * as settings from "./settings.js";
import { begin, close, felt, followTheme, initData, keepFromClosing, mainButton, mainButtonBusy, onBack, sure, wantedPage } from "./telegram.js";
import * as today from "./today.js";
import { learn, t } from "./words.js";

const PAGES = { today, progress, exercises, settings };
const page = document.getElementById("page");
const tabs = document.getElementById("tabs");
const said = document.getElementById("said");
let present = null; // which page is open
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
  learn: relearn,
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

/** Open a page, with what it shows where that has been asked for already. */
async function open(name, options = {}, known = null) {
  present = name;
  turn += 1;
  const mine = turn;
  for (const tab of tabs.children) tab.toggleAttribute("aria-current", tab.dataset.page === name);
  for (const tab of tabs.children) if (tab.dataset.page === name) tab.setAttribute("aria-current", "page");
  page.setAttribute("aria-busy", "true");
  try {
    const shown = known ?? await read(name);
    if (mine === turn) PAGES[name].show(shown, shell, options);
  } catch (failure) {
    if (mine === turn) refuse(failure, () => open(name, options));
  }
}

/** Say why there is nothing to see, and what to do. */
function refuse(failure, again = null) {
  const kind = failure instanceof Failure ? failure.kind : "broken";
  if (!(failure instanceof Failure)) console.error(failure);
  const isOver = kind === "expired" || kind === "not-started";
  const act = isOver
    ? el("button", { type: "button", class: "strong", onclick: close }, t("close"))
    : el("button", { type: "button", class: "strong", onclick: () => (again ?? (() => location.reload()))() }, t("again"));
  shell.show(el("section", { class: "alone", role: "alert" },
    el("h1", {}, t(`failure-${kind}-title`)), el("p", {}, t(`failure-${kind}`)), act));
  tabs.hidden = isOver;
}

/** Learn the page's words anew, in the language that was chosen. */
async function relearn() {
  try {
    learn(await read("words"));
    buildTabs();
  } catch (failure) {
    refuse(failure, () => location.reload());
  }
}

function buildTabs() {
  tabs.setAttribute("aria-label", t("name"));
  tabs.replaceChildren(...Object.keys(PAGES).map((name) => {
    const tab = el("button", { type: "button", onclick: () => { felt.chosen(); open(name); } }, icon(name), el("span", {}, t(`tab-${name}`)));
    tab.dataset.page = name;
    return tab;
  }));
}

async function start() {
  followTheme();
  begin();
  const first = wantedPage in PAGES ? wantedPage : "today";
  let known;
  let shown;
  try {
    [known, shown] = await Promise.all([read("words"), read(first).catch((failure) => failure)]);
  } catch (failure) {
    refuse(failure, () => location.reload());
    return;
  }
  learn(known);
  buildTabs();
  addEventListener("online", () => open(present));
  addEventListener("offline", () => say(t("failure-offline")));
  if (!known.started) { refuse(new Failure("not-started")); return; }
  await open(first, {}, shown instanceof Failure ? null : shown);
}

start();

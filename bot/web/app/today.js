// Today: what is asked for, why it is so, and the way to begin.

import { mainButton } from "./around.js";
import { clinic, el, icon, longDate, markOf, moment, t, weekdayLetter, weekdayLong } from "./elements.js";

export function show(today, shell) {
  shell.show([
    el("header", { class: "top" },
      el("p", { class: "clinic" }, clinic.has_logo ? el("img", { src: "logo", alt: "" }) : null, clinic.name),
      el("p", { class: "over" }, longDate(today.today)),
      el("h1", {}, today.is_done ? t("today-done") : today.level ? t("today-level", { level: today.level.name }) : t("tab-today")),
      today.why && !today.is_done ? el("p", { class: "why" }, today.why) : null),
    today.notice ? el("section", { class: "card notice" }, icon("shield"), el("p", {}, today.notice)) : null,
    week(today),
    today.yesterday ? yesterday(today, shell) : null,
    today.steps.length ? plan(today, shell) : null,
    today.next_reminder ? el("p", { class: "quiet" }, icon("bell"), t("next-reminder", { when: moment(today.next_reminder, today.zone) })) : null,
  ]);
  if (today.can_start) {
    const label = today.is_running ? t("go-on") : today.is_done ? t("start-again") : t("start", { minutes: today.minutes });
    mainButton(label, () => begin(shell, false));
  } else mainButton(t("to-the-chat"), shell.close);
}

/** Begin in the chat, where the exercises come one by one, and make way for it. */
async function begin(shell, minimum) {
  if (await shell.choose("start", { minimum }, t("started"))) shell.close();
}

function week(today) {
  return el("section", { class: "card week", "aria-label": t("this-week") },
    el("ol", {}, today.week.map(({ date, mark }) =>
      el("li", { class: `day ${mark}${date === today.today ? " now" : ""}` },
        el("span", { "aria-hidden": "true" }, weekdayLetter(date)),
        el("i", { "aria-hidden": "true" }, mark === "done" ? icon("check") : null),
        el("span", { class: "unseen" }, `${weekdayLong(date)}: ${markOf({ date, mark }, today.today)}`)))));
}

function yesterday(today, shell) {
  const section = el("section", { class: "card ask" }, el("p", {}, t("ask-yesterday")),
    el("button", {
      type: "button", class: "soft",
      onclick: async () => { if (await shell.choose("day", { date: today.yesterday, done: true })) shell.open("today"); },
    }, t("yesterday-done")));
  return section;
}

function plan(today, shell) {
  return el("section", {},
    el("div", { class: "head" }, el("h2", {}, t("plan")), el("span", { class: "over" }, t("about-minutes", { minutes: today.minutes }))),
    el("ol", { class: "card steps" }, today.steps.map((step) =>
      el("li", {}, el("button", { type: "button", class: "row", onclick: () => shell.open("exercises", { exercise: step.id, from: "today" }) },
        step.has_picture ? el("img", { src: `media/${step.id}.png`, alt: "", width: 84, height: 42 }) : null,
        el("span", { class: "grow" }, el("strong", {}, step.name), el("small", {}, step.dose)), icon("next"))))),
    today.can_start && !today.is_running && !today.is_done
      ? el("button", { type: "button", class: "plain", onclick: () => begin(shell, true) }, t("bad-day")) : null);
}

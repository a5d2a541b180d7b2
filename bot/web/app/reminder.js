// When to be reminded: up to three times on chosen weekdays. Nothing counts before it is saved.

import { felt, keepFromClosing, mainButton } from "./around.js";
import { aWeek, el, t, weekdayLong, weekdayShort } from "./elements.js";

const MOST_TIMES = 3;
const USUAL = ["07:30", "12:30", "19:30"];

export function showReminder(set, shell, back) {
  const times = el("div", { class: "card rows", role: "group", "aria-label": t("reminder-times") });
  const add = el("button", { type: "button", class: "plain", onclick: () => addTime(USUAL.find((one) => !chosenTimes().includes(one)) ?? "20:30") }, t("reminder-add"));
  const days = el("div", { class: "card days", role: "group", "aria-label": t("reminder-days") }, aWeek().map((date, at) => {
    const box = el("input", { type: "checkbox", checked: (set.reminder?.weekdays ?? [1, 2, 3, 4, 5, 6, 7]).includes(at + 1), onchange: changed, "aria-label": weekdayLong(date) });
    return el("label", {}, box, el("span", { "aria-hidden": "true" }, weekdayShort(date)));
  }));
  const hint = el("p", { class: "quiet", role: "status" });
  let isSaved = true;

  const chosenTimes = () => [...times.querySelectorAll("input")].map((input) => input.value).filter(Boolean);
  const chosenDays = () => [...days.querySelectorAll("input")].flatMap((box, at) => (box.checked ? [at + 1] : []));

  function addTime(value) {
    const input = el("input", { type: "time", value, required: true, "aria-label": t("reminder-time"), onchange: changed });
    const remove = el("button", { type: "button", class: "soft", onclick: () => { row.remove(); changed(); } }, t("reminder-remove"));
    const row = el("div", { class: "row" }, input, el("span", { class: "grow" }), remove);
    times.append(row);
    changed();
  }

  function changed() {
    const inputs = times.querySelectorAll("input");
    for (const button of times.querySelectorAll("button")) button.hidden = inputs.length === 1;
    add.hidden = inputs.length >= MOST_TIMES;
    if (!isBuilt) return;
    felt.chosen();
    const isWhole = chosenTimes().length === inputs.length && new Set(chosenTimes()).size === inputs.length;
    hint.textContent = !isWhole ? t("reminder-times-wrong") : chosenDays().length === 0 ? t("reminder-days-wrong") : "";
    isSaved = false;
    keepFromClosing(true);
    mainButton(hint.textContent ? null : t("save"), save);
  }

  async function save() {
    if (!await shell.choose("reminder", { times: chosenTimes(), weekdays: chosenDays() })) return;
    isSaved = true;
    back();
  }

  async function leave() {
    if (isSaved || await shell.sure(t("unsaved"))) back();
  }

  let isBuilt = false;
  for (const time of set.reminder?.times ?? [USUAL[0]]) addTime(time);
  isBuilt = true;
  shell.show([
    el("header", { class: "top" }, el("h1", {}, t("settings-when")), el("p", { class: "why" }, t("reminder-about"))),
    el("section", {}, el("h2", {}, t("reminder-times")), times, add),
    el("section", {}, el("h2", {}, t("reminder-days")), days, hint),
    el("button", { type: "button", class: "plain", onclick: leave }, t("back")),
  ], { back: leave });
  if (!set.reminder) changed();
}

// Settings: each takes effect at once, and the chat says so. The page is drawn anew, and whoever chose stays where they are.

import { openOutside } from "./around.js";
import { aWeek, clock, el, icon, longDate, moment, t, weekdayLong, weekdayShort } from "./elements.js";
import { showReminder } from "./reminder.js";

let touched = null; // the label of what was changed last, until the page is drawn anew

export function show(set, shell) {
  const kept = touched;
  touched = null;
  const again = () => shell.open("settings");
  const change = async (name, fields) => { await shell.choose(name, fields); again(); };
  shell.show([
    el("header", { class: "top" }, el("h1", {}, t("tab-settings"))),
    group(t("settings-reminder"),
      toggle(t("settings-reminders-on"), !set.is_paused, (on) => change("pause", { paused: !on }),
        set.paused_until ? t("settings-paused-until", { date: longDate(set.paused_until) })
          : set.next_reminder ? t("next-reminder", { when: moment(set.next_reminder, set.zone) }) : null),
      set.is_paused || set.reminder === null ? null : until(set, change),
      press(t("settings-when"), () => showReminder(set, shell, again), whenOf(set.reminder)),
      zone(set, change),
      choiceOf(t("settings-follow-up"), set.follow_up_minutes ?? "", [["", t("never")], ...set.follow_up_choices.map((minutes) => [minutes, t("settings-follow-up-after", { minutes })])],
        (value) => change("follow-up", { minutes: value === "" ? null : Number(value) }))),
    group(t("settings-chat"),
      set.languages.length > 1 ? choiceOf(t("settings-language"), set.language, set.languages.map(({ code, name }) => [code, name]), async (language) => {
        touched = null; // no label stays
        const isChosen = await shell.choose("language", { language });
        if (isChosen) shell.forgetWords();
        await again();
        if (isChosen) shell.say(t("saved")); // once more, in the language of now
      }) : null,
      toggle(t("settings-text-only"), !set.pictures, (on) => change("pictures", { wanted: !on }), t("settings-text-only-about")),
      toggle(t("settings-dark"), set.dark_pictures, (wanted) => change("dark-pictures", { wanted }))),
    group(t("settings-progress"),
      choiceOf(t("settings-weekly"), set.weekly_day ?? "", [["", t("never")], ...aWeek().map((date, day) => [day + 1, weekdayLong(date)])],
        (value) => change("weekly", { weekday: value === "" ? null : Number(value) })),
      toggle(t("settings-streak"), set.streak, (wanted) => change("streak", { wanted }), t("settings-streak-about"))),
    set.has_staff_chat ? group(t("settings-staff"),
      toggle(t("settings-staff-told"), set.staff === true, (agrees) => change("staff", { agrees }), t("settings-staff-about"))) : null,
    clinic(set.clinic),
    group(t("settings-data"),
      press(t("settings-export"), async () => { await shell.choose("export", {}, t("exported")); }, t("settings-export-about")),
      press(t("settings-erase"), () => askErase(shell, again), null, "danger")),
  ], { focus: kept === null });
  if (kept !== null) controlOf(kept).focus({ preventScroll: true });
}

/** Return the switch or list with a label; the page itself where it is not there any more. */
function controlOf(label) {
  const row = [...document.querySelectorAll("label.row")].find((one) => one.querySelector("strong").textContent === label);
  return row?.querySelector("input, select") ?? document.querySelector("main");
}

function group(title, ...rows) {
  return el("section", {}, el("h2", {}, title), el("div", { class: "card rows" }, rows));
}

function whenOf(reminder) {
  if (!reminder) return t("settings-when-unset");
  const isDaily = reminder.weekdays.length === 7;
  const days = isDaily ? t("every-day") : reminder.weekdays.map((day) => weekdayShort(aWeek()[day - 1])).join(", ");
  return `${reminder.times.map(clock).join(", ")} · ${days}`;
}

/** Show the place whose clock counts, and offer the phone's own where that is another. */
function zone(set, change) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const placeOf = (name) => name.split("/").at(-1).replaceAll("_", " ");
  const about = el("span", { class: "grow" }, el("strong", {}, t("settings-zone")), el("small", {}, set.place ?? t("settings-zone-unset")));
  if (!here || here === set.zone) return el("div", { class: "row" }, about);
  return el("div", { class: "row wrap" }, about,
    el("button", { type: "button", class: "soft", onclick: () => change("zone", { zone: here }) }, t("settings-zone-here", { place: placeOf(here) })));
}

/** Pause until a day, chosen with the phone's own picker: tomorrow at the earliest, a year ahead at most. */
function until(set, change) {
  const day = (ahead) => new Date(Date.parse(set.today) + ahead * 86400000).toISOString().slice(0, 10);
  const input = el("input", { type: "date", min: day(1), max: day(365) });
  const go = el("button", { type: "button", class: "soft", hidden: true, onclick: () => change("pause-until", { date: input.value }) }, t("settings-pause"));
  input.addEventListener("input", () => { go.hidden = !input.value || !input.validity.valid; });
  return el("div", { class: "row wrap" }, el("label", { class: "grow" }, el("strong", {}, t("settings-pause-until")), input), go);
}

function toggle(label, isOn, change, about = null) {
  const box = el("input", { type: "checkbox", role: "switch", checked: isOn });
  box.addEventListener("change", () => { box.disabled = true; touched = label; change(box.checked); });
  return el("label", { class: "row" }, el("span", { class: "grow" }, el("strong", {}, label), about ? el("small", {}, about) : null), box);
}

function choiceOf(label, chosen, options, change) {
  const list = el("select", {}, options.map(([value, name]) => el("option", { value, selected: value === chosen }, name)));
  list.addEventListener("change", () => { list.disabled = true; touched = label; change(list.value); });
  return el("label", { class: "row" }, el("span", { class: "grow" }, el("strong", {}, label)), list);
}

function press(label, act, about = null, look = "") {
  return el("button", { type: "button", class: `row ${look}`, onclick: act },
    el("span", { class: "grow" }, el("strong", {}, label), about ? el("small", {}, about) : null), icon("next"));
}

function clinic(card) {
  const link = (symbol, text, address) => el("a", { class: "row", href: address, onclick: (event) => {
    if (!address.startsWith("http")) return;
    event.preventDefault();
    openOutside(address);
  } }, icon(symbol), el("span", { class: "grow" }, text));
  return el("section", { id: "clinic" }, el("h2", {}, t("settings-clinic")),
    el("div", { class: "card rows" },
      el("div", { class: "row" }, el("span", { class: "grow" }, el("strong", {}, card.name), el("small", {}, card.hours))),
      link("phone", card.phone_display, `tel:${card.phone}`),
      link("place", card.address, card.map_url),
      card.booking_url ? link("today", t("settings-book"), card.booking_url) : null,
      el("div", { class: "row" }, el("span", { class: "grow" }, el("small", {}, t("settings-emergency", { number: card.emergency }))))));
}

/** Ask once more, on a page of its own, before everything goes. */
function askErase(shell, again) {
  shell.show(el("section", { class: "alone" },
    el("h1", {}, t("erase-title")), el("p", {}, t("erase-about")),
    el("button", {
      type: "button", class: "strong danger",
      onclick: async () => { if (await shell.choose("erase", { everything: true }, t("erased"))) shell.close(); },
    }, t("erase-yes")),
    el("button", { type: "button", class: "strong calm", onclick: again }, t("erase-no"))), { back: again });
}

// Progress: ten weeks as a calendar to look into, pain and score as drawings, each with its numbers as a table.

import { calendar, lineChart } from "./charts.js";
import { el } from "./dom.js";
import { longDate, markOf, shortDate, t } from "./words.js";

export function show(seen, shell) {
  if (seen.days_ever === 0) {
    shell.show(el("section", { class: "alone" }, el("h1", {}, t("tab-progress")), el("p", {}, t("progress-empty"))));
    return;
  }
  const detail = el("div", { class: "detail", role: "status" });
  const tell = (day) => detail.replaceChildren(...about(day, seen, shell));
  shell.show([
    el("header", { class: "top" }, el("h1", {}, t("tab-progress")),
      seen.level ? el("p", { class: "why" }, t("progress-level", { level: seen.level.name, about: seen.level.about })) : null),
    tiles(seen),
    el("section", {}, el("h2", {}, t("calendar")), el("div", { class: "card" }, calendar(seen.days, seen.today, tell), legend(), detail)),
    el("section", {}, el("h2", {}, t("pain")), el("div", { class: "card" }, pain(seen))),
    el("section", {}, el("h2", {}, t("score")), el("div", { class: "card" }, score(seen))),
  ]);
  tell(seen.days.find(({ date }) => date === seen.today));
}

function tiles(seen) {
  const all = [[`${seen.points}`, t("tile-score")], [`${seen.days_done}`, t("tile-days")], [`${seen.minutes}`, t("tile-minutes")]];
  if (seen.streak) all.push([`${seen.streak.days}`, t("tile-streak")]);
  return el("dl", { class: "tiles" }, all.map(([value, label]) => el("div", { class: "card" }, el("dt", {}, label), el("dd", {}, value))));
}

function legend() {
  return el("ul", { class: "legend", "aria-hidden": "true" }, ["done", "missed", "frozen"].map((mark) =>
    el("li", {}, el("i", { class: `dot ${mark}` }), t(`mark-${mark}`))));
}

/** Say what a day was, with the correction that is still open. */
function about(day, seen, shell) {
  const lines = [el("strong", {}, longDate(day.date)), el("p", {}, markOf(day, seen.today), day.minutes ? `, ${t("minutes", { minutes: day.minutes })}` : "")];
  for (const when of ["before", "during", "after"]) {
    const rating = day.pain?.[when];
    if (rating !== null && rating !== undefined) lines.push(el("p", {}, t(`pain-${when}`, { rating })));
  }
  if (day.date === seen.yesterday) {
    lines.push(el("button", {
      type: "button", class: "soft",
      onclick: async () => { if (await shell.choose("yesterday", { date: day.date })) shell.open("progress"); },
    }, t("yesterday-done")));
  }
  return lines;
}

function pain(seen) {
  const rated = seen.days.filter((day) => day.pain);
  if (rated.length === 0) return el("p", { class: "quiet" }, t("pain-none"));
  const at = (day) => seen.days.indexOf(day);
  const line = (when) => ({
    name: t(`chart-${when}`), look: when,
    points: rated.filter((day) => day.pain[when] !== null).map((day) => [at(day), day.pain[when]]),
  });
  const rows = rated.map((day) => [shortDate(day.date), ...["before", "during", "after"].map((when) => day.pain[when] ?? "–")]);
  return lineChart({
    label: t("pain-label"), most: 10, ticks: [0, 5, 10], count: seen.days.length, from: shortDate(seen.days[0].date), to: shortDate(seen.today),
    lines: ["before", "during", "after"].map(line), head: [t("chart-day"), t("chart-before"), t("chart-during"), t("chart-after")], rows,
  });
}

function score(seen) {
  const points = seen.points_by_week.map((value, week) => [week, value]).filter(([, value]) => value !== null);
  const week = (number) => shortDate(seen.days[number * 7].date);
  return lineChart({
    label: t("score-label"), most: 100, ticks: [0, 50, 100], count: seen.points_by_week.length, from: week(0), to: shortDate(seen.today),
    lines: [{ name: t("tile-score"), look: "score", points }], head: [t("chart-week"), t("tile-score")], rows: points.map(([number, value]) => [week(number), value]),
    isFilled: true,
  });
}

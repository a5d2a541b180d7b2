// Progress: ten weeks as a calendar to look into and to correct, pain and score as drawings, each with its numbers as a
// table. What may be corrected of a day comes with it; why it may, or not, the bot decides.

import { calendar, lineChart } from "./charts.js";
import { el, longDate, markOf, shortDate, t } from "./elements.js";

const WHEN = ["before", "during", "after"];
const RATINGS = Array.from({ length: 11 }, (_, rating) => rating);

export function show(seen, shell, { day = null } = {}) {
  const wanted = day ?? seen.today;
  if (day === null && seen.days_ever === 0 && !seen.days.some(({ date, offer }) => offer?.done && date !== seen.today)) {
    shell.show(el("section", { class: "alone" }, el("h1", {}, t("tab-progress")), el("p", {}, t("progress-empty"))));
    return;
  }
  const told = el("div", { role: "status" });
  const acts = el("div", { class: "acts" });
  const tell = (chosen) => {
    told.replaceChildren(...about(chosen, seen));
    acts.replaceChildren(...corrections(chosen, seen, shell, acts));
  };
  const grid = calendar(seen.days, seen.today, wanted, tell);
  grid.addEventListener("click", () => acts.scrollIntoView({ block: "nearest" }));
  shell.show([
    el("header", { class: "top" }, el("h1", {}, t("tab-progress")),
      seen.level ? el("p", { class: "why" }, t("progress-level", { level: seen.level.name, about: seen.level.about })) : null),
    tiles(seen),
    el("section", {}, el("h2", {}, t("calendar")), el("p", { class: "quiet" }, t("correct-about", { days: seen.days_back })),
      el("div", { class: "card" }, grid, legend(), el("div", { class: "detail" }, told, acts))),
    el("section", {}, el("h2", {}, t("pain")), el("div", { class: "card" }, pain(seen))),
    el("section", {}, el("h2", {}, t("score")), el("div", { class: "card" }, score(seen))),
  ], { focus: day === null });
  tell(seen.days.find(({ date }) => date === wanted));
  if (day !== null) grid.querySelector("[tabindex='0']").focus({ preventScroll: true });
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

/** Say what a day was. */
function about(day, seen) {
  const lines = [el("strong", {}, longDate(day.date)), el("p", {}, markOf(day, seen.today), day.minutes ? `, ${t("minutes", { minutes: day.minutes })}` : "")];
  for (const when of WHEN) {
    const rating = day.pain?.[when] ?? null;
    if (rating !== null) lines.push(el("p", {}, t(`pain-${when}`, { rating })));
  }
  return lines;
}

/** Return what may be corrected of a day, or why nothing may. */
function corrections(day, seen, shell, acts) {
  const { done, pain: mayRate, why } = day.offer ?? { done: null, pain: false, why: t("correct-too-old", { days: seen.days_back }) };
  const change = async (name, fields) => { if (await shell.choose(name, { date: day.date, ...fields })) shell.open("progress", { day: day.date }); };
  const again = () => {
    acts.replaceChildren(...corrections(day, seen, shell, acts));
    acts.lastElementChild.focus();
  };
  const rate = () => {
    acts.replaceChildren(ratings(day, (fields) => change("pain", fields), again));
    acts.querySelector("select").focus();
  };
  return [
    done === null ? null : el("button", { type: "button", class: "soft", onclick: () => change("day", { done }) }, t(done ? "correct-done" : "correct-not-done")),
    why === null ? null : el("p", {}, why),
    mayRate ? el("button", { type: "button", class: "soft", onclick: rate }, t("correct-pain")) : null,
  ].filter(Boolean);
}

/** Return the form for the ratings that a day has. */
function ratings(day, save, back) {
  const told = WHEN.filter((when) => day.pain[when] !== null);
  const choices = Object.fromEntries(told.map((when) => [when, el("select", { id: `rating-${when}` },
    RATINGS.map((rating) => el("option", { value: rating, selected: rating === day.pain[when] }, rating)))]));
  const send = (event) => {
    event.preventDefault();
    save(Object.fromEntries(WHEN.map((when) => [when, choices[when] ? Number(choices[when].value) : null])));
  };
  return el("form", { onsubmit: send },
    told.map((when) => el("label", { for: `rating-${when}` }, el("span", {}, t(`correct-${when}`)), choices[when])),
    el("button", { type: "submit", class: "soft" }, t("save")),
    el("button", { type: "button", class: "plain", onclick: back }, t("back")));
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

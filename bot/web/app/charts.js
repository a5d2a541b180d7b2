// Drawings: a calendar of buttons that is a table, and lines that have a table beside them for whoever does not see them.

import { aWeek, el, icon, longDate, markOf, shortDate, svg, t, weekdayLetter, weekdayLong } from "./elements.js";

const WIDTH = 320;
const HEIGHT = 150;
const LEFT = 26;
const RIGHT = 8;
const TOP = 10;
const BOTTOM = 22;

const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** Return weeks as rows of days; `first` is chosen, `tell` hears of any other. Arrow keys go from day to day. */
export function calendar(days, today, first, tell) {
  const buttons = days.map((day) => el("button", {
    type: "button", class: `day ${day.mark}${day.date === today ? " now" : ""}`, tabindex: day.date === first ? 0 : -1,
    disabled: day.mark === "ahead", "aria-label": `${longDate(day.date)}: ${markOf(day, today)}`, "aria-pressed": String(day.date === first),
  }, day.mark === "done" ? icon("check") : String(Number(day.date.slice(8)))));
  const choose = (chosen) => {
    buttons.forEach((button, at) => {
      button.tabIndex = at === chosen ? 0 : -1;
      button.setAttribute("aria-pressed", String(at === chosen));
    });
    buttons[chosen].focus();
    tell(days[chosen]);
  };
  buttons.forEach((button, at) => {
    button.addEventListener("click", () => choose(at));
    button.addEventListener("keydown", (event) => {
      const next = at + (STEPS[event.key] ?? 0);
      if (next === at || !buttons[next] || buttons[next].disabled) return;
      event.preventDefault();
      choose(next);
    });
  });
  const weeks = Array.from({ length: days.length / 7 }, (_, week) => week * 7);
  return el("table", { class: "calendar" },
    el("caption", { class: "unseen" }, t("calendar")),
    el("thead", {}, el("tr", {}, el("td", {}), aWeek().map((date) => el("th", { scope: "col", abbr: weekdayLong(date) }, weekdayLetter(date))))),
    el("tbody", {}, weeks.map((first) => el("tr", {},
      el("th", { scope: "row" }, shortDate(days[first].date)),
      buttons.slice(first, first + 7).map((button) => el("td", {}, button))))));
}

/** Return lines over time: `lines` have a name, a look and points [place, value]; `rows` say the same as a table. */
export function lineChart({ label, most, ticks, count, from, to, lines, head, rows, isFilled = false }) {
  const x = (place) => LEFT + ((WIDTH - LEFT - RIGHT) * place) / Math.max(1, count - 1);
  const y = (value) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / most);
  const path = (points) => points.map(([place, value], at) => `${at ? "L" : "M"}${x(place).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  const drawing = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "chart", role: "img", "aria-label": label },
    ticks.map((tick) => [
      svg("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: y(tick), y2: y(tick), class: "grid" }),
      svg("text", { x: LEFT - 6, y: y(tick) + 3.5, class: "tick", "text-anchor": "end" }, tick),
    ]),
    svg("text", { x: LEFT, y: HEIGHT - 5, class: "tick" }, from),
    svg("text", { x: WIDTH - RIGHT, y: HEIGHT - 5, class: "tick", "text-anchor": "end" }, to),
    lines.filter(({ points }) => points.length).map(({ look, points }) => [
      isFilled && points.length > 1 ? svg("path", { class: `area ${look}`, d: `${path(points)}L${x(points.at(-1)[0])} ${y(0)}L${x(points[0][0])} ${y(0)}z` }) : null,
      svg("path", { class: `line ${look}`, d: path(points) }),
      points.map(([place, value]) => mark(look, x(place), y(value))),
    ]));
  const shown = lines.length > 1
    ? el("ul", { class: "legend", "aria-hidden": "true" }, lines.map(({ name, look }) => el("li", {}, svg("svg", { viewBox: "0 0 10 10", class: "key" }, mark(look, 5, 5)), name)))
    : null;
  const table = el("table", {}, el("caption", {}, label),
    el("thead", {}, el("tr", {}, head.map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, rows.map(([name, ...values]) => el("tr", {}, el("th", { scope: "row" }, name), values.map((value) => el("td", {}, value))))));
  return el("figure", {}, drawing, shown, el("div", { class: "unseen" }, table));
}

/** Each line has a mark of its own shape, so that nobody needs to tell colours apart. */
function mark(look, x, y) {
  if (look === "before") return svg("circle", { class: `mark ${look}`, cx: x, cy: y, r: 2.8 });
  if (look === "during") return svg("path", { class: `mark ${look}`, d: `M${x} ${y - 3.6}l3.4 6h-6.800z` });
  return svg("rect", { class: `mark ${look}`, x: x - 2.4, y: y - 2.4, width: 4.8, height: 4.8, rx: look === "score" ? 2.4 : 0.4 });
}

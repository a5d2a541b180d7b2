// What the page is made of: elements, built without ever parsing HTML, so that whatever a text says ends up in text nodes;
// its words, as the bot has them in the person's language; and dates, as their phone writes them.

import { speaks } from "./around.js";

const SVG = "http://www.w3.org/2000/svg";

/** Return a new element; `attributes` may hold class, listeners (onclick: fn) and any attribute by its name. */
export function el(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for a part of a drawing. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const SHAPES = {
  today: "M5 5.5h14v14H5zM5 9.5h14M9 3.5v4M15 3.5v4M9 14.5l2 2 4-4",
  progress: "M4.5 19.5h15M7.5 16v-4M12 16V7.5M16.5 16v-6.5",
  exercises: "M12 7.2a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM4 12.5c3-1.5 5-2 8-2s5 .5 8 2M12 10.5v4.5M12 15l-5 5M12 15l5 5",
  settings: "M4 7.5h9M17 7.5h3M4 16.5h3M11 16.5h9M15 9.7a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM9 18.7a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
  check: "M5.5 12.5l4 4 9-9",
  next: "M9.5 6l6 6-6 6",
  phone: "M6.5 4h3l1.6 4.2-2 1.5a12 12 0 0 0 5.2 5.2l1.5-2 4.2 1.6v3c0 1-.8 1.7-1.8 1.6C11 18.600 5.400 13 4.900 5.800 4.800 4.800 5.500 4 6.500 4z",
  place: "M12 21s6.500-6.200 6.500-11a6.500 6.500 0 0 0-13 0c0 4.800 6.500 11 6.500 11zM12 12.300a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600z",
  bell: "M6 17V11a6 6 0 0 1 12 0v6l1.500 1.500h-15zM10.200 20.800h3.600",
  shield: "M12 3.500l7 2.800v5c0 4.500-3 7.700-7 9.200-4-1.500-7-4.700-7-9.200v-5z",
};

/** Return one of the page's icons. */
export function icon(name) {
  return svg("svg", { viewBox: "0 0 24 24", class: `icon icon-${name}`, "aria-hidden": "true" }, svg("path", { d: SHAPES[name] }));
}

// Until the bot has answered there are only the words for when it does not; they come with the page, in every language.
const failures = JSON.parse(document.getElementById("failures").textContent);
let language = [speaks, navigator.language].map((code) => (code ?? "").slice(0, 2)).find((code) => code in failures) ?? "en";
let words = failures[language];
document.documentElement.lang = language;

export let clinic = null;

export function learn(said) {
  clinic = said.clinic;
  if (clinic.colour) document.documentElement.style.setProperty("--clinic", clinic.colour);
  words = said.words;
  language = said.language;
  document.documentElement.lang = language;
}

/** The way of writing dates: the phone's own where it speaks the same language, so that 7 pm is 19:00 in London. */
const writing = () => (navigator.language?.startsWith(language) ? navigator.language : language);

const formats = new Map();

/** Return a way of writing dates; made once for each, for making one takes a slow phone some milliseconds. */
function formatOf(options) {
  const key = JSON.stringify([writing(), options]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(writing(), options));
  return formats.get(key);
}

/** Return a text; what stands in braces in it is filled in from `values`. */
export function t(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// A local date stands for itself: it is written as if it were in UTC, so that no zone moves it.
const onDate = (date) => new Date(`${date}T00:00:00Z`);
const written = (options) => (date) => formatOf({ timeZone: "UTC", ...options }).format(onDate(date));

export const longDate = written({ weekday: "long", day: "numeric", month: "long" });
export const shortDate = written({ day: "numeric", month: "short" });
export const weekdayLetter = written({ weekday: "narrow" });
export const weekdayShort = written({ weekday: "short" });
export const weekdayLong = written({ weekday: "long" });

/** Write an instant in a zone: day and time. */
export function moment(iso, zone) {
  return formatOf({ timeZone: zone ?? undefined, weekday: "long", hour: "numeric", minute: "2-digit" }).format(new Date(iso));
}

/** Say what a day was; of today, which is not over, that it is still open. */
export const markOf = ({ date, mark }, today) => (date === today && mark === "empty" ? t("mark-today") : t(`mark-${mark}`));

/** Write a wall-clock time such as 07:30. */
export const clock = (time) => formatOf({ timeZone: "UTC", hour: "numeric", minute: "2-digit" }).format(new Date(`2024-01-01T${time}:00Z`));

/** Return the dates of any week, Monday first, to name its days by. */
export const aWeek = () => Array.from({ length: 7 }, (_, day) => `2024-01-0${day + 1}`);

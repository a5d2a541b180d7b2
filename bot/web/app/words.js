// The page's words, as the bot has them in the person's language, and dates as their phone writes them.

import { speaks } from "./telegram.js";

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

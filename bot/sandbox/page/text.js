// Message text with its entities, as DOM nodes. Offsets are UTF-16 code units, which is what JavaScript counts in too.

import { el } from "./dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/** Return nodes for a text. `context` has `now()` in milliseconds, `say(text)` for a command that is clicked, `deepLink` and `comeBy`. */
export function formattedText(text, entities, context) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodesBetween(text, 0, text.length, sorted, context);
}

function nodesBetween(text, from, to, entities, context) {
  const nodes = [];
  let at = from;
  for (let i = 0; i < entities.length; i += 1) {
    const entity = entities[i];
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < at) continue;
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
    const inner = entities.slice(i + 1).filter((other) => other.offset < end && other.offset + other.length <= end);
    nodes.push(wrapped(entity, text.slice(entity.offset, end), nodesBetween(text, entity.offset, end, inner, context), context));
    // A block begins a new line by itself; the line break after it would show as an empty line.
    at = BLOCKS.has(entity.type) && text[end] === "\n" ? Math.min(end + 1, to) : end;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function wrapped(entity, plain, inner, context) {
  switch (entity.type) {
    case "text_link": return link(entity.url, inner, context);
    case "url": return link(plain, inner, context);
    case "email": return el("span", { class: "linkish" }, inner);
    case "mention": case "hashtag": case "cashtag": case "phone_number": return el("span", { class: "linkish" }, inner);
    case "bot_command":
      return el("button", { type: "button", class: "command", onclick: () => context.say(plain) }, inner);
    case "spoiler": {
      const spoiler = el("button", { type: "button", class: "spoiler", "aria-label": "Hidden text, press to show" }, inner);
      spoiler.addEventListener("click", () => spoiler.replaceWith(el("span", {}, inner)), { once: true });
      return spoiler;
    }
    case "date_time": return dateTime(entity, inner, context);
    default: return TAGS[entity.type] ? el(TAGS[entity.type], {}, inner) : el("span", {}, inner);
  }
}

/** Return a link; one to the bot itself with a start parameter brings somebody new to it, here instead of on t.me. */
function link(address, inner, context) {
  if (address.startsWith(context.deepLink)) {
    const parameter = address.slice(context.deepLink.length);
    return el("button", { type: "button", class: "command", title: "Come by this link as somebody new", onclick: () => context.comeBy(parameter) }, inner);
  }
  const safe = /^https?:\/\//i.test(address);
  return safe ? el("a", { href: address, target: "_blank", rel: "noreferrer noopener" }, inner) : el("span", { class: "linkish" }, inner);
}

/** Show a moment in the browser's own zone and language, in the format the bot asked for. */
function dateTime(entity, inner, context) {
  const at = new Date(entity.unix_time * 1000);
  const format = entity.date_time_format ?? "";
  const shown = format === "" ? inner : format === "r" ? relative(at, context.now()) : absolute(at, format);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const title = `${at.toLocaleString(undefined, { dateStyle: "full", timeStyle: "short" })} (${zone})`;
  return el("time", { class: "linkish apart", datetime: at.toISOString(), title }, shown);
}

function absolute(at, format) {
  const parts = {};
  if (format.includes("w")) parts.weekday = "long";
  if (format.includes("d")) Object.assign(parts, { day: "2-digit", month: "2-digit", year: "2-digit" });
  if (format.includes("D")) Object.assign(parts, { day: "numeric", month: "long", year: "numeric" });
  if (/t/i.test(format)) Object.assign(parts, { hour: "2-digit", minute: "2-digit" });
  if (format.includes("T")) parts.second = "2-digit";
  return at.toLocaleString(undefined, parts);
}

function relative(at, now) {
  const seconds = Math.round((at.getTime() - now) / 1000);
  const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units[3];
  return new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

// One message as an element: its medium, text, time and inline keyboard.

import { el, icon } from "./dom.js";
import { formattedText } from "./text.js";

// What the effects that everybody has look like.
const EFFECTS = {
  "5104841245755180586": "🔥", "5107584321108051014": "👍", "5104858069142078462": "👎",
  "5159385139981059251": "❤️", "5046509860389126442": "🎉", "5046589136895476101": "💩",
};

/**
 * Return the element of a message. `context` has `own(message)`, `inGroup`, `reactions(message)`, `now()`, `say(text)`,
 * `press(message, row, column, element)`, `copy(text)`, `edit(message)` and `openApp(address)`.
 */
export function bubble(message, context) {
  const own = context.own(message);
  const parts = [forwarded(message), reply(message), medium(message), words(message, context)];
  const stamp = el("span", { class: "stamp" },
    message.effect_id ? el("span", { class: "effect", role: "img", "aria-label": "Message effect" }, EFFECTS[message.effect_id] ?? "✨") : null,
    message.edit_date ? "edited " : null,
    el("time", { datetime: new Date(message.date * 1000).toISOString() }, clockTime(message.date)));
  const isBare = Boolean(message.sticker);
  const body = el("div", { class: `bubble${isBare ? " bare" : ""}` }, parts, stamp);
  const emoji = context.reactions(message);
  if (emoji.length) body.append(el("span", { class: "reaction", role: "img", "aria-label": `The bot reacted with ${emoji.join(" ")}` }, emoji.join("")));
  const who = own && !context.inGroup ? "You" : message.from.first_name;
  const article = el("article", { class: `message ${own ? "own" : "theirs"}`, "aria-label": who }, body);
  article.dataset.messageId = message.message_id;
  article.dataset.date = message.date;
  if (context.inGroup && own) body.prepend(el("strong", { class: "sender" }, message.from.first_name));
  if (own && message.text && !context.inGroup) {
    article.prepend(el("button", { type: "button", class: "edit", "aria-label": "Edit this message", title: "Edit", onclick: () => context.edit(message) }, icon("pencil")));
  }
  const rows = message.reply_markup?.inline_keyboard;
  if (rows?.length) article.append(keyboard(message, rows, context));
  return article;
}

/** Return hours and minutes of a Unix time in the browser's zone. */
export function clockTime(unix) {
  return new Date(unix * 1000).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
}

function reply(message) {
  const replied = message.reply_to_message;
  return replied ? el("div", { class: "reply" }, replied.text ?? replied.caption ?? "message") : null;
}

function forwarded(message) {
  const origin = message.forward_origin;
  return origin ? el("div", { class: "reply" }, `Forwarded from ${origin.sender_user_name}`) : null;
}

function words(message, context) {
  const text = message.text ?? message.caption;
  if (!text) return null;
  return el("div", { class: "words", dir: "auto" }, formattedText(text, message.entities ?? message.caption_entities, context));
}

function medium(message) {
  if (message.animation) return animation(message.animation, message.caption);
  if (message.photo) return picture(message.photo.at(-1), "Photo");
  if (message.document) return file(message.document);
  if (message.sticker) return el("div", { class: "sticker", role: "img", "aria-label": "Sticker" }, message.sticker.emoji);
  if (message.voice) return voice(message.voice);
  if (message.location) return place(message.location);
  if (message.contact) return el("div", { class: "words" }, `Contact: ${message.contact.first_name}, ${message.contact.phone_number}`);
  if (message.poll) return el("div", { class: "words" }, `Poll: ${message.poll.question}`);
  return null;
}

const address = (file_id) => `/sandbox/files/${encodeURIComponent(file_id)}`;

function picture(size, alt) {
  return el("img", { class: "medium", src: address(size.file_id), width: size.width, height: size.height, alt });
}

/** A moving picture plays by itself, but waits to be started where the reader wants nothing to move. */
function animation(moving, caption) {
  const label = caption ? `Animation: ${caption.split("\n")[0]}` : "Animation";
  if (moving.mime_type !== "video/mp4") return picture(moving, label);
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const video = el("video", {
    class: "medium", src: address(moving.file_id), width: moving.width, height: moving.height,
    loop: true, playsinline: true, preload: "auto", autoplay: !isCalm, controls: isCalm, "aria-label": label,
  });
  video.muted = true;
  return video;
}

function file(document) {
  const size = document.file_size < 1024 ? `${document.file_size} B` : `${(document.file_size / 1024).toFixed(1)} KB`;
  return el("a", { class: "file", href: address(document.file_id), download: document.file_name },
    el("span", { class: "round" }, icon("file")),
    el("span", {}, el("strong", {}, document.file_name), el("small", {}, `${size} · download`)));
}

function voice(note) {
  const bars = Array.from({ length: 22 }, (_, i) => {
    const bar = el("i");
    bar.style.height = `${5 + ((i * 37) % 13)}px`;
    return bar;
  });
  return el("div", { class: "voice", role: "img", "aria-label": `Voice note, ${note.duration} seconds` }, bars, el("small", {}, `0:0${note.duration}`));
}

function place(location) {
  return el("div", { class: "file" }, el("span", { class: "round" }, icon("place")),
    el("span", {}, el("strong", {}, "Location"), el("small", {}, `${location.latitude.toFixed(4)}, ${location.longitude.toFixed(4)}`)));
}

function keyboard(message, rows, context) {
  return el("div", { class: "keyboard", role: "group", "aria-label": "Buttons of this message" }, rows.map((row, r) =>
    el("div", { class: "keys" }, row.map((button, c) => key(message, button, r, c, context)))));
}

function key(message, button, row, column, context) {
  const style = `key ${button.style ?? ""}`;
  if (button.web_app) {
    return el("button", { type: "button", class: style, onclick: () => context.openApp(button.web_app.url) }, button.text, icon("app"));
  }
  if (button.url) {
    const href = /^https?:\/\//i.test(button.url) ? button.url : undefined;
    return el("a", { class: style, href, target: "_blank", rel: "noreferrer noopener" }, button.text, icon("out"));
  }
  if (button.copy_text) {
    return el("button", { type: "button", class: style, onclick: () => context.copy(button.copy_text.text) }, button.text, icon("copy"));
  }
  const element = el("button", { type: "button", class: style }, button.text);
  element.addEventListener("click", () => context.press(message, row, column, element));
  return element;
}

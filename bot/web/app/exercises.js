// Exercises: the library, each with its moving picture, how it is done, and its easier and harder ways.

import { el, icon, t } from "./elements.js";

const PARTS = ["start", "alignment", "movement", "breathing", "avoid", "easier", "harder", "stop", "care"];

export function show(library, shell, { exercise: wanted, from = "exercises" } = {}) {
  const all = [...library.groups.flatMap((group) => group.exercises), ...library.others];
  const found = all.find((one) => one.id === wanted);
  if (found) { showOne(found, library, shell, from); return; }
  const groups = library.others.length ? [...library.groups, { level: null, exercises: library.others }] : library.groups;
  shell.show([
    el("header", { class: "top" }, el("h1", {}, t("tab-exercises")), el("p", { class: "why" }, t("exercises-about"))),
    groups.map(({ level, exercises }) => el("section", {},
      el("h2", {}, level ? level.name : t("exercises-others")),
      level ? el("p", { class: "quiet" }, level.about) : null,
      el("ul", { class: "card steps" }, exercises.map((one) => el("li", {},
        el("button", { type: "button", class: "row", id: `exercise-${one.id}`, onclick: () => showOne(one, library, shell, "exercises") },
          one.has_picture ? el("img", { src: `media/${one.id}.png`, alt: "", width: 84, height: 42, loading: "lazy" }) : null,
          el("span", { class: "grow" }, el("strong", {}, one.name), el("small", {}, one.purpose)), icon("next"))))))),
  ]);
}

function showOne(one, library, shell, from) {
  const back = () => {
    if (from !== "exercises") { shell.open(from); return; }
    show(library, shell);
    document.getElementById(`exercise-${one.id}`)?.focus();
  };
  shell.show([
    el("header", { class: "top" }, el("h1", {}, one.name), el("p", { class: "why" }, one.purpose)),
    one.has_picture ? film(one) : null,
    PARTS.map((part) => el("section", { class: `card part ${part}` }, el("h2", {}, t(`part-${part}`)), lines(one[part]))),
    el("button", { type: "button", class: "plain", onclick: back }, t("back")),
  ], { back });
}

/** The film moves by itself, but waits to be started where nothing is to move. */
function film(one) {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const video = el("video", {
    class: "film", src: `media/${one.id}.mp4`, poster: `media/${one.id}.png`, loop: true, playsinline: true,
    autoplay: !isCalm, controls: true, width: 640, height: 480, "aria-label": one.picture,
  });
  video.muted = true;
  return video;
}

function lines(text) {
  const all = text.split("\n").filter((line) => line.trim());
  const bullets = all.filter((line) => line.startsWith("•"));
  if (bullets.length && bullets.length === all.length) {
    return el("ul", {}, all.map((line) => el("li", {}, line.replace(/^•\s*/, ""))));
  }
  return all.map((line) => el("p", {}, line));
}

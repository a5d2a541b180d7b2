// The lower edge of a phone: typing line, command menu, attachments, reply keyboard, START.

import { el, icon } from "./dom.js";

const PLACES = [["New York", 40.7128, -74.006], ["Madrid", 40.4168, -3.7038], ["Kathmandu", 27.7172, 85.324], ["Lord Howe", -31.553, 159.085]];

/** Return the composer; `actions` has send(text), edit(message, text), act(action, body), unblock() and name. */
export function composer(actions) {
  const state = { commands: [], keyboard: null, started: false, blocked: false, editing: null, chosen: -1 };
  const list = el("div", { class: "pop commands", role: "listbox", "aria-label": "Commands", hidden: true });
  const attachments = el("div", { class: "pop attachments", role: "menu", "aria-label": "Attach", hidden: true });
  const input = el("textarea", { rows: "1", placeholder: "Message", "aria-label": `Message from ${actions.name}`, maxlength: "4096", dir: "auto" });
  const menu = el("button", { type: "button", class: "slash", "aria-label": "Commands", title: "Commands" }, "/");
  const attach = el("button", { type: "button", class: "plain", "aria-label": "Attach", "aria-haspopup": "menu", title: "Attach" }, icon("attach"));
  const send = el("button", { type: "submit", class: "send", "aria-label": "Send", disabled: true }, icon("send"));
  const editing = el("div", { class: "editing", hidden: true }, icon("pencil"), el("span", {}, "Edit message"),
    el("button", { type: "button", class: "plain", "aria-label": "Leave the message as it is", onclick: () => stopEdit() }, "×"));
  const form = el("form", { class: "line" }, menu, input, attach, send);
  const keys = el("div", { class: "reply-keys", role: "group", "aria-label": "Suggested answers", hidden: true });
  const start = el("button", { type: "button", class: "start" }, "Start");
  const element = el("div", { class: "composer" }, list, attachments, editing, form, keys, start);

  function fit() {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, 120)}px`;
    send.disabled = input.value.trim() === "";
  }

  function showCommands(open) {
    const typed = input.value.startsWith("/") ? input.value.slice(1).toLowerCase() : "";
    const found = state.commands.filter(({ command }) => command.startsWith(typed));
    list.hidden = !open || found.length === 0;
    state.chosen = -1;
    list.replaceChildren(...found.map(({ command, description }) =>
      el("button", { type: "button", role: "option", "aria-selected": "false", onclick: () => submit(`/${command}`) }, el("strong", {}, `/${command}`), el("span", {}, description))));
  }

  function choose(step) {
    const options = [...list.children];
    state.chosen = (state.chosen + step + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === state.chosen)));
    options[state.chosen].scrollIntoView({ block: "nearest" });
  }

  async function submit(text) {
    list.hidden = true;
    attachments.hidden = true;
    const { editing: message } = state;
    const sent = message ? await actions.edit(message, text) : await actions.send(text);
    if (!sent) return;
    input.value = "";
    stopEdit();
    fit();
  }

  function stopEdit() {
    if (state.editing) input.value = "";
    state.editing = null;
    editing.hidden = true;
    fit();
  }

  function attachment(label, symbol, act) {
    return el("button", { type: "button", role: "menuitem", onclick: () => { attachments.hidden = true; act(); } }, el("span", { "aria-hidden": "true" }, symbol), label);
  }

  attachments.append(
    attachment("Sticker", "🐢", () => actions.act("sticker")),
    attachment("Voice note", "🎙", () => actions.act("voice")),
    attachment("Photo", "🏞", () => { actions.act("photo", { caption: input.value.trim() }); input.value = ""; fit(); }),
    ...PLACES.map(([name, latitude, longitude]) => attachment(`Location: ${name}`, "📍", () => actions.act("location", { latitude, longitude }))),
    el("small", {}, "What is typed becomes the photo's caption."),
  );

  function redraw() {
    const mayWrite = state.started && !state.blocked;
    form.hidden = !mayWrite;
    start.hidden = mayWrite;
    start.textContent = state.blocked ? "Unblock and restart" : "Start";
    const rows = state.keyboard?.keyboard ?? [];
    keys.hidden = !mayWrite || rows.length === 0;
    keys.replaceChildren(...rows.map((row) => el("div", { class: "keys" }, row.map((button) =>
      el("button", { type: "button", class: `key ${button.style ?? ""}`, onclick: () => press(button) }, button.text)))));
    input.placeholder = state.keyboard?.input_field_placeholder ?? "Message";
  }

  function press(button) {
    if (!button.request_location) { actions.send(button.text); return; }
    attachments.hidden = false;
    attachments.querySelector(":nth-child(4)").focus();
  }

  start.addEventListener("click", async () => {
    if (state.blocked) await actions.unblock();
    await actions.send("/start");
    input.focus({ preventScroll: true });
  });
  menu.addEventListener("click", () => { attachments.hidden = true; showCommands(list.hidden); input.focus(); });
  attach.addEventListener("click", () => { list.hidden = true; attachments.hidden = !attachments.hidden; });
  input.addEventListener("input", () => { fit(); showCommands(/^\/\w*$/.test(input.value)); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) { event.preventDefault(); choose(event.key === "ArrowDown" ? 1 : -1); }
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(); }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!list.hidden && state.chosen >= 0) list.children[state.chosen].click();
    else if (input.value.trim()) submit(input.value);
  });
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    list.hidden = true;
    attachments.hidden = true;
    stopEdit();
    input.focus();
  });
  redraw();

  return {
    element,
    setCommands(commands) { state.commands = commands; menu.hidden = commands.length === 0; },
    setKeyboard(keyboard) { state.keyboard = keyboard; redraw(); },
    setStarted(started) { if (state.started !== started) { state.started = started; redraw(); } },
    setBlocked(blocked) { state.blocked = blocked; redraw(); },
    focus() { input.focus({ preventScroll: true }); },
    startEdit(message) { state.editing = message; editing.hidden = false; input.value = message.text; fit(); input.focus(); },
  };
}

// One person's phone: the chat with the bot, what they can do in it, and what the bot answers. A group has one phone,
// which its members hold in turn.

import { bubble } from "./bubble.js";
import { composer } from "./composer.js";
import { ask, el, icon } from "./dom.js";
import { miniApp } from "./mini_app.js";

const NEAR_THE_END_PIXELS = 90;
const ABOVE_PIXELS = 10; // left over the message that reading begins with
const TOGETHER_SECONDS = 60; // messages of one answer; a later one is news of its own

export class Phone {
  /** `sandbox` has bot, now() in milliseconds, and comeBy(parameter); a `group` has id, title and members. */
  constructor(person, sandbox, group = null) {
    this.person = person;
    this.group = group;
    this.chatId = group?.id ?? person.id;
    this.sandbox = sandbox;
    this.messages = new Map();
    this.shown = new Map(); // the messages themselves, to be drawn anew when the bot reacts
    this.reactions = new Map();
    this.unread = 0;
    this.readFrom = null; // where the bot's present answer begins
    this.build();
  }

  build() {
    const { bot } = this.sandbox;
    this.idle = this.group ? `group with ${bot.first_name}` : "bot";
    this.status = el("small", {}, this.idle);
    this.blockItem = el("button", { type: "button", role: "menuitem", onclick: () => this.toggleBlock() }, "Block the bot");
    this.menu = el("div", { class: "pop under", role: "menu", hidden: true }, this.blockItem);
    const more = el("button", { type: "button", class: "plain", "aria-label": "More", "aria-haspopup": "menu", onclick: () => { this.menu.hidden = !this.menu.hidden; } }, icon("more"));
    this.appButton = el("button", { type: "button", class: "app-button", hidden: true });
    const language = this.person.language_code ? ` · ${this.person.language_code}` : "";
    const name = this.group?.title ?? bot.first_name;
    const whose = this.group ? this.holders() : el("span", { class: "whose", title: "The person who holds this phone" }, el("bdi", {}, this.person.first_name), language);
    const head = el("header", { class: "head" },
      el("span", { class: "avatar", "aria-hidden": "true" }, name.slice(0, 1)),
      el("span", { class: "title" }, el("strong", {}, name), this.status),
      whose, this.appButton, this.group ? null : more, this.menu);
    this.log = el("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": this.group ? `Group ${name}` : `Chat of ${this.person.first_name} with ${bot.first_name}`, tabindex: "0", onscroll: () => this.onScroll() });
    this.badge = el("span", { class: "badge", hidden: true });
    this.down = el("button", { type: "button", class: "down", "aria-label": "To the latest message", hidden: true, onclick: () => this.toEnd() }, icon("down"), this.badge);
    this.about = el("p");
    this.empty = el("div", { class: "empty" }, el("strong", {}, this.group ? "A group with the bot in it" : "What can this bot do?"), this.about);
    this.overlay = el("div", { class: "overlay", "aria-live": "assertive" });
    this.composer = composer({
      send: (text) => this.say(text),
      edit: (message, text) => this.act("edit", { message_id: message.message_id, text }),
      act: (action, body) => this.act(action, body),
      unblock: () => this.toggleBlock(),
      name: this.person.first_name,
    });
    this.element = el("section", { class: "phone", "aria-label": this.group ? `Group ${name}` : `${this.person.first_name}'s phone` },
      head, el("div", { class: "screen" }, this.empty, this.log, this.down, this.overlay), this.composer.element);
    if (this.group) this.composer.element.querySelector("[aria-label=Attach].plain").hidden = true;
    this.element.dataset.personId = this.chatId;
    this.element.addEventListener("click", (event) => { if (!event.target.closest(".head")) this.menu.hidden = true; });
    this.element.addEventListener("keydown", (event) => { if (event.key === "Escape") this.menu.hidden = true; });
    this.context = {
      own: (message) => !message.from.is_bot,
      inGroup: this.group !== null,
      deepLink: `https://t.me/${bot.username}?start=`,
      comeBy: (parameter) => this.sandbox.comeBy(parameter),
      reactions: (message) => this.reactions.get(message.message_id) ?? [],
      now: this.sandbox.now,
      say: (text) => this.say(text),
      press: (message, row, column, key) => this.press(message, row, column, key),
      copy: (text) => this.copy(text),
      edit: (message) => this.composer.startEdit(message),
      openApp: (address) => this.openApp(address),
    };
  }

  /** Open a Mini App over the chat, signed in as this phone's person; an open one makes way. */
  async openApp(address) {
    const signed = await this.act("web-app");
    if (!signed) return;
    this.element.querySelector(".mini-app")?.remove();
    this.element.append(miniApp(address, signed.init_data, this.sandbox.bot.first_name));
  }

  /** Fetch the whole chat and show it. */
  async load() {
    const chat = await ask(`chats/${this.chatId}`);
    for (const [id, emoji] of Object.entries(chat.reactions)) this.reactions.set(Number(id), emoji);
    for (const message of chat.messages) this.draw(message);
    this.arrange();
    this.setBlocked(chat.blocked);
    this.composer.setKeyboard(chat.keyboard);
    this.describe(chat);
    this.toEnd();
  }

  /** Fetch what the bot says about itself: commands and description. */
  async refresh() {
    this.describe(await ask(`chats/${this.chatId}`));
  }

  describe(chat) {
    this.composer.setCommands(chat.commands);
    const { type, text, web_app } = chat.menu_button;
    this.appButton.hidden = type !== "web_app" || this.group !== null;
    this.appButton.textContent = text ?? "";
    this.appButton.onclick = () => this.openApp(web_app.url);
    const hello = chat.description || "Press Start below and the bot says hello. Everything stays on this computer.";
    this.about.textContent = this.group ? "Press Start below to read what the bot does here." : hello;
  }

  /** Take in one journal entry of this chat. */
  hear(event) {
    switch (event.kind) {
      case "message": case "edited": this.arrive(event.message, event.kind === "message"); break;
      case "deleted": this.messages.get(event.message_id)?.remove(); this.messages.delete(event.message_id); this.shown.delete(event.message_id); this.arrange(); break;
      case "reaction": this.reactions.set(event.message_id, event.emoji); if (this.shown.has(event.message_id)) this.put(this.shown.get(event.message_id)); break;
      case "toast": this.answered(event); break;
      case "keyboard": this.composer.setKeyboard(event.keyboard); break;
      case "blocked": this.setBlocked(event.blocked); break;
      case "action": this.showAction(); break;
      default: break;
    }
  }

  arrive(message, isNew) {
    const atEnd = this.isAtEnd();
    this.put(message);
    this.settleKeys(message.message_id);
    if (message.from.is_bot) this.status.textContent = this.idle;
    if (isNew) this.noteAnswer(message);
    if (this.context.own(message)) this.toEnd();
    else if (atEnd) this.toAnswer();
    else if (isNew) { this.unread += 1; this.onScroll(); }
  }

  noteAnswer(message) {
    const first = this.messages.get(this.readFrom);
    if (this.context.own(message)) this.readFrom = null;
    else if (!first || message.date - first.dataset.date > TOGETHER_SECONDS) this.readFrom = message.message_id;
  }

  put(message) {
    this.draw(message);
    this.arrange();
  }

  /** Show a message; its place among the others is seen to by `arrange`, once for all of a whole chat. */
  draw(message) {
    this.shown.set(message.message_id, message);
    const element = bubble(message, this.context);
    const known = this.messages.get(message.message_id);
    const playing = known?.querySelector("video"); // goes on playing when only the buttons change
    const medium = element.querySelector("video");
    if (playing && medium?.src === playing.src) medium.replaceWith(playing);
    const byKeyboard = known?.querySelector(":focus-visible"); // whoever uses only keys must not be sent to the page's top
    if (known) known.replaceWith(element);
    else this.log.append(element);
    if (byKeyboard) this.composer.focus();
    this.messages.set(message.message_id, element);
    for (const image of element.querySelectorAll("img")) image.addEventListener("load", () => this.isAtEnd(400) && this.toAnswer(), { once: true });
  }

  /** Put a separator before each day's first message and a tail on each run's last. */
  arrange() {
    for (const day of this.log.querySelectorAll(".day")) day.remove();
    const all = [...this.log.querySelectorAll(".message")];
    let lastDay = "";
    all.forEach((element, i) => {
      const day = new Date(element.dataset.date * 1000).toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long" });
      if (day !== lastDay) element.before(el("div", { class: "day", role: "separator" }, el("span", {}, day)));
      lastDay = day;
      const next = all[i + 1];
      element.classList.toggle("last", !next || next.classList.contains("own") !== element.classList.contains("own"));
    });
    this.empty.hidden = all.length > 0;
    this.composer.setStarted(all.length > 0);
  }

  async act(action, body = {}) {
    try {
      return await ask(`people/${this.person.id}/${action}`, body);
    } catch (error) {
      this.toast(error.message);
      return null;
    }
  }

  async say(text) {
    return this.act("text", this.inGroup({ text }));
  }

  /** Add the group, where this is one, to what a person does. */
  inGroup(body) {
    return this.group ? { ...body, chat_id: this.group.id } : body;
  }

  /** The choice of whose hands a group's phone is in. */
  holders() {
    const choice = el("select", { class: "whose", "aria-label": "Who writes", onchange: () => {
      this.person = this.group.members.find(({ id }) => id === Number(choice.value));
    } }, this.group.members.map(({ id, first_name, status }) => el("option", { value: id }, `${first_name} · ${status}`)));
    return choice;
  }

  async press(message, row, column, key) {
    this.readFrom = null;
    this.toEnd(); // where the answer will come, also when the key stood above the last ones
    key.classList.add("busy");
    key.setAttribute("aria-busy", "true");
    if (!(await this.act("press", this.inGroup({ message_id: message.message_id, row, column })))) this.settleKeys(message.message_id);
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.toast("Copied to the clipboard");
    } catch {
      this.toast(`Copy it by hand: ${text}`);
    }
  }

  settleKeys(messageId) {
    for (const key of this.messages.get(messageId)?.querySelectorAll(".busy") ?? []) {
      key.classList.remove("busy");
      key.removeAttribute("aria-busy");
    }
  }

  answered(event) {
    this.settleKeys(event.message_id);
    if (!event.text) return;
    if (event.show_alert) this.alert(event.text);
    else this.toast(event.text);
  }

  toast(text) {
    const element = el("p", { class: "toast", role: "status" }, text);
    this.overlay.replaceChildren(element);
    setTimeout(() => element.remove(), 3500);
  }

  alert(text) {
    const close = el("button", { type: "button", class: "strong" }, "OK");
    const dialog = el("dialog", { class: "form" }, el("p", {}, text), el("div", { class: "row" }, close));
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    this.element.append(dialog);
    dialog.showModal();
  }

  showAction() {
    this.status.textContent = "typing…";
    clearTimeout(this.actionTimer);
    this.actionTimer = setTimeout(() => { this.status.textContent = this.idle; }, 5000);
  }

  async toggleBlock() {
    this.menu.hidden = true;
    await this.act(this.blocked ? "unblock" : "block");
  }

  setBlocked(blocked) {
    this.blocked = blocked;
    this.blockItem.textContent = blocked ? "Unblock the bot" : "Block the bot";
    this.composer.setBlocked(blocked);
  }

  isAtEnd(pixels = NEAR_THE_END_PIXELS) {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < pixels;
  }

  onScroll() {
    if (this.isAtEnd()) this.unread = 0;
    this.down.hidden = this.isAtEnd();
    this.badge.hidden = this.unread === 0;
    this.badge.textContent = this.unread;
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.onScroll();
  }

  /** Go to the end, but no further than where the bot's answer begins: a long one is read from its top. */
  toAnswer() {
    this.toEnd();
    const first = this.messages.get(this.readFrom);
    if (!first) return;
    const above = this.log.getBoundingClientRect().top + ABOVE_PIXELS - first.getBoundingClientRect().top;
    if (above > 0) this.log.scrollTop -= above;
    this.onScroll();
  }
}

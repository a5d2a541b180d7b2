// The page as a whole: the people's phones, the bot's clock, whether a bot listens, light and dark.

import { ask, el, icon } from "./dom.js";
import { Phone } from "./phone.js";

const byId = (id) => document.getElementById(id);
const phones = new Map();
const sandbox = { bot: null, offset: 0, now: () => Date.now() + sandbox.offset, comeBy: (parameter) => comeBy(parameter).catch(complain) };

function complain(error) {
  const notice = byId("notice");
  notice.textContent = error.message.charAt(0).toUpperCase() + error.message.slice(1);
  notice.hidden = false;
  clearTimeout(complain.timer);
  complain.timer = setTimeout(() => { notice.hidden = true; }, 4000);
}

function showConnection(connected) {
  byId("link").dataset.connected = connected;
  byId("link-text").textContent = connected ? "Bot connected" : "No bot is listening; messages will wait";
}

function setClock(iso) {
  sandbox.offset = Date.parse(iso) - Date.now();
  tick();
}

function tick() {
  const now = new Date(sandbox.now());
  byId("now").dateTime = now.toISOString();
  byId("now").replaceChildren(
    now.toLocaleDateString(undefined, { weekday: "short" }),
    el("span", { class: "date" }, ` ${now.toLocaleDateString(undefined, { day: "numeric", month: "short" })}`),
    ` ${now.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" })}`);
}

async function addPhone(person, group = null) {
  const id = group?.id ?? person.id;
  if (phones.has(id)) return;
  const phone = new Phone(person, sandbox, group);
  phones.set(id, phone);
  byId("phones").append(phone.element);
  byId("phones").dataset.count = phones.size;
  await phone.load();
}

/** Bring somebody new to the bot by a deep link. */
async function comeBy(parameter) {
  const { person } = await ask("people", { first_name: "Kim", language_code: navigator.language.slice(0, 2) });
  await addPhone(person);
  await ask(`people/${person.id}/text`, { text: `/start ${parameter}` });
  phones.get(person.id).element.scrollIntoView({ behavior: "smooth", inline: "center" });
}

function hear(event) {
  if (event.kind === "connection") showConnection(event.connected);
  else if (event.kind === "clock") setClock(event.now);
  else if (event.kind === "person") addPhone(event.person).catch(complain);
  else if (event.kind === "profile") for (const phone of phones.values()) phone.refresh().catch(complain);
  else phones.get(event.chat_id)?.hear(event);
}

/** Follow the journal; after a break the page starts over, since the sandbox may be another one by then. */
function follow(seq) {
  const stream = new EventSource(`/sandbox/stream?after=${seq}`);
  let broken = false;
  stream.onmessage = (message) => hear(JSON.parse(message.data));
  stream.onopen = () => { if (broken) location.reload(); };
  stream.onerror = () => {
    broken = true;
    showConnection(false);
    byId("link-text").textContent = "The sandbox has stopped";
  };
}

async function moveClock(body) {
  try {
    setClock((await ask("clock", body)).clock.now);
  } catch (error) {
    complain(error);
  }
}

/** Follow the system's choice of light or dark until the person chooses here. */
function setUpTheme() {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const show = () => { document.documentElement.dataset.theme = localStorage.getItem("theme") ?? (system.matches ? "dark" : "light"); };
  show();
  system.addEventListener("change", show);
  byId("theme").append(icon("moon"));
  byId("theme").addEventListener("click", () => {
    localStorage.setItem("theme", document.documentElement.dataset.theme === "dark" ? "light" : "dark");
    show();
  });
}

function setUpAdding() {
  const dialog = byId("add-dialog");
  byId("add").addEventListener("click", () => dialog.showModal());
  byId("add-cancel").addEventListener("click", () => dialog.close());
  byId("add-form").addEventListener("submit", async (event) => {
    const { first_name, language_code } = Object.fromEntries(new FormData(event.target));
    try {
      const { person } = await ask("people", { first_name, language_code: language_code || null });
      await addPhone(person);
      phones.get(person.id).element.scrollIntoView({ behavior: "smooth", inline: "center" });
    } catch (error) {
      complain(error);
    }
  });
}

async function begin() {
  setUpTheme();
  setUpAdding();
  byId("next").addEventListener("click", () => moveClock({ next_event: true }));
  for (const button of document.querySelectorAll("[data-seconds]")) {
    button.addEventListener("click", () => moveClock({ seconds: Number(button.dataset.seconds) }));
  }
  const state = await ask("state");
  sandbox.bot = state.bot;
  document.title = `${state.bot.first_name} sandbox`;
  showConnection(state.connected);
  setClock(state.clock.now);
  setInterval(tick, 1000);
  const staff = new Set(state.groups.flatMap(({ member_ids }) => member_ids)); // they have their group's phone
  const alone = state.people.filter(({ id, started }) => started || !staff.has(id));
  for (const person of alone) await addPhone(person);
  follow(state.seq);
  if (alone.length === 0) {
    const { person } = await ask("people", { first_name: "Ada", language_code: navigator.language.slice(0, 2) });
    await addPhone(person);
  }
  for (const group of state.groups) await addPhone(group.members[0], group);
}

begin().catch((error) => byId("phones").append(el("p", { class: "empty" }, error.message)));

// A Mini App over a phone's chat: the frame it runs in, and what Telegram draws around it: back, close, the main button.

import { el } from "./dom.js";

const LIGHT = {
  bg_color: "#ffffff", secondary_bg_color: "#efeff4", text_color: "#000000", hint_color: "#999999", link_color: "#2481cc",
  button_color: "#2481cc", button_text_color: "#ffffff", header_bg_color: "#efeff4", bottom_bar_bg_color: "#ffffff",
  accent_text_color: "#2481cc", section_bg_color: "#ffffff", section_header_text_color: "#6d6d71",
  section_separator_color: "#c8c7cc", subtitle_text_color: "#999999", destructive_text_color: "#ff3b30",
};
const DARK = {
  bg_color: "#17212b", secondary_bg_color: "#0e1621", text_color: "#f5f5f5", hint_color: "#708499", link_color: "#6ab3f3",
  button_color: "#5288c1", button_text_color: "#ffffff", header_bg_color: "#17212b", bottom_bar_bg_color: "#17212b",
  accent_text_color: "#6ab2f2", section_bg_color: "#17212b", section_header_text_color: "#6ab3f3",
  section_separator_color: "#111921", subtitle_text_color: "#708499", destructive_text_color: "#ec3942",
};

const colours = () => (document.documentElement.dataset.theme === "dark" ? DARK : LIGHT);

/** An address of this machine at the page's own port is the page's own, by whichever name it was written. */
function asOurs(address) {
  const url = new URL(address, location.href);
  const isLoopback = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  return isLoopback && url.port === location.port ? new URL(url.pathname + url.search, location.origin) : url;
}

/** Open the Mini App at `address`, signed in with `initData`; returns its element, which goes when it is closed. */
export function miniApp(address, initData, title) {
  const url = asOurs(address);
  const launch = new URLSearchParams({
    tgWebAppData: initData, tgWebAppVersion: "9.0", tgWebAppPlatform: "sandbox", tgWebAppThemeParams: JSON.stringify(colours()),
  });
  const frame = el("iframe", { src: `${url}#${launch}`, title, allow: "clipboard-write" });
  const tell = (eventType, eventData = {}) => frame.contentWindow?.postMessage(JSON.stringify({ eventType, eventData }), url.origin);
  const back = el("button", { type: "button", class: "plain", hidden: true, "aria-label": "Back", onclick: () => tell("back_button_pressed") }, "←");
  const close = el("button", { type: "button", class: "plain", "aria-label": "Close the Mini App", onclick: () => leave() }, "×");
  const main = el("button", { type: "button", class: "main-button", hidden: true, onclick: () => tell("main_button_pressed") });
  const element = el("div", { class: "mini-app", role: "dialog", "aria-label": title },
    el("header", {}, back, el("strong", {}, title), close), frame, main);
  let asksFirst = false;

  function leave() {
    if (asksFirst && !confirm("Changes that you made may not be saved. Close?")) return;
    end();
  }

  function end() {
    removeEventListener("message", hear);
    watch.disconnect();
    element.remove();
  }

  function hear({ source, data }) {
    if (source !== frame.contentWindow || typeof data !== "string") return;
    const { eventType, eventData } = JSON.parse(data);
    switch (eventType) {
      case "web_app_close": end(); break;
      case "web_app_setup_back_button": back.hidden = !eventData.is_visible; break;
      case "web_app_setup_main_button":
        main.hidden = !eventData.is_visible;
        main.disabled = !eventData.is_active || eventData.is_progress_visible;
        main.textContent = eventData.text;
        break;
      case "web_app_setup_closing_behavior": asksFirst = eventData.need_confirmation; break;
      case "web_app_open_popup": tell("popup_closed", confirm(eventData.message) ? { button_id: "ok" } : {}); break;
      case "web_app_open_link": window.open(eventData.url, "_blank", "noopener"); break;
      case "web_app_request_theme": tell("theme_changed", { theme_params: colours() }); break;
      default: break;
    }
  }

  const watch = new MutationObserver(() => tell("theme_changed", { theme_params: colours() }));
  watch.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  addEventListener("message", hear);
  return element;
}

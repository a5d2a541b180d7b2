// What a Mini App finds as Telegram.WebApp, as far as the sandbox emulates it: who opened it and in which colours from
// the address's fragment, everything else by messages to the frame around it, in the words of Telegram's web clients.

(() => {
  const launch = new URLSearchParams(location.hash.slice(1));
  const listeners = new Map();
  const initData = launch.get("tgWebAppData") ?? "";

  const tell = (eventType, eventData = {}) => {
    if (window.parent !== window) window.parent.postMessage(JSON.stringify({ eventType, eventData }), location.origin);
  };
  const on = (event, hear) => listeners.set(event, [...(listeners.get(event) ?? []), hear]);
  const off = (event, hear) => listeners.set(event, (listeners.get(event) ?? []).filter((one) => one !== hear));
  const raise = (event, ...values) => (listeners.get(event) ?? []).forEach((hear) => hear(...values));

  function read(fields) {
    const read = {};
    for (const [key, value] of new URLSearchParams(fields)) {
      try { read[key] = JSON.parse(value); } catch { read[key] = value; }
    }
    return read;
  }

  function isDark(colour) {
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    return Math.sqrt(0.299 * red ** 2 + 0.587 * green ** 2 + 0.114 * blue ** 2) < 120;
  }

  function wear(colours) {
    app.themeParams = colours;
    app.colorScheme = isDark(colours.bg_color ?? "#ffffff") ? "dark" : "light";
    const { style } = document.documentElement;
    style.setProperty("--tg-color-scheme", app.colorScheme);
    for (const [name, value] of Object.entries(colours)) style.setProperty(`--tg-theme-${name.replaceAll("_", "-")}`, value);
  }

  const button = { text: "Continue", is_visible: false, is_active: true, is_progress_visible: false };
  const changed = (change) => { Object.assign(button, change); tell("web_app_setup_main_button", button); return app.MainButton; };
  const back = (is_visible) => { app.BackButton.isVisible = is_visible; tell("web_app_setup_back_button", { is_visible }); return app.BackButton; };
  const closing = (need_confirmation) => { app.isClosingConfirmationEnabled = need_confirmation; tell("web_app_setup_closing_behavior", { need_confirmation }); };
  const haptic = (type) => (style) => tell("web_app_trigger_haptic_feedback", { type, style });

  const app = {
    initData,
    initDataUnsafe: read(initData),
    version: launch.get("tgWebAppVersion") ?? "9.0",
    platform: launch.get("tgWebAppPlatform") ?? "sandbox",
    colorScheme: "light",
    themeParams: {},
    isExpanded: true,
    isClosingConfirmationEnabled: false,
    safeAreaInset: { top: 0, bottom: 0, left: 0, right: 0 },
    contentSafeAreaInset: { top: 0, bottom: 0, left: 0, right: 0 },
    onEvent: on,
    offEvent: off,
    ready: () => tell("web_app_ready"),
    expand: () => tell("web_app_expand"),
    close: () => tell("web_app_close"),
    openLink: (url) => tell("web_app_open_link", { url }),
    showConfirm: (message, answered) => {
      if (window.parent === window) { answered(window.confirm(message)); return; }
      const hear = (isYes) => { off("popupClosed", hear); answered(isYes); };
      on("popupClosed", hear);
      tell("web_app_open_popup", { message, buttons: [{ id: "ok", type: "ok" }, { id: "", type: "cancel" }] });
    },
    enableClosingConfirmation: () => closing(true),
    disableClosingConfirmation: () => closing(false),
    BackButton: {
      isVisible: false,
      show: () => back(true),
      hide: () => back(false),
      onClick: (press) => { on("backButtonClicked", press); return app.BackButton; },
      offClick: (press) => { off("backButtonClicked", press); return app.BackButton; },
    },
    MainButton: {
      setText: (text) => changed({ text }),
      show: () => changed({ is_visible: true }),
      hide: () => changed({ is_visible: false }),
      enable: () => changed({ is_active: true }),
      disable: () => changed({ is_active: false }),
      showProgress: () => changed({ is_progress_visible: true }),
      hideProgress: () => changed({ is_progress_visible: false }),
      onClick: (press) => { on("mainButtonClicked", press); return app.MainButton; },
      offClick: (press) => { off("mainButtonClicked", press); return app.MainButton; },
    },
    HapticFeedback: {
      impactOccurred: haptic("impact"),
      notificationOccurred: haptic("notification"),
      selectionChanged: haptic("selection_change"),
    },
  };

  addEventListener("message", ({ data, source }) => {
    if (source !== window.parent || typeof data !== "string") return;
    const { eventType, eventData } = JSON.parse(data);
    if (eventType === "theme_changed") { wear(eventData.theme_params); raise("themeChanged"); }
    else if (eventType === "main_button_pressed") raise("mainButtonClicked");
    else if (eventType === "back_button_pressed") raise("backButtonClicked");
    else if (eventType === "popup_closed") raise("popupClosed", eventData.button_id === "ok");
  });

  wear(JSON.parse(launch.get("tgWebAppThemeParams") ?? "{}"));
  window.Telegram = { WebApp: app };
  tell("iframe_ready", { reload_supported: false });
})();

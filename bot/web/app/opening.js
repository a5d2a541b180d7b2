// What the page begins with, before Telegram's script or a module is there: asking for its words and its first contents.
// It stands inside of index.html, so that the answer is on its way while everything else is.

{
  const page = new URLSearchParams(location.search).get("page") ?? "today";
  const initData = new URLSearchParams(location.hash.slice(1)).get("tgWebAppData");
  const path = `opening/${encodeURIComponent(page)}`;
  const answer = initData && fetch(`api/${path}`, {
    headers: { Authorization: `tma ${initData}` },
    signal: AbortSignal.timeout?.(15000),
    cache: "no-store",
  }).catch(() => null);
  window.opening = { path, answer };
}

// Building elements without ever parsing HTML: whatever a message says ends up in text nodes.

/** Return a new element; `attributes` may hold class, listeners (onclick: fn), aria-* and properties set by name. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

const SHAPES = {
  send: "M3 20.5 21.5 12 3 3.5l.1 6.6L15 12 3.1 13.9z",
  attach: "M8 12.5 14.2 6a3.2 3.2 0 0 1 4.6 4.5l-8 8.2a5.3 5.3 0 0 1-7.6-7.4l7.4-7.7",
  down: "M6 9.5l6 6 6-6",
  more: "M12 5.2v.1M12 12v.1M12 18.8v.1",
  file: "M6 2.8h8l4.5 4.6v13.8H6zM13.6 3v5h4.8",
  place: "M12 21.5s7-6.6 7-11.6a7 7 0 0 0-14 0c0 5 7 11.6 7 11.6zM12 12.4a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2z",
  copy: "M8.5 8.5V4h11.5v11.5h-4.5M4 8.5h11.5V20H4z",
  out: "M8 16 17 7M9.5 6.8H17.2v7.7",
  app: "M5 4.500h14v15H5zM5 8.500h14",
  moon: "M20 14.2A8.4 8.4 0 0 1 9.8 4 8.4 8.4 0 1 0 20 14.2z",
  pencil: "M4 20l1-4.2L16.4 4.4l3.2 3.2L8.2 19z",
};

/** Return one of the page's icons. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon", `icon-${name}`);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

/** Fetch JSON from the sandbox; throws an Error that a person can read. */
export async function ask(path, body) {
  const options = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  let response;
  try {
    response = await fetch(`/sandbox/${path}`, options);
  } catch {
    throw new Error("The sandbox does not answer. Is it still running?");
  }
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

// Line icons on a 24 × 24 grid, drawn here so that no page loads pictures for them.

const NAMESPACE = "http://www.w3.org/2000/svg";

const PATHS = {
  check: ["M4.5 12.5l5 5 10-11"],
  sheet: ["M7 3h8l4 4v14H7z", "M15 3v4h4", "M10.5 13h5", "M10.5 17h5"],
  scale: ["M12 4v16", "M8 20h8", "M5 7h14", "M5 7l-3 7h6z", "M19 7l-3 7h6z"],
  blank: ["M5 4h14v16H5z", "M9 9l6 6", "M15 9l-6 6"],
  question: ["M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.2-1.5 2.3", "M12 18.5v.01"],
  chevron: ["M7 10l5 5 5-5"],
  send: ["M4 12l16-8-6 16-2.5-6.5z"],
  menu: ["M4 7h16", "M4 12h16", "M4 17h16"],
  close: ["M6 6l12 12", "M18 6L6 18"],
  plus: ["M12 5v14", "M5 12h14"],
  moon: ["M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z"],
  text: ["M3 19L9 5l6 14", "M5.2 14h7.6", "M16 19l3-7 3 7", "M17 17h4"],
  phone: ["M6 3h4l2 5-2.5 1.8a11 11 0 0 0 4.7 4.7L16 12l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z"],
  info: ["M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z", "M12 11v5", "M12 8v.01"],
  retry: ["M20 12a8 8 0 1 1-2.5-5.8", "M20 3v4.5h-4.5"],
  search: ["M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14z", "M16 16l4.5 4.5"],
  away: ["M8 5H5v14h14v-3", "M13 5h6v6", "M19 5l-9 9"],
  ticket: ["M4 7h16v4a1.5 1.5 0 0 0 0 3v4H4v-4a1.5 1.5 0 0 0 0-3z", "M14 8v8"],
  camera: ["M4 8h4l2-3h4l2 3h4v11H4z", "M12 10a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z"],
  copy: ["M9 9h11v11H9z", "M15 9V4H4v11h5"],
  offline: ["M3 3l18 18", "M5 12a10 10 0 0 1 3.5-2.2", "M2 8.5a15 15 0 0 1 4-2.4", "M22 8.5a15 15 0 0 0-10.5-3.4", "M15.5 15.5a5 5 0 0 0-6-.6", "M12 19v.01"],
};

/** A decorative icon; the words beside it carry the meaning. */
export function icon(name) {
  const svg = document.createElementNS(NAMESPACE, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  for (const d of PATHS[name]) {
    const path = document.createElementNS(NAMESPACE, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

/** Puts an icon before the words of every `[data-icon]` in the document. */
export function decorate(root) {
  for (const node of root.querySelectorAll("[data-icon]")) node.prepend(icon(node.dataset.icon));
}

// The open statistics of finished months.

import { el } from "/static/shared/dom.js";

/** @param {{month: string, url: string}[]} files */
export function fileList(files) {
  const links = files.map(({ month, url }) => el("li", {}, el("a.file", { href: url, download: true }, `${month} CSV`)));
  return el(
    "section.panel",
    { "aria-labelledby": "files" },
    el("h2.panel__title", { id: "files" }, "月度公开统计"),
    el("p.panel__note", {}, "任何人都能下载。不到 5 件的数不公布，也推算不出来。"),
    links.length ? el("ul.files", {}, ...links) : el("p.empty", {}, "还没有过完的月份。"),
  );
}

// What happened, the latest first; what the citizen does not read is marked.

import { el } from "/static/shared/dom.js";
import { actorWord, momentWord } from "../words.js";

export function timeline(happenings) {
  return el("ol.timeline", {}, ...happenings.toReversed().map(happening));
}

function happening({ at, label, actor, unit, text, is_public: isPublic }) {
  return el(
    `li.event${isPublic ? "" : ".event--inner"}`,
    {},
    el("time.event__at.digits", { datetime: at }, momentWord(at)),
    el(
      "div.event__body",
      {},
      el("p.event__head", {}, el("strong", {}, label), ` ${[actorWord(actor), unit].filter(Boolean).join(" · ")}`, isPublic ? null : el("span.mark.mark--plain", {}, "群众看不到")),
      text && el("p.event__text", {}, text),
    ),
  );
}

// Reply parts of the contract as DOM nodes. A part of an unknown type is shown by the text it carries.

import { el, paragraphs } from "/static/shared/dom.js";
import { fold } from "/static/shared/fold.js";
import { icon } from "/static/shared/icons.js";
import { materialList } from "/static/shared/material_list.js";
import { splitSentences } from "/static/shared/sentences.js";
import { verdictCard } from "/static/shared/verdict_card.js";
import { choiceList } from "./choices.js";
import { ticketCard } from "./ticket.js";

const BRIEF_LENGTH = 80;
/** A list, line by line, such as what a citizen is to confirm: nothing of it may be folded away. */
const LINES = /[^\n]\n[^\n]/;
const SAFE_SCHEMES = new Set(["http:", "https:", "tel:"]);

const VIEWS = new Map([
  ["verdict", verdictCard],
  ["materials", materialList],
  ["choices", choiceList],
  ["ticket", ticketCard],
  ["link", linkButton],
]);

/**
 * @param {object} part one part of a reply
 * @param {{brief: boolean, onChoice: function(object): void}} options
 * @returns {Node|null}
 */
export function partNode(part, options) {
  return (VIEWS.get(part.type) ?? textBubble)(part, options);
}

function textBubble({ text }, { brief }) {
  if (!text) return null;
  const [open, folded] = brief && !LINES.test(text) ? splitSentences(text, BRIEF_LENGTH) : [text, ""];
  return el("div.bubble", {}, ...paragraphs(open), fold("看全部", ...paragraphs(folded)));
}

function linkButton({ label, url, text }) {
  const address = safeAddress(url);
  if (!address) return textBubble({ text: text || label }, {});
  const isCall = address.protocol === "tel:";
  const place = isCall ? {} : { target: "_blank", rel: "noopener noreferrer" };
  const words = label || text || url;
  return el(
    "a.button",
    { href: address.href, ...place },
    icon(isCall ? "phone" : "away"),
    words,
    isCall ? null : el("span.visually-hidden", {}, "（在新窗口打开）"),
  );
}

function safeAddress(url) {
  try {
    const address = new URL(url, location.href);
    return SAFE_SCHEMES.has(address.protocol) ? address : null;
  } catch {
    return null;
  }
}

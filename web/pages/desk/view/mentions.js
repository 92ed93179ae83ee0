// The normalised sentence with what was found in it marked, and what each mark stands for.

import { el } from "/static/shared/dom.js";
import { kindWord, nameOf } from "../words.js";

const NAMED = 3;

/**
 * @param {string} text
 * @param {{kind: string, id: string, start: number, end: number, text: string}[]} mentions places count characters
 * @returns {Node[]}
 */
export function markMentions(text, mentions) {
  const characters = Array.from(text);
  const nodes = [];
  let place = 0;
  for (const mention of withoutOverlaps(mentions)) {
    const said = characters.slice(mention.start, mention.end).join("");
    const mark = el("mark.mention", { "data-kind": mention.kind }, said);
    nodes.push(characters.slice(place, mention.start).join(""), mark);
    place = mention.end;
  }
  nodes.push(characters.slice(place).join(""));
  const meanings = groupMentions(mentions).map(meaningOf);
  return [el("p.normalised", {}, ...nodes), meanings.length ? el("ul.meanings", {}, ...meanings) : null];
}

/** In reading order; of two that share characters the longer one is shown. */
function withoutOverlaps(mentions) {
  const longestFirst = [...mentions].sort((one, other) => other.end - other.start - (one.end - one.start));
  const shown = [];
  for (const mention of longestFirst) {
    if (shown.every(({ start, end }) => mention.end <= start || mention.start >= end)) shown.push(mention);
  }
  return shown.sort((one, other) => one.start - other.start);
}

/** Mentions of one kind at one place together: a short name may stand for several things. */
function groupMentions(mentions) {
  const groups = new Map();
  for (const mention of mentions) {
    const key = `${mention.kind} ${mention.start} ${mention.end}`;
    groups.set(key, [...(groups.get(key) ?? []), mention]);
  }
  return [...groups.values()];
}

function meaningOf(group) {
  const [{ kind, text }] = group;
  const names = group.slice(0, NAMED).map((mention) => nameOf(kind, mention));
  const rest = group.length > NAMED ? ` 等 ${group.length} 个` : "";
  const meaning = names.join("、") + rest;
  const label = el("span.meaning__kind", { "data-kind": kind }, kindWord(kind));
  return el("li", {}, label, " ", text, meaning === text ? null : ` → ${meaning}`);
}

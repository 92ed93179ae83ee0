// The left side: what to say, the verdicts, the choices, and the whole list of the matter.

import { el, hiddenText, paragraphs } from "/static/shared/dom.js";
import { icon } from "/static/shared/icons.js";
import { describeVerdict } from "/static/shared/verdicts.js";
import { circumstanceWord, intentWord } from "../words.js";
import { choicePanel } from "./choice_list.js";
import { materialsPanel } from "./materials.js";
import { sayPanel } from "./say.js";
import { subjectOf, verdictSlip } from "./verdicts.js";

/**
 * @param {{question: object, answer: object}} result
 * @param {{choices: object[], choose: function, refine: function}} options
 * @returns {Node[]}
 */
export function answerNodes({ question, answer }, { choices, choose, refine }) {
  const { understood, reply } = answer;
  const rulings = reply.filter((part) => part.type === "verdict").map((part) => verdictSlip(part, answer.matter_name));
  const panel = choicePanel(choices, { asks: answer.asks, question, understood, choose });
  const isAsked = choices.some((choice) => choice.isAsked);
  const ask = (certificate) => refine({ matter: understood.matter, certificate });
  const current = understood.certificates ?? [];
  const lists = listMaterials(answer).map((part) => materialsPanel(part, { current, ask }));
  return [
    sayPanel(answer.say, groundsLine(question, answer)),
    isAsked ? panel : null,
    rulings.length ? el(rulingsTag(rulings), { "aria-label": "结论" }, ...rulings) : null,
    otherParts(answer),
    isAsked ? null : panel,
    ...lists,
  ].filter(Boolean);
}

/** The question that the reply asks back, or nothing. */
function promptOf({ asks, reply }) {
  return (asks && reply.find((part) => part.type === "choices")?.text) || "";
}

function rulingsTag(rulings) {
  return rulings.length > 1 ? "section.rulings.rulings--several" : "section.rulings";
}

/** One sentence for screen readers, which cannot see the seals at a glance. */
export function summarise(answer) {
  const verdicts = answer.reply.filter((part) => part.type === "verdict");
  const words = verdicts.map((part) => `${subjectOf(part) ?? ""}：${describeVerdict(part.verdict).word}`);
  if (words.length) return words.join("；");
  return promptOf(answer) || "有回答了";
}

/** What the answer rests on: said by the caller, or set by the operator. */
function groundsLine(question, { understood, heard }) {
  const grounds = ["person", "issued"].map((name) => {
    if (question[name]) return `按${circumstanceWord(question[name])}`;
    return heard?.[name] ? `话里说是${circumstanceWord(heard[name])}` : "";
  });
  const words = [intentWord(understood.intent), ...grounds].filter(Boolean).join(" · ");
  return el("p.say__grounds", {}, hiddenText("回答的前提："), words);
}

function listMaterials(answer) {
  const parts = answer.reply.filter((part) => part.type === "materials");
  return parts.length || !answer.materials ? parts : [answer.materials];
}

/** Texts beyond what is said anyway, links and tickets: small, as background. */
function otherParts({ reply, say }) {
  const texts = reply.filter(({ type, text }) => type === "text" && text && !say.includes(text));
  const links = reply.filter(({ type }) => type === "link");
  if (!texts.length && !links.length) return null;
  return el(
    "section.more",
    { "aria-label": "补充" },
    ...texts.flatMap(({ text }) => paragraphs(text)),
    ...links.map(linkLine),
  );
}

function linkLine({ label, url, text }) {
  if (!/^(https?:\/\/|tel:)/.test(url ?? "")) return el("p", {}, text || label || "");
  const place = url.startsWith("tel:") ? {} : { target: "_blank", rel: "noopener noreferrer" };
  return el("p", {}, el("a.more__link", { href: url, ...place }, icon("away"), label || text || url));
}

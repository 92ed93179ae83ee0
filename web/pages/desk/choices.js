// The numbered choices of one text: what the reply offers first, then what the engine found likely. Pure.

import { isNamed } from "./slots.js";

const MOST = 9;
const MOST_OF_A_KIND = 5;
/** Below this a candidate only distracts. */
const LEAST_SCORE = 0.02;

/**
 * @typedef {object} Choice
 * @property {"matter"|"certificate"} kind which part of the question it settles
 * @property {string} id
 * @property {string} label
 * @property {number|null} score probability from the engine
 * @property {boolean} isAsked the reply waits for it
 */

/**
 * Choices keep their numbers while an operator goes through them: only new words, or a new question back, make a new
 * list.
 * @param {object} answer of `GET /desk/search`
 * @param {import("./search.js").Question} question
 * @param {{text: string, choices: Choice[]}} before what was shown last
 * @returns {Choice[]}
 */
export function listChoices(answer, question, before) {
  const isRefined = Boolean(question.matter || question.certificate);
  if (isRefined && !answer.asks && before.text === question.text && before.choices.length) {
    return before.choices.map((choice) => ({ ...choice, isAsked: false }));
  }
  const offered = offeredChoices(answer);
  const likely = [...likelyChoices(answer, "matter"), ...likelyChoices(answer, "certificate")];
  const found = answer.asks ? askedChoices(answer, offered, likely) : [...offered, ...overheard(answer), ...likely];
  return found.filter(isFirst).slice(0, MOST);
}

/** What the reply asks back for. Where it only wants a yes, its own guess comes first. */
function askedChoices({ asks, understood }, offered, likely) {
  const guessed = offered[0]?.kind ?? (understood.certificates?.length ? "certificate" : "matter");
  const kind = asks === "confirm" ? guessed : asks;
  const fitting = likely.filter((choice) => choice.kind === kind);
  const found = asks === "confirm" || !offered.length ? [...fitting, ...offered] : offered;
  return found.map((choice) => ({ ...choice, isAsked: true }));
}

/** The question that a choice leads to; choosing what is chosen takes it back. */
export function refinementFor({ kind, id }, question) {
  return { [kind]: question[kind] === id ? "" : id };
}

/** Whether the answer rests on this candidate, chosen or understood. */
export function isCurrent({ kind, id }, question, understood) {
  if (question[kind]) return question[kind] === id;
  return kind === "matter" ? understood.matter === id : (understood.certificates ?? []).includes(id);
}

/** What the reply offers; choices that only mean something in a chat, such as a plain yes, are left out. */
function offeredChoices(answer) {
  return answer.reply
    .filter((part) => part.type === "choices")
    .flatMap((part) => part.choices)
    .map(({ label, value }) => ({ ...readValue(value), label, score: null, isAsked: false }))
    .filter(({ kind }) => kind === "matter" || kind === "certificate");
}

function readValue(value) {
  const [kind, id] = value.split(/:(.*)/s);
  return { kind, id };
}

/** Certificates that stand in the caller's words and are not answered: nothing that was said should go unseen. */
function overheard({ trace, understood }) {
  return trace.mentions
    .filter(({ kind, id }) => kind === "certificate" && !(understood.certificates ?? []).includes(id))
    .map(({ kind, id, name, text }) => ({ kind, id, label: name ?? text, score: null, isAsked: false }));
}

/** What the engine found likely of one kind, unless nothing of that kind was named or nothing is left to choose. */
function likelyChoices(answer, kind) {
  const heads = Object.keys(answer.trace.scores).filter((head) => head.split(" ")[0] === kind);
  const likely = heads
    .flatMap((head) => answer.trace.scores[head])
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort((one, other) => other.score - one.score)
    .map(({ id, name, score }) => ({ kind, id, label: name ?? id, score, isAsked: false }))
    .filter(isFirst)
    .slice(0, MOST_OF_A_KIND);
  const isOpen = answer.asks || likely.some((choice) => !isCurrent(choice, {}, answer.understood));
  return isOpen && isNamed(answer.trace, kind) ? likely : [];
}

function isFirst({ kind, id }, index, all) {
  return all.findIndex((other) => other.kind === kind && other.id === id) === index;
}

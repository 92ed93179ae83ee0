// One complaint in full: what was told, what the catalogue says, what happened, and what may be done now.

import { el, hiddenText } from "/static/shared/dom.js";
import { icon } from "/static/shared/icons.js";
import { channelWord, itemsWord, momentWord, ratingWord } from "../words.js";
import { contactFacts } from "./contact.js";
import { moveForms } from "./moves.js";
import { marksOf, stateBadge } from "./rows.js";
import { timeline } from "./timeline.js";

/** @param {{changed: (detail: object) => void, failed: (error: Error) => void, back: () => void}} actions */
export function caseNodes(detail, service, actions) {
  return [
    head(detail, actions),
    el("div.case__columns", {}, told(detail, service, actions), el("div.case__side", {}, deeds(detail, service, actions))),
    section("经过", timeline(detail.timeline)),
  ];
}

function head({ summary }, { back }) {
  const goBack = el("button.case__back", { type: "button", onClick: back }, icon("chevron"), hiddenText("回到列表"));
  return el(
    "header.case__head",
    {},
    goBack,
    el("h2.case__title", { tabindex: "-1" }, summary.title || "投诉"),
    el("p.case__line", {}, stateBadge(summary), el("span.digits", {}, summary.number), ...marksOf(summary)),
  );
}

function told(detail, service, actions) {
  return el(
    "div.case__told",
    {},
    section("投诉内容", storyBox(detail), facts(detail, service, actions), pictureList(detail)),
    section("目录怎么说", judgement(detail.evidence)),
  );
}

function storyBox({ story, is_erased: isErased }) {
  if (isErased) return el("p.story.story--gone", {}, "个人信息已按规定删除，只留统计。");
  return el("blockquote.story", {}, ...story.split("\n").map((line) => el("p", {}, line)));
}

function facts(detail, service, actions) {
  const { summary } = detail;
  return el(
    "dl.facts",
    {},
    ...fact("被投诉单位", summary.about_unit),
    ...fact("办理单位", summary.unit),
    ...fact("办什么事", detail.matter),
    ...fact("要的证明", detail.certificates.join("、")),
    ...fact("发生时间", [detail.happened_on, detail.time_told].filter(Boolean).join(" ")),
    ...fact("地点", detail.place),
    ...contactFacts(detail, service, actions),
    ...fact("来源", `${channelWord(summary.channel)}，${momentWord(summary.filed_at)}登记`),
    ...fact("12345工单号", summary.hotline_number || "还没有回执"),
    ...fact("办理时限", detail.due_rule),
    ...fact("结果", summary.outcome_label),
    ...fact("评价", summary.rating === null ? "" : ratingWord(summary.rating)),
    ...fact("并入", detail.merged_into),
    ...fact("一起跟进的", detail.followers.join("、")),
  );
}

export function fact(name, value) {
  return value ? [el("dt", {}, name), el("dd", {}, value)] : [];
}

function pictureList({ pictures }) {
  return pictures.length ? el("p.case__pictures", {}, icon("sheet"), `附有${pictures.length}张照片`) : null;
}

function judgement(evidence) {
  const isBreach = evidence.lawful === false;
  const kind = isBreach ? "breach" : evidence.lawful ? "lawful" : "open";
  return el(
    `div.judgement.judgement--${kind}`,
    {},
    el("p.judgement__words", {}, evidence.explanation),
    isBreach && evidence.article20.length ? el("p", {}, `对应第二十条${itemsWord(evidence.article20)}`) : null,
    evidence.entries.length &&
      el("ul.judgement__entries", {}, ...evidence.entries.map(({ text }) => el("li", {}, text))),
    evidence.basis.length && el("p.judgement__basis", {}, `依据：${evidence.basis.join("；")}`),
    el("p.judgement__version", {}, `目录版本 ${evidence.version}`),
  );
}

function deeds(detail, service, actions) {
  return section("处理", moveForms(detail, service, actions));
}

function section(title, ...contents) {
  return el("section.case__section", {}, el("h3.heading", {}, title), ...contents.filter(Boolean));
}

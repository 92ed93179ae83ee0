// The consent page: what is looked up, by whom, why, for how long; a yes or a no; then the licence itself.

import { el } from "/static/shared/dom.js";
import { call, startPage } from "/static/shared/paper.js";
import { askPart, failedPart, handOverPart, refusedPart, usesPart, waysPart } from "./parts.js";
import { licencePart } from "./licence.js";

const PAUSE_MS = 2_000;
const token = location.pathname.split("/").pop();
const sheet = document.getElementById("sheet");
let handOver = null;

const ask = (path = "", options = {}) => call(`/consents/${token}${path}`, options);

const actions = {
  agree: async (provider) => {
    handOver = await ask("/agree", { method: "POST", body: { provider } });
    await refresh();
  },
  refuse: async () => {
    await ask("/refuse", { method: "POST" });
    await refresh();
  },
  object: (field, said) => ask("/objections", { method: "POST", body: { field, said } }),
  refresh,
};

async function refresh() {
  const page = await ask();
  show(page, await loadLicence(page));
  if (page.state === "handed_over") window.setTimeout(() => refresh().catch(tell), PAUSE_MS);
}

async function loadLicence(page) {
  const isHere = page.is_mine && ["fetched", "shown"].includes(page.state);
  if (!isHere) return null;
  const licence = await ask("/licence", { method: "POST" });
  page.uses = (await ask()).uses;
  return licence;
}

function show(page, licence) {
  const key = JSON.stringify([page, licence, handOver]);
  if (sheet.dataset.shown === key) return;
  sheet.dataset.shown = key;
  sheet.replaceChildren(...partsOf(page, licence).filter(Boolean));
}

function partsOf(page, licence) {
  const title = headOf(page);
  switch (page.state) {
    case "requested":
      return [title, askPart(page, actions)];
    case "failed":
      return [title, failedPart(page), askPart(page, actions), waysPart(page)];
    case "consented":
    case "handed_over":
      return [title, handOverPart(page, handOver, actions), waysPart(page), usesPart(page)];
    case "refused":
      return [title, refusedPart(page), usesPart(page)];
    case "expired":
      return [title, el("section.card", {}, el("p", {}, "这次调取已经结束，内容已经删除。需要的话，请回到聊天里再问一次。")), usesPart(page)];
    default:
      return [title, licence ? licencePart(page, licence, actions) : elsewherePart(), usesPart(page)];
  }
}

function headOf(page) {
  return el(
    "header",
    {},
    el("h1.sheet__title", {}, `${page.certificate}：要不要调，您来定`),
    el("p.sheet__line", {}, `办“${page.matter}”用`),
  );
}

function elsewherePart() {
  return el("section.card", {}, el("p", {}, "已经调到了，只有确认身份、点了同意的那台设备能看。"));
}

function tell(error) {
  sheet.dataset.shown = "";
  sheet.replaceChildren(
    el("h1.sheet__title", {}, "打不开这个页面"),
    el(
      "section.card.card--alarm",
      {},
      el("p.problem", { role: "alert" }, error.message),
      el("div.buttons", {}, el("a.button", { href: "/" }, "回到聊天")),
    ),
  );
}

startPage();
refresh().catch(tell);

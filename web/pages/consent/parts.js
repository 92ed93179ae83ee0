// The parts of the consent page up to the licence.

import { el } from "/static/shared/dom.js";
import { loginAddress } from "/static/shared/paper.js";

/** What is asked, and the buttons. */
export function askPart(page, actions) {
  const problem = el("p.problem", { role: "alert", hidden: true });
  const run = (work) => async () => {
    problem.hidden = true;
    await work().catch((error) => {
      problem.textContent = error.message;
      problem.hidden = false;
    });
  };
  return el(
    "section.card",
    { "aria-label": "要调什么" },
    factsOf(page),
    page.person ? consentForm(page, actions, run) : identityStep(page),
    problem,
    el("button.button", { type: "button", onClick: run(actions.refuse) }, "不同意，不调了"),
    el("p.note", {}, "不同意也照样给您办，下一页有别的办法。"),
  );
}

function factsOf(page) {
  return el(
    "dl.facts",
    {},
    fact("调什么", page.certificate),
    fact("只取这几项", el("ul.tags", {}, ...page.fields.map((name) => el("li", {}, name)))),
    fact("从哪里", page.choices.map((choice) => choice.label).join("、") || "暂时都连不上"),
    fact("发证单位", page.issuing_unit),
    fact("给谁", page.unit),
    fact("做什么用", `${page.purpose}（办件号 ${page.case_number}）`),
    fact("留多久", `调到后最多${page.keep_minutes}分钟，到时删除`),
  );
}

function fact(name, value) {
  return el("div", {}, el("dt", {}, name), el("dd", {}, value));
}

function identityStep(page) {
  return el(
    "div.buttons",
    {},
    el("p", {}, `先确认您是谁：要“${page.level_label}”的账号。不用刷脸给我们，我们也不收人脸照片。`),
    el("a.button.button--main", { href: loginAddress() }, "登录确认身份"),
  );
}

function consentForm(page, actions, run) {
  const chosen = () => form.querySelector("input:checked")?.value;
  const isEnough = page.person.level >= page.level;
  const form = el(
    "form.buttons",
    {
      onSubmit: (event) => {
        event.preventDefault();
        run(() => actions.agree(chosen()))();
      },
    },
    el("p", {}, `您已确认身份：${page.person.name}（${page.person.level_label}）`),
    isEnough ? null : el("p.problem", {}, `调这张证要“${page.level_label}”的账号，请换一个账号登录，或者用下面别的办法。`),
    isEnough ? choicesOf(page) : el("a.button", { href: loginAddress() }, "换账号登录"),
    isEnough ? el("button.button.button--main", { type: "submit" }, "同意，去调取") : null,
  );
  return form;
}

function choicesOf(page) {
  return el(
    "fieldset",
    {},
    el("legend", {}, "从哪里调"),
    ...page.choices.map((choice, index) =>
      el(
        "label.way",
        {},
        el("input", { type: "radio", name: "provider", value: choice.provider, checked: index === 0 }),
        choice.label,
      ),
    ),
  );
}

/** The way into the APP, by a link on this phone or a code for another. */
export function handOverPart(page, handOver, actions) {
  return el(
    "section.card",
    { "aria-label": "到APP里授权" },
    el("h2", {}, "还差一步：到APP里点授权"),
    handOver?.url ? el("a.button.button--main", { href: handOver.url }, "打开APP授权") : null,
    handOver?.qr
      ? el(
          "figure.code",
          {},
          el("img", { src: handOver.qr, alt: "授权二维码", width: "208", height: "208" }),
          el("figcaption.note", {}, "在电脑上看的，用手机扫一扫；5分钟内有效，只能用一次"),
        )
      : el("button.button", { type: "button", onClick: () => actions.agree(page.choices[0].provider) }, "重新打开APP"),
    el("p.wait", { role: "status" }, "正在等您授权…"),
    el("button.button", { type: "button", onClick: () => actions.refuse() }, "不调了"),
  );
}

/** Why it could not be had. */
export function failedPart(page) {
  return el("section.card.card--alarm", {}, el("h2", {}, "这次没有调到"), el("p.problem", { role: "alert" }, page.failure));
}

/** A no is respected. */
export function refusedPart(page) {
  return el(
    "section.card.card--good",
    {},
    el("h2", {}, "好的，没有调取"),
    el("p", {}, "什么也没有取，也不会因此不给您办。您还可以："),
    waysOf(page),
    el("a.button", { href: "/" }, "回到聊天"),
  );
}

/** Other ways, always. */
export function waysPart(page) {
  return el("section.card", {}, el("h2", {}, "不用电子证照也行"), waysOf(page));
}

function waysOf(page) {
  return el("ul.ways", {}, ...page.other_ways.map((way) => el("li", {}, way)));
}

/** Who did what with this look-up. */
export function usesPart(page) {
  if (!page.uses.length) return null;
  return el(
    "section.card",
    {},
    el("h2", {}, "谁动过这张证"),
    el(
      "ol.uses",
      {},
      ...page.uses.map((use) =>
        el(
          "li",
          {},
          el("time", { datetime: use.at }, use.at.slice(5, 16).replace("T", " ")),
          el("span", {}, use.label, use.unit && !["refuse", "expire"].includes(use.act) ? `（${use.unit}）` : ""),
        ),
      ),
    ),
    el("p.note", {}, "每一条都连着前一条的校验值，改动、删掉都会被发现。"),
  );
}

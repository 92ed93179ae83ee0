// The licence: masked, under its watermark, with a way to say that something in it is wrong.

import { el } from "/static/shared/dom.js";

const MARK_ROWS = 9;

/** The licence and what can be done with it. */
export function licencePart(page, licence, actions) {
  const until = licence.kept_until.slice(11, 16);
  return el(
    "section",
    { "aria-label": "调到的电子证照" },
    el(
      "article.licence",
      {},
      marksOf(licence.watermark),
      el("h2.licence__title", {}, page.certificate),
      el("dl.facts", {}, ...licence.fields.map((field) => rowOf(field, actions))),
      el("div.licence__facts", {}, ...licence.watermark.map((line) => el("p", {}, line))),
    ),
    el("p.note", {}, `只供办“${page.matter}”核对用，${until}删除。姓名和号码只显示一部分。`),
  );
}

function marksOf(lines) {
  const words = lines.map((line) => line.split("：").pop()).join("　");
  const rows = Array.from({ length: MARK_ROWS }, () => el("span", {}, `${words}　${words}`));
  return el("div.licence__marks", { "aria-hidden": "true" }, ...rows);
}

function rowOf(field, actions) {
  const value = field.is_disputed
    ? [el("span.licence__disputed", {}, field.value), el("span.licence__flag", {}, "有异议，核实期间不使用")]
    : [field.value, objectionOf(field, actions)];
  return el("div", {}, el("dt", {}, field.name), el("dd.licence__row", {}, ...value));
}

function objectionOf(field, actions) {
  const place = el("div", {});
  const open = el(
    "button.link-button",
    { type: "button", "aria-label": `${field.name}不对`, onClick: () => place.replaceChildren(formOf(field, actions, place)) },
    "这里不对",
  );
  place.append(open);
  return place;
}

function formOf(field, actions, place) {
  const said = el("textarea", { id: "said", maxlength: "500", required: true });
  const problem = el("p.problem", { role: "alert" });
  return el(
    "form.objection",
    {
      onSubmit: async (event) => {
        event.preventDefault();
        try {
          const taken = await actions.object(field.name, said.value);
          place.replaceChildren(el("p", { role: "status" }, `已受理，编号${taken.number}。${taken.text}`));
        } catch (error) {
          problem.textContent = error.message;
        }
      },
    },
    el("label", { for: "said" }, `“${field.name}”应该是什么？`),
    said,
    problem,
    el("button.button.button--main", { type: "submit" }, "提出异议"),
  );
}

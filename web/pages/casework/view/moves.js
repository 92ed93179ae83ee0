// What may be done now: one form a move, opened by its button, asking for what the move needs and no more.

import { el } from "/static/shared/dom.js";
import { field, select } from "./fields.js";

const OUTCOMES = [
  ["solved", "已解决"],
  ["partly", "部分解决"],
  ["unsolved", "没有解决"],
  ["lawful", "查明要求合法"],
  ["cannot_act", "无法处理，已说明原因"],
];
/** Moves that go forward stand first and strong; what takes back or stops is set apart. */
const STRONG = new Set(["accept", "dispatch", "start", "answer", "close", "follow_up"]);
const GRAVE = new Set(["refuse", "return", "withdraw", "merge"]);
/** The words of these are not read by the citizen. */
const INNER = new Set(["note"]);

export function moveForms(detail, service, actions) {
  if (!detail.moves.length) return el("p.moves__none", {}, "这件工单您现在不用处理。");
  const stage = el("div.moves__stage");
  const buttons = sortMoves(detail.moves).map((move) =>
    el(`button.button${buttonClass(move)}`, { type: "button", onClick: (event) => open(move, event.currentTarget) }, move.label),
  );

  function makeForm(move, close) {
    return moveForm(move, detail, service, { ...actions, close });
  }

  function open(move, button) {
    const close = () => {
      stage.replaceChildren();
      button.focus();
    };
    stage.replaceChildren(makeForm(move, close));
    const form = stage.firstElementChild;
    form.querySelector("input, textarea, select, button")?.focus();
  }

  const left = detail.moves.find(({ move }) => move === actions.unsent?.move);
  if (left) {
    stage.replaceChildren(makeForm(left, () => stage.replaceChildren()));
    stage.querySelector("textarea").value = actions.unsent.text;
  }
  return el("div.moves", {}, el("div.moves__buttons", {}, ...buttons), stage);
}

function sortMoves(moves) {
  const rank = ({ move }) => (STRONG.has(move) ? 0 : GRAVE.has(move) ? 2 : 1);
  return [...moves].sort((left, right) => rank(left) - rank(right));
}

function buttonClass({ move }) {
  if (STRONG.has(move)) return ".button--main";
  return GRAVE.has(move) ? ".button--alarm" : "";
}

function moveForm(move, detail, service, { changed, failed, close }) {
  const unit = move.needs_unit ? unitField(service, detail) : null;
  const outcome = move.needs_outcome ? select("办理结果", OUTCOMES) : null;
  const days = move.needs_days ? field("延长几个工作日", { type: "number", min: 1, max: 60, value: 3, required: true }) : null;
  const target = move.needs_target ? field("并入哪一件（编号）", { type: "text", required: true, placeholder: "TS26-…" }) : null;
  const text = field(textLabel(move), { rows: 4, required: move.needs_text, maxlength: 2000 }, "textarea");
  const submit = el("button.button.button--main", { type: "submit" }, `确定${move.label}`);
  return el(
    "form.form",
    { onSubmit: send },
    el("h4", {}, move.label),
    ...[unit, outcome, days, target, text].filter(Boolean).map(({ node }) => node),
    el("div.form__deeds", {}, submit, el("button.button", { type: "button", onClick: close }, "先不")),
  );

  async function send(event) {
    event.preventDefault();
    submit.disabled = true;
    try {
      changed(await service.move(detail.summary.number, step()));
    } catch (error) {
      submit.disabled = false;
      failed(error, { move: move.move, text: text.value });
    }
  }

  function step() {
    return {
      move: move.move,
      version: detail.summary.version,
      text: text.value,
      ...(unit && { unit_id: unit.value }),
      ...(outcome && { outcome: outcome.value }),
      ...(days && { days: Number(days.value) }),
      ...(target && { target: target.value }),
    };
  }
}

function textLabel({ move, needs_text: needsText }) {
  if (INNER.has(move)) return "备注（群众看不到）";
  return needsText ? "内容（群众会看到）" : "说明（可以不写，群众会看到）";
}

/** Which unit: the one that the complaint is about stands first. */
function unitField(service, { summary }) {
  const chosen = select("办理单位", [["", "正在取单位表……"]]);
  service.names().then(
    ({ units }) => {
      const first = units.filter(({ name }) => name === summary.about_unit);
      const others = units.filter(({ name }) => name !== summary.about_unit);
      chosen.fill([...first, ...others].map(({ id, name }) => [id, name]));
    },
    () => chosen.fill([["", "单位表没有取到，请关掉再打开"]]),
  );
  return chosen;
}

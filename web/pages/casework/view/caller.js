// A complaint taken for a caller: the story is read as it is typed, the operator checks and completes the slots.

import { el } from "/static/shared/dom.js";
import { icon } from "/static/shared/icons.js";
import { field, select } from "./fields.js";

const PAUSE_MS = 700;
const PROTECTIONS = [
  ["hidden", "对单位保密"],
  ["open", "可以公开"],
  ["anonymous", "匿名"],
];

/** @param {{filed: (number: string) => void}} actions */
export function callerDialog(root, service, { filed }) {
  let fields = null;
  let timer = 0;

  function open() {
    fields = makeFields();
    root.replaceChildren(form());
    root.showModal();
    fillNames();
    fields.story.input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(read, PAUSE_MS);
    });
    fields.story.input.focus();
  }

  function close() {
    clearTimeout(timer);
    if (root.open) root.close();
    root.replaceChildren();
    fields = null;
  }

  function form() {
    const order = ["story", "unit", "matter", "certificate", "date", "place", "name", "phone", "protection"];
    return el(
      "form.form.caller",
      { onSubmit: (event) => send(event) },
      el("h2.caller__title", { id: "caller-title" }, "代来电人登记投诉"),
      fields.problem,
      ...order.map((name) => fields[name].node),
      fields.judgement,
      el(
        "div.form__deeds",
        {},
        el("button.button.button--main", { type: "submit" }, icon("check"), "登记"),
        el("button.button", { type: "button", onClick: close }, "不登记了"),
      ),
    );
  }

  async function fillNames() {
    try {
      const names = await service.names();
      if (!fields) return;
      for (const [name, list] of Object.entries({ unit: names.units, matter: names.matters, certificate: names.certificates })) {
        const kept = fields[name].value;
        fields[name].fill([["", "还没有定"], ...list.map((item) => [item.id, item.name])]);
        fields[name].value = kept;
      }
    } catch (error) {
      complain(error.message);
    }
  }

  /** What the story tells goes into slots that the operator has not set. */
  async function read() {
    const story = fields?.story.value;
    if (!story) return;
    try {
      const told = await service.read(story);
      if (fields?.story.value !== story) return;
      offer("unit", told.unit_id);
      offer("matter", told.matter_id);
      offer("certificate", told.certificate_ids[0]);
      offer("date", told.happened_on);
      offer("phone", told.phone);
      fields.judgement.textContent = told.lawful === null ? "" : told.explanation;
    } catch (error) {
      complain(error.message);
    }
  }

  function offer(name, value) {
    const { input } = fields[name];
    if (value && (!input.value || input.dataset.offered === input.value)) {
      input.value = value;
      input.dataset.offered = value;
    }
  }

  async function send(event, more = {}) {
    event?.preventDefault();
    complain("");
    try {
      const outcome = await service.file({ ...complaint(), ...more });
      if (outcome.duplicate) return askToJoin(outcome.duplicate);
      close();
      filed(outcome.number);
    } catch (error) {
      complain(error.message);
    }
  }

  function askToJoin({ number }) {
    const join = el("button.button", { type: "button", onClick: () => send(null, { joins: number }) }, "并在一起");
    const apart = el("button.button", { type: "button", onClick: () => send(null, { declines_join: true }) }, "单独登记");
    fields.problem.replaceChildren(`30天内已有同样的投诉 ${number}，要并在一起办吗？`, el("span.form__deeds", {}, join, apart));
    fields.problem.scrollIntoView({ block: "nearest" });
  }

  function complaint() {
    const certificate = fields.certificate.value;
    return {
      story: fields.story.value,
      unit_id: fields.unit.value || null,
      matter_id: fields.matter.value || null,
      certificate_ids: certificate ? [certificate] : [],
      happened_on: fields.date.value || null,
      place: fields.place.value,
      name: fields.name.value,
      phone: fields.phone.value,
      protection: fields.protection.value,
    };
  }

  function complain(words) {
    fields?.problem.replaceChildren(words);
    fields?.problem.scrollIntoView({ block: "nearest" });
  }

  return { open, close };
}

function makeFields() {
  const unknown = [["", "还没有定"]];
  const optional = (label) => {
    const chosen = select(label, unknown);
    chosen.input.required = false;
    return chosen;
  };
  return {
    problem: el("p.form__problem", { role: "alert" }),
    judgement: el("p.caller__judgement", { role: "status" }),
    story: field("来电人怎么说（照着打就行，停一下会自动认出单位、事项和证明）", { rows: 5, required: true, maxlength: 2000 }, "textarea"),
    unit: optional("单位"),
    matter: optional("办什么事"),
    certificate: optional("要的证明"),
    date: field("哪一天", { type: "date" }),
    place: field("地点", { type: "text", maxlength: 200 }),
    name: field("称呼", { type: "text", maxlength: 64 }),
    phone: field("电话", { type: "tel", inputmode: "tel", maxlength: 24 }),
    protection: select("保护", PROTECTIONS),
  };
}

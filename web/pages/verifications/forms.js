// What is written in the dialog: a new request, an answer, or one request in full.

import { el } from "/static/shared/dom.js";

const FINDINGS = [
  ["true", "情况属实"],
  ["false", "与记录不符"],
  ["partly", "部分属实"],
];

/** A new request of one's own unit. */
export function askForm(send, close) {
  const entry = el("input", { name: "entry_id", required: true, placeholder: "如 c0112", autocomplete: "off" });
  const number = el("input", { name: "number", autocomplete: "off" });
  const name = el("input", { name: "name", required: true, autocomplete: "off" });
  const caseNumber = el("input", { name: "case_number", required: true, autocomplete: "off" });
  const promise = el("input", { name: "promise_due", type: "date" });
  const facts = el("textarea", { name: "facts", required: true });
  const read = () => ({
    entry_id: entry.value.trim(),
    case_number: caseNumber.value.trim(),
    name: name.value.trim(),
    number: number.value.trim(),
    facts: facts.value.trim(),
    promise_due: promise.value || null,
  });
  return formOf(
    "发起核实",
    [
      row("目录条目编号", entry),
      row("办件号", caseNumber),
      row("申请人姓名", name),
      row("申请人证件号码", number),
      row("要核实什么", facts),
      row("这件事承诺哪天办完（承诺件才填）", promise),
      el("p.small", {}, "即办事项半小时内答复，其他24小时内，最迟承诺时限前一个工作日。"),
    ],
    "发出",
    () => send(read()),
    close,
  );
}

/** An answer, or why there is none. */
export function moveForm(request, move, send, close) {
  const isAnswer = move === "answer";
  const finding = el("select", { name: "finding" }, ...FINDINGS.map(([value, label]) => el("option", { value }, label)));
  const words = el("textarea", { name: "words", required: true });
  const body = () =>
    isAnswer ? { move, finding: finding.value, facts: words.value } : { move, reason: words.value };
  return formOf(
    isAnswer ? `答复：${request.certificate}` : `查不到：${request.certificate}`,
    [
      isAnswer ? row("核实结果", finding) : el("p.small", {}, "依规定不能拒绝核实；确实没有记录的，写明原因，建议向哪里再查。"),
      row(isAnswer ? "核实到的内容" : "原因", words),
      isAnswer ? el("p.small", {}, "发出后自动加盖电子证明核实信息专用章，带上双方单位和时间。") : null,
    ].filter(Boolean),
    isAnswer ? "盖章发送" : "发出",
    () => send(body()),
    close,
  );
}

/** One request in full; that it was opened is recorded. */
export function detailForm(detail, close) {
  const facts = [
    ["姓名", detail.name],
    ["证件号码", detail.holder_number || "没有填"],
    ["要核实的", detail.facts],
    ["时限", detail.row.rule],
    ...(detail.finding ? [["结果", detail.finding], ["内容", detail.answer]] : []),
    ...(detail.reason ? [["查不到的原因", detail.reason]] : []),
  ];
  return el(
    "div.form",
    {},
    el("h2", { id: "dialog-title" }, `${detail.row.number} ${detail.row.certificate}`),
    el("dl.detail", {}, ...facts.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])),
    detail.watermark.length ? el("div.seal", {}, ...detail.watermark.map((line) => el("p", {}, line))) : null,
    el("p.small", {}, "只能用于办理申请的事项。这次打开已经记录。"),
    el("div.form__deeds", {}, el("button.button", { type: "button", onClick: close }, "关闭")),
  );
}

function row(label, input) {
  return el("label", {}, label, input);
}

function formOf(title, rows, deed, send, close) {
  const problem = el("p.problem", { role: "alert" });
  return el(
    "form.form",
    {
      onSubmit: async (event) => {
        event.preventDefault();
        try {
          await send();
          close();
        } catch (error) {
          problem.textContent = error.message;
        }
      },
    },
    el("h2", { id: "dialog-title" }, title),
    ...rows,
    problem,
    el(
      "div.form__deeds",
      {},
      el("button.button", { type: "button", onClick: close }, "不发了"),
      el("button.button.button--main", { type: "submit" }, deed),
    ),
  );
}

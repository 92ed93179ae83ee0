// Rows of the queue, and the figures below it.

import { el } from "/static/shared/dom.js";

const MINUTE = 60_000;

export function headOf(queue, showsAll, role, deeds) {
  const open = queue.rows.filter((row) => ["sent", "accepted"].includes(row.state)).length;
  return [
    el("h2", {}, `${queue.unit || "所有单位"}：${open}件等答复`),
    el("button.button", { type: "button", "aria-pressed": String(showsAll), onClick: deeds.toggle }, showsAll ? "只看没答复的" : "看全部"),
    role === "handler" ? el("button.button.button--main", { type: "button", onClick: deeds.ask }, "发起核实") : null,
  ].filter(Boolean);
}

export function rowOf(row, now, deeds) {
  const isEnded = Boolean(row.ended_at);
  const tone = isEnded ? "ended" : row.is_late ? "late" : row.warned >= 50 ? "half" : "new";
  return el(
    `li.row.row--${tone}`,
    {},
    clockOf(row, now, isEnded),
    el(
      "div",
      {},
      el("h3", {}, row.certificate, ...flagsOf(row)),
      el("p", {}, `${row.requesting_unit} → ${row.issuing_unit}`),
      el("p.small", {}, `办“${row.matter}”（${row.handling}）· ${row.person} · 办件号${row.case_number} · ${row.number}`),
    ),
    el("div.row__deeds", {}, ...deedsOf(row, deeds)),
  );
}

function clockOf(row, now, isEnded) {
  const minutes = Math.round((Date.parse(row.due_at) - now) / MINUTE);
  const words = isEnded ? row.label : minutes < 0 ? `超时${spanOf(-minutes)}` : `还剩${spanOf(minutes)}`;
  return el(
    "div.clock",
    { title: row.rule },
    el("strong", {}, words),
    el("span.small", {}, `${isEnded ? (row.is_late ? "超时答复" : "按时答复") : row.label}`),
    el("span.small", {}, `时限 ${row.due_at.slice(5, 16).replace("T", " ")}`),
  );
}

function spanOf(minutes) {
  if (minutes < 60) return `${minutes}分钟`;
  return `${Math.floor(minutes / 60)}小时${minutes % 60 ? `${minutes % 60}分` : ""}`;
}

function flagsOf(row) {
  return [
    row.is_objection ? el("span.flag", {}, "本人有异议") : null,
    row.is_escalated ? el("span.flag.flag--alarm", {}, "已督办") : null,
  ].filter(Boolean);
}

function deedsOf(row, deeds) {
  const buttons = [el("button.button", { type: "button", onClick: () => deeds.read(row) }, "打开")];
  if (row.moves.includes("accept")) buttons.push(el("button.button", { type: "button", onClick: () => deeds.accept(row) }, "接收"));
  if (row.moves.includes("cannot_verify")) {
    buttons.push(el("button.button", { type: "button", onClick: () => deeds.move(row, "cannot_verify") }, "查不到"));
  }
  if (row.moves.includes("answer")) {
    buttons.push(el("button.button.button--main", { type: "button", onClick: () => deeds.move(row, "answer") }, "答复"));
  }
  return buttons;
}

export function figuresTable({ units }) {
  if (!units.length) return [];
  const heads = ["出证单位", "收到", "按时", "超时", "在办", "查不到", "平均用时"];
  const rows = units.map((unit) => [
    unit.unit,
    unit.asked,
    unit.in_time,
    unit.late,
    unit.waiting,
    unit.cannot_verify,
    unit.minutes === null ? "—" : `${unit.minutes}分钟`,
  ]);
  return [
    el("h2", {}, "近30天各单位核实情况"),
    el(
      "div.figures__scroll",
      { tabindex: "0", role: "region", "aria-label": "各单位核实情况" },
      el(
        "table",
        {},
        el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, head)))),
        el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map((cell) => el("td", {}, String(cell)))))),
      ),
    ),
  ];
}

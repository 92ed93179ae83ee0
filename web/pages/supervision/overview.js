// All that is shown of a period.

import { el } from "/static/shared/dom.js";
import { barChart } from "./charts.js";
import { heatTable } from "./heat.js";

const NOTHING = "这段时间还没有。";

export function overviewNodes(overview) {
  return [
    tiles(overview),
    heatTable(overview),
    termsChart(overview),
    countChart("超期出在哪一步", "时限跑完、自动列入督办的次数。", "步骤", overview.late_steps, () => "late"),
    countChart("办理结果", "办结不等于解决。", "结果", overview.outcomes, ({ key }) => (key === "solved" ? "good" : "plain")),
    countChart("好差评", "不满意和非常不满意算差评。", "等级", overview.ratings, ({ key }) => (Number(key) < 3 ? "late" : "good")),
  ];
}

function tiles(overview) {
  const told = [
    ["登记", overview.filed],
    ["已答复", overview.answered],
    ["还在办", overview.open],
    ["现在超期", overview.overdue, overview.overdue > 0],
    ["被退过单", overview.returned],
    ["重开过", overview.reopened],
    ["差评", overview.poor, overview.poor > 0],
    ["满意率", percent(overview.satisfied_share)],
  ];
  return el("dl.tiles", {}, ...told.map(([name, value, isBad]) => el(`div.tile${isBad ? ".tile--bad" : ""}`, {}, el("dt", {}, name), el("dd", {}, String(value)))));
}

function termsChart({ terms }) {
  return barChart({
    title: "各单位按时答复",
    note: "按时限超期的次数从多到少。超期率是超期的占到期的比例。",
    legend: [
      ["good", "按时答复"],
      ["late", "超期"],
    ],
    bars: terms.map((row) => ({
      label: row.unit.name,
      parts: [
        { size: dueOf(row) - row.late, tone: "good" },
        { size: row.late, tone: "late" },
      ],
      words: row.late ? `超期 ${row.late}，${percent(row.late_share)}` : dueOf(row) ? "没有超期" : "还没到期",
    })),
    head: ["单位", "派给", "已答复", "超期", "超期率", "退单", "重开"],
    rows: terms.map((row) => [row.unit.name, row.given, row.answered, row.late, percent(row.late_share), row.returned, row.reopened]),
    empty: NOTHING,
  });
}

/** How many had come due: the share tells the whole of which the late ones are a part. */
function dueOf({ late, late_share: share, answered }) {
  return share ? Math.round(late / share) : answered;
}

function countChart(title, note, name, counts, toneOf) {
  const isEmpty = counts.every(({ count }) => !count);
  return barChart({
    title,
    note,
    bars: isEmpty ? [] : counts.map((each) => ({ label: each.label, parts: [{ size: each.count, tone: toneOf(each) }], words: String(each.count) })),
    head: [name, "件数"],
    rows: counts.map(({ label, count }) => [label, count]),
    empty: NOTHING,
  });
}

function percent(share) {
  return share === null ? "—" : `${Math.round(share * 1000) / 10}%`;
}

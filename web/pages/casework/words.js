// Codes as people at work read them; one that this page does not know yet is shown as it is.

const ACTORS = {
  citizen: "群众",
  operator: "话务员",
  handler: "承办单位",
  supervisor: "督办人员",
  hotline: "12345",
  system: "系统",
};
const PROTECTIONS = { anonymous: "匿名", hidden: "对单位保密", open: "可以公开" };
const CHANNELS = { chat: "聊天", desk: "来电", open311: "其他平台" };
const SECRETS = { name: "姓名", phone: "电话" };
const RATINGS = ["", "非常不满意", "不满意", "基本满意", "满意", "非常满意"];

/** How a badge is coloured: what waits, what runs, what is done, what is closed without result. */
const TONES = {
  recorded: "waits",
  accepted: "waits",
  returned: "waits",
  dispatched: "runs",
  handling: "runs",
  answered: "done",
  closed: "done",
  followed_up: "done",
  rated: "done",
};

export const actorWord = (id) => ACTORS[id] ?? id;
export const protectionWord = (id) => PROTECTIONS[id] ?? id;
export const channelWord = (id) => CHANNELS[id] ?? id;
export const secretWord = (id) => SECRETS[id] ?? id;
export const ratingWord = (level) => RATINGS[level] ?? String(level);
export const toneOf = (state) => TONES[state] ?? "ended";

/** The items of article 20 as they are cited. */
export const itemsWord = (items) => items.map((item) => `第${"〇一二三四五六七八"[item] ?? item}项`).join("、");

const MONTH_DAY = new Intl.DateTimeFormat("zh-CN", { month: "numeric", day: "numeric", timeZone: "Asia/Shanghai" });
const CLOCK = new Intl.DateTimeFormat("zh-CN", {
  hour: "2-digit",
  minute: "2-digit",
  hour12: false,
  timeZone: "Asia/Shanghai",
});

export function momentWord(text) {
  const at = new Date(text);
  return `${MONTH_DAY.format(at)} ${CLOCK.format(at)}`;
}

/** How long something has still to run, or is over: `还有3小时`, `超2天`. */
export function remainingWord(text, now = Date.now()) {
  const minutes = Math.round((Date.parse(text) - now) / 60_000);
  const size = Math.abs(minutes);
  const span = size >= 1440 ? `${Math.round(size / 1440)}天` : size >= 60 ? `${Math.round(size / 60)}小时` : `${size}分钟`;
  return minutes < 0 ? `超${span}` : `还有${span}`;
}

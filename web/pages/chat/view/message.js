// One message: who speaks, what is said, and for the citizen's own words whether they have arrived.

import { el, hiddenText } from "/static/shared/dom.js";
import { icon } from "/static/shared/icons.js";
import { partNode } from "./parts.js";

const SPEAKERS = { citizen: "您说：", bot: "回答：", operator: "话务员说：" };
const ASK_AGAIN = "窗口还是要？";
// Where the counter may still ask for it, the citizen will want to know what then.
const DISPUTABLE = new Set(["not_needed", "depends", "not_listed"]);

/**
 * @param {Message} message
 * @param {{brief: boolean, onChoice: function, onSay: function, onRetry: function, onEdit: function}} options
 */
export function messageNode(message, options) {
  const node = el(`div.message.message--${message.author}`, { "data-key": message.key, tabindex: "-1" });
  node.append(hiddenText(SPEAKERS[message.author] ?? ""), ...bodyOf(message, options));
  if (message.author === "citizen") node.append(deliveryNode(message, options));
  return node;
}

/** Brings the delivery line of a citizen's message up to date. */
export function updateDelivery(node, message, options) {
  node.querySelector(".delivery").replaceWith(deliveryNode(message, options));
}

function bodyOf(message, options) {
  if (message.picture) return [el("img.picture", { src: message.picture, alt: message.text })];
  if (!message.parts.length) return [el("div.bubble", {}, el("p", {}, message.text))];
  const nodes = message.parts.map((part) => partNode(part, options)).filter(Boolean);
  if (message.author === "operator") nodes.unshift(el("p.speaker", {}, icon("phone"), "话务员"));
  if (mayDispute(message.parts)) nodes.push(askAgainButton(options));
  return nodes;
}

/** Whether to offer the question that follows: not where the reply offers it among its choices. */
function mayDispute(parts) {
  const labels = parts.flatMap((part) => part.choices ?? []).map((choice) => choice.label);
  return parts.some((part) => DISPUTABLE.has(part.verdict)) && !labels.some((label) => label.startsWith("窗口还是要"));
}

function askAgainButton({ onSay }) {
  return el("button.button.ask-again", { type: "button", onClick: () => onSay(ASK_AGAIN) }, icon("question"), ASK_AGAIN);
}

function deliveryNode(message, { onRetry, onEdit }) {
  const node = el("p.delivery", { "data-delivery": message.delivery });
  if (message.delivery === "sending") node.append("发送中…");
  if (message.delivery === "delivered") node.append("已送达 ", clockTime(message.at));
  if (message.delivery === "failed") node.append(failedButton(message, onRetry, onEdit));
  return node;
}

function failedButton(message, onRetry, onEdit) {
  const { reason, isFinal } = message.failure;
  const [words, act] = isFinal ? ["点这里改一改", onEdit] : ["点这里重发", onRetry];
  return el(
    "button.button.button--alarm",
    { type: "button", onClick: () => act(message) },
    icon("retry"),
    el("span", {}, `没发出去，${words}`, reason ? el("span.delivery__reason", {}, reason) : null),
  );
}

function clockTime(date) {
  const words = date.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
  return el("time", { datetime: date.toISOString() }, words);
}

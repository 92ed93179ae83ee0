// The five conclusions of the contract, as people read them: word and icon. Colours are in verdict.css under the same keys.

const KINDS = new Map([
  ["not_needed", { word: "不用带", icon: "check" }],
  ["needed", { word: "要带", icon: "sheet" }],
  ["depends", { word: "看情况", icon: "scale" }],
  ["not_listed", { word: "目录里没有这一项", icon: "blank", gloss: "目录之外的，窗口不得要求您提供。" }],
  ["clarify", { word: "请再说一点", icon: "question" }],
]);

/** Keys of all conclusions, in the order a legend shows them. */
export const VERDICT_KINDS = [...KINDS.keys()];

/** The key under which word and colours are found; a conclusion this page does not know yet reads as a request for more. */
export function knownKind(kind) {
  return KINDS.has(kind) ? kind : "clarify";
}

/** Word and icon of a conclusion, and a gloss where the word alone leaves open what follows. */
export function describeVerdict(kind) {
  return KINDS.get(knownKind(kind));
}

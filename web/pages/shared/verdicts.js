// The five conclusions of the contract, as people read them: word and icon. Colours are in verdict.css under the same keys.

const KINDS = {
  not_needed: { word: "不用带", icon: "check" },
  needed: { word: "要带", icon: "hand" },
  depends: { word: "看情况", icon: "scale" },
  not_listed: { word: "目录里没有这一项", icon: "blank" },
  clarify: { word: "请再说一点", icon: "question" },
};

/** Keys of all conclusions, in the order a legend shows them. */
export const VERDICT_KINDS = Object.keys(KINDS);

/** Word and icon of a conclusion; one this page does not know yet reads as a request for more. */
export function describeVerdict(kind) {
  return KINDS[kind] ?? KINDS.clarify;
}

/** The key under which colours are found. */
export function knownKind(kind) {
  return kind in KINDS ? kind : "clarify";
}

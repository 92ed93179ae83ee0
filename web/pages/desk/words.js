// Codes of the engine as operators read them; a code this page does not know yet is shown as it is.

const INTENTS = {
  certificate_needed: "问要不要带证明",
  matter_materials: "问一件事要哪些证明",
  certificate_obtain: "问证明怎么开",
  measure_how: "问免交以后怎么办",
  policy_faq: "问规定和政策",
  complaint_file: "要投诉举报",
  complaint_track: "查投诉进度",
  e_license: "问电子证照",
  verification_track: "查核实进度",
  human: "要找人工",
  smalltalk: "闲聊",
  emergency: "紧急情况",
  out_of_scope: "不归这里管",
};

const KINDS = {
  intent: "意图",
  matter: "事项",
  certificate: "证明",
  faq: "常见问题",
  unit: "单位",
  person: "办理人",
  place: "出具地",
  issued: "出具地",
  date: "日期",
};

const CIRCUMSTANCES = { self: "本人", agent: "代理人", inside: "本市出具", outside: "外地出具" };

/** Cue words that look like a person or a place and are none. */
const NO_CIRCUMSTANCES = { nobody: "不算代办", nowhere: "不算地方" };

const THRESHOLDS = {
  answer_at: "到这里直接答",
  confirm_at: "到这里先确认",
  name_at: "到这里算提到了",
  intent_at: "意图到这里才信",
  faq_at: "常见问题到这里才用",
};

const DECIDERS = { model: "模型判断", context: "接着上文", act: "当成一句口令", rule: "规则" };

const ROLES = { operator: "话务员", handler: "承办人", staff: "工作人员", supervisor: "值班长" };

export const intentWord = (id) => INTENTS[id] ?? id;
export const thresholdWord = (name) => THRESHOLDS[name] ?? name;
export const circumstanceWord = (id) => CIRCUMSTANCES[id] ?? id;
export const roleWord = (role) => ROLES[role] ?? role;

/** The word for a kind, such as `certificate`, or for the second of its kind, such as `certificate 2`. */
export function kindWord(kind) {
  const [name, number] = kind.split(" ");
  return [KINDS[name] ?? name, number > 1 ? number : ""].join(" ").trim();
}

/** The kind that a word such as 证明 stands for, or null. */
export function kindOfWord(word) {
  return Object.keys(KINDS).find((kind) => KINDS[kind] === word) ?? null;
}

/** The name of a candidate or mention, whatever the service tells of it. */
export function nameOf(kind, { id, name, text }) {
  if (name) return name;
  if (kind === "intent") return intentWord(id);
  return CIRCUMSTANCES[id] ?? NO_CIRCUMSTANCES[id] ?? text ?? id;
}

/** Who decided, as `model:intent` or `context:why`, in words. */
export function deciderWord(rule) {
  const [who, what] = rule.split(/:(.*)/s);
  if (!(who in DECIDERS)) return rule;
  return what ? `${DECIDERS[who]}：${KINDS[what] ?? what}` : DECIDERS[who];
}

export function percent(score) {
  return `${Math.round(score * 100)}%`;
}

export function timeOfDay(date) {
  return date.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
}

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
  general: "统称",
};

const CIRCUMSTANCES = { self: "本人", agent: "代理人", inside: "本市出具", outside: "外地出具" };

/** Cue words that look like a person or a place and are none. */
const NO_CIRCUMSTANCES = { nobody: "不算代办", nowhere: "不算地方" };

const THRESHOLDS = {
  answer_at: "到这里直接答",
  confirm_at: "到这里先确认",
  beside_at: "另一张证明到这里一起答",
  mark_at: "字到这里算证明",
  mark_again_at: "再认一遍时字到这里算证明",
  begin_at: "一个字到这里算另一张证明的开头",
  name_at: "到这里算提到了",
  obtain_at: "问证明去哪开时，到这里算提到了事项",
  intent_at: "意图到这里才信",
  heard_at: "到这里才听出在说别的事",
  telling_at: "旁边有几个字说事项才算说清",
  rerank_below: "低于这里按意思重排（装了模型才用）",
  agent_at: "到这里算替别人办",
  cued_agent_at: "有代办字眼时到这里就算",
  outside_at: "到这里算外地开的",
  faq_sought_at: "像问政策到这里才找常见问题",
  faq_at: "常见问题到这里才用",
  faq_apart_at: "遥遥领先时到这里也用",
  faq_lead_at: "是第二名的几倍算遥遥领先",
  faq_sure_at: "常见问题到这里只答这一条",
};

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

/** A threshold as it is measured: a probability, or beyond 1 a number of characters or times. */
export const thresholdValue = (value) => (value > 1 ? String(value) : percent(value));

export function percent(score) {
  return `${Math.round(score * 100)}%`;
}

export function timeOfDay(date) {
  return date.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
}

// Why the engine came to its answer, in words: what the lines of its trace say. One it does not know is shown as it is.

import { kindWord } from "./words.js";

const REASONS = {
  "model:intent": "模型判断：意图",
  "slots:no emergency": "有点像急事，但事项说清了，按事项答",
  "slots:both named": "事项和证明都说了，按问证明算",
  "slots:a matter named": "像别的事，但说到了一件事项，先问一问",
  "slots:no certificate named": "没说哪张证明，按问材料算",
  "context:asks about the answer": "接着上文：追问刚才的答复",
  "context:asks for the rest": "接着上文：问同一件事还要什么",
  "context:another licence": "接着上文：换一张电子证照",
  "context:the same verification": "接着上文：还是那次核实",
  "context:answers the question asked": "接着上文：回答刚才的问题",
  "context:names another certificate": "接着上文：换一张证明",
  "context:names another matter": "接着上文：换一件事",
  "context:tells a circumstance": "接着上文：补充情况",
  "context:matter": "接着上文：还是那件事",
  "context:certificate": "接着上文：还是那张证明",
  "again:slot missed": "第一遍没听全，放宽再认一遍",
  "slots:matter only seems named": "听着像事项，说的其实是证明",
  "slots:matter hardly named": "像是换了一件事，但没说准，先按原来的事问一问",
  "slots:only a circumstance told": "只补充了情况，没有说别的证明",
  "slots:a name alone": "只说了名称，就当是要办这件事、问这张证明",
  "slots:only a place named": "只说了一个地名",
  "slots:matter only tells the certificate": "像事项的话是在说证明，不算事项",
  "slots:known name believed": "话里有证明的名称，按名称认",
  "slots:words name no certificate": "只说了“证明”，没说是哪一张",
  "slots:certificate belongs to the matter": "有一张证是要办的事，不算要带的证明",
  "slots:unsure certificate left out": "有一张证明没把握，先不答",
  "slots:all certificates wanted": "问的是全部材料，不单答一张",
  "slots:matter that issues it": "由证明找到了开它的事项",
  "slots:variant of a place": "按说到的地方认事项",
  "circumstances:agent": "整句看：替别人办",
  "circumstances:not agent": "有代办的字眼，整句看不是",
  "circumstances:outside": "整句看：证明是外地开的",
  "circumstances:not outside": "有外地的字眼，整句看不是说证明",
  "cues:self": "说了是本人办",
  "cues:inside": "说了证明是本市开的",
  "doubt:intent": "意图没把握，先确认再答",
  "doubt:scrap": "只有一两个字，先问清楚",
};

const OPEN_REASONS = {
  act: () => "当成一句口令",
  general: (word) => `“${word}”可以指好几样，要问清楚`,
  outside: () => "证明是外地开的，按外地出具的那一张答",
  reranker: (slot) => `按意思重新排过：${kindWord(slot)}`,
  slips: (slip, mentions) => readSlip(slip, mentions),
};

/**
 * What decided, as `model:intent` or `slips:身分证=certificate:id`, in words.
 * @param {object[]} mentions of the same trace
 */
export function reasonWord(rule, mentions) {
  const [who, what] = rule.split(/:(.*)/s);
  return REASONS[rule] ?? OPEN_REASONS[who]?.(what, mentions) ?? rule;
}

function readSlip(slip, mentions) {
  const [text, kind, id] = slip.split(/=(\w+):(.*)/s);
  const name = mentions.find((mention) => mention.kind === kind && mention.id === id)?.name ?? id;
  return `“${text}”像是写错一处的“${name}”`;
}

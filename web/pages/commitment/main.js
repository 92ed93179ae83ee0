// A letter of commitment: read it, sign it, keep it; or take it to the counter.

import { el } from "/static/shared/dom.js";
import { call, loginAddress, startPage } from "/static/shared/paper.js";

const entry = location.pathname.split("/").pop();
const sheet = document.getElementById("sheet");

async function open() {
  const letter = await call(`/commitments/${entry}`);
  document.title = `${letter.certificate}告知承诺书`;
  sheet.replaceChildren(headOf(letter), letterPart(letter), signPart(letter));
}

function headOf(letter) {
  return el(
    "header",
    {},
    el("h1.sheet__title", {}, `${letter.certificate}告知承诺书`),
    el("p.sheet__line", {}, `办“${letter.matter}”用 · ${letter.unit}`),
  );
}

function letterPart(letter) {
  return el(
    "article.letter",
    {},
    el("h2", {}, "一、要证明什么"),
    el("p", {}, letter.proves),
    el("h2", {}, "二、依据"),
    ...letter.basis.map((citation) => el("p", {}, citation)),
    el("h2", {}, "三、您承诺"),
    el("ol", {}, ...letter.promises.map((promise) => el("li", {}, promise))),
    el("h2", {}, "四、怎么核查"),
    el("p", {}, letter.checks),
    el("h2", {}, "五、承诺不实的责任"),
    el("p", {}, letter.liability.join("")),
  );
}

function signPart(letter) {
  const problem = el("p.problem", { role: "alert", hidden: true });
  const card = el(
    "section.card",
    { "aria-label": "签署" },
    el("p", {}, "签不签由您定。不签的，按窗口要求提供证明就行。"),
    letter.person ? signForm(letter, problem, () => card) : el("a.button.button--main", { href: loginAddress() }, "登录后签"),
    problem,
    el("a.button", { href: `/api/v1/commitments/${entry}/letter.pdf` }, "下载打印，到窗口签"),
  );
  return card;
}

function signForm(letter, problem, cardOf) {
  const agreed = el("input", { type: "checkbox", required: true });
  return el(
    "form.buttons",
    {
      onSubmit: async (event) => {
        event.preventDefault();
        problem.hidden = true;
        try {
          const signed = await call(`/commitments/${entry}/signatures`, { method: "POST", body: { hash: letter.hash } });
          cardOf().replaceWith(signedPart(signed));
        } catch (error) {
          problem.textContent = error.message;
          problem.hidden = false;
        }
      },
    },
    el("p", {}, `您已确认身份：${letter.person.name}（${letter.person.level_label}）`),
    el("label.way", {}, agreed, "我看清了，承诺内容是真的，愿意承担责任"),
    el("button.button.button--main", { type: "submit" }, "签署"),
  );
}

function signedPart(signed) {
  return el(
    "section.card.card--good",
    { role: "status" },
    el("h2", {}, "已经签好"),
    el("p", {}, `${signed.signer}，${signed.signed_at.slice(0, 19).replace("T", " ")}，编号${signed.number}`),
    el("p.hash", {}, `正文校验值 ${signed.text_hash}`),
    el("p.hash", {}, `签署校验值 ${signed.signature}`),
    el("a.button.button--main", { href: signed.pdf }, "下载签好的承诺书"),
  );
}

function tell(error) {
  sheet.replaceChildren(
    el("h1.sheet__title", {}, "这一项不能签承诺书"),
    el(
      "section.card.card--alarm",
      {},
      el("p.problem", { role: "alert" }, error.message),
      el("a.button", { href: "/" }, "回到聊天"),
    ),
  );
}

startPage();
open().catch(tell);

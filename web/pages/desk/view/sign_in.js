// The sign-in form. It says in one line what went wrong, and keeps the login where only the password was mistyped.

import { el } from "/static/shared/dom.js";

/**
 * @param {{signIn: (login: string, password: string) => Promise<void>}} actions rejects with an ApiError
 * @returns {{node: Element, open: (reason?: string) => void}}
 */
export function signInForm({ signIn }) {
  const login = field({ id: "login", label: "账号", autocomplete: "username", autocapitalize: "none" });
  const password = field({ id: "password", label: "密码", type: "password", autocomplete: "current-password" });
  const problem = el("p.gate__problem", { id: "sign-in-problem", role: "alert" });
  const button = el("button.button.button--main.gate__button", { type: "submit" }, "登录");
  const node = el("form.gate__form", { novalidate: true, onSubmit: submit }, login.row, password.row, problem, button);

  async function submit(event) {
    event.preventDefault();
    const missing = [login, password].find(({ input }) => !input.value.trim());
    if (missing) return complain(`请输入${missing.label}。`, missing.input);
    complain("");
    setBusy(true);
    try {
      await signIn(login.input.value.trim(), password.input.value);
      password.input.value = "";
    } catch (error) {
      complain(describeFailure(error), password.input);
    } finally {
      setBusy(false);
    }
  }

  function complain(words, input = null) {
    problem.textContent = words;
    for (const each of [login.input, password.input]) markInvalid(each, each === input);
    input?.focus();
    input?.select();
  }

  function setBusy(isBusy) {
    button.disabled = isBusy;
    button.textContent = isBusy ? "正在登录…" : "登录";
  }

  return {
    node,
    open(reason = "") {
      complain(reason);
      (login.input.value ? password.input : login.input).focus();
    },
  };
}

function field({ id, label, ...attributes }) {
  const always = { id, name: id, type: "text", required: true, spellcheck: "false" };
  const input = el("input.gate__input", { ...always, ...attributes });
  return { label, input, row: el("p.gate__row", {}, el("label", { for: id }, label), input) };
}

function markInvalid(input, isInvalid) {
  input.toggleAttribute("aria-invalid", false);
  input.removeAttribute("aria-describedby");
  if (!isInvalid) return;
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", "sign-in-problem");
}

function describeFailure(error) {
  if (error.isUnauthenticated) return "账号或者密码不对，请再输一遍。";
  return error.message;
}

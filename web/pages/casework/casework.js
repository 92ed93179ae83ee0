// The list of complaints and the one that is open, kept in step with the address (`#TS26-…`).

import { callerDialog } from "./view/caller.js";
import { caseNodes } from "./view/case.js";
import { emptyCase } from "./view/empty.js";
import { filterBar } from "./view/filters.js";
import { moreButton, rowNodes } from "./view/rows.js";

const node = (id) => document.getElementById(id);
const MAY_FILE = new Set(["operator", "supervisor"]);

export class Casework {
  #service;
  #leave;
  #filters = {};
  #rows = [];
  #next = null;
  #account = null;
  /** Grows with every question, so that a late answer to an earlier one is not shown. */
  #asked = 0;
  /** Words of a move that came too late, kept for the complaint as it stands now: `{move, text}`. */
  #unsent = null;

  /** @param {{leave: (reason?: string) => void}} actions */
  constructor(service, { leave }) {
    this.#service = service;
    this.#leave = leave;
    this.bar = filterBar(node("filters"), {
      choose: (filters) => this.#choose(filters),
      refresh: () => this.#refresh(),
      take: () => this.caller.open(),
    });
    this.caller = callerDialog(node("caller"), service, { filed: (number) => this.#filed(number) });
    window.addEventListener("hashchange", () => this.#showChosen());
  }

  open(account) {
    this.#account = account;
    this.bar.show({ mayTake: MAY_FILE.has(account.role) });
    this.#refresh();
    this.#showChosen();
  }

  close() {
    this.#account = null;
    this.#rows = [];
    this.#unsent = null;
    this.#asked += 1;
    this.caller.close();
    node("rows").replaceChildren();
    node("case").replaceChildren();
  }

  #choose(filters) {
    this.#filters = filters;
    this.#refresh();
  }

  #filed(number) {
    window.location.hash = number;
    this.#refresh();
  }

  async #refresh() {
    await this.#try(async () => {
      const page = await this.#service.list(this.#filters);
      this.#rows = page.complaints;
      this.#next = page.next_before;
      this.#showRows();
    });
  }

  async #loadMore() {
    await this.#try(async () => {
      const page = await this.#service.list(this.#filters, this.#next);
      this.#rows = [...this.#rows, ...page.complaints];
      this.#next = page.next_before;
      this.#showRows();
    });
  }

  #showRows() {
    node("rows").replaceChildren(...rowNodes(this.#rows, this.#chosen));
    node("more").replaceChildren(...moreButton(this.#next, () => this.#loadMore()));
    node("announcer").textContent = this.#rows.length ? `${this.#rows.length}件工单` : "没有符合的工单";
  }

  get #chosen() {
    return decodeURIComponent(window.location.hash.slice(1));
  }

  async #showChosen() {
    const number = this.#chosen;
    node("cases").classList.toggle("cases--open", Boolean(number));
    for (const row of node("rows").querySelectorAll("[data-number]")) {
      if (row.dataset.number === number) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
    if (!this.#account) return;
    if (!number) {
      node("case").replaceChildren(emptyCase());
      return;
    }
    const asked = ++this.#asked;
    await this.#try(async () => {
      const detail = await this.#service.open(number);
      if (asked === this.#asked) this.#showCase(detail);
    });
  }

  #showCase(detail) {
    const box = node("case");
    box.replaceChildren(
      ...caseNodes(detail, this.#service, {
        unsent: this.#unsent,
        changed: (after) => this.#changed(after),
        failed: (error, unsent) => this.#fail(error, unsent),
        back: () => this.#back(),
      }),
    );
    this.#unsent = null;
    box.scrollTop = 0;
    box.focus({ preventScroll: true });
  }

  #changed(detail) {
    this.#showCase(detail);
    node("announcer").textContent = `现在是${detail.summary.state_label}`;
    this.#refresh();
  }

  #back() {
    const number = this.#chosen;
    window.history.replaceState(null, "", window.location.pathname);
    this.#showChosen();
    node("rows").querySelector(`[data-number="${CSS.escape(number)}"]`)?.focus();
  }

  /** What failed; where somebody else was quicker, the complaint is shown as it stands now, with the words kept. */
  async #fail(error, unsent = null) {
    if (error.status === 409) {
      this.#unsent = unsent;
      await this.#refresh();
      await this.#showChosen();
    }
    this.#complain(error);
  }

  async #try(work) {
    try {
      await work();
      node("notice").hidden = true;
    } catch (error) {
      this.#complain(error);
    }
  }

  #complain(error) {
    if (error.isUnauthenticated) {
      this.#leave("登录已到期，请再登录一次。");
      return;
    }
    node("notice").textContent = error.message;
    node("notice").hidden = false;
  }
}

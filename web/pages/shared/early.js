// Sets theme and text size before the first paint. A classic script, because modules run too late for that.
(() => {
  const read = (key) => {
    try {
      return window.localStorage.getItem(key);
    } catch {
      return null; // Storage may be switched off; the page then follows the system.
    }
  };
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = read("mianzheng.theme") || (dark ? "dark" : "light");
  root.dataset.text = read("mianzheng.text") || "normal";
})();

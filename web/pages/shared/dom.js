// Builds DOM nodes. Data becomes text nodes and attributes, never markup.

/**
 * A new element.
 * @param {string} tag name, with classes after dots: `p.note.note--small`.
 * @param {Object<string, any>} attributes `onX` functions become listeners; true is an empty attribute; false and null are left out.
 * @param {...(Node|string|null|false)} children strings become text; null, false and "" are left out.
 */
export function el(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name);
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) setAttribute(node, key, value);
  node.append(...children.filter(Boolean));
  return node;
}

function setAttribute(node, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key.startsWith("on")) node.addEventListener(key.slice(2).toLowerCase(), value);
  else node.setAttribute(key, value === true ? "" : value);
}

/** Text for screen readers only. */
export function hiddenText(text) {
  return el("span.visually-hidden", {}, text);
}

/** The paragraphs of `text`; blank lines separate, single line breaks stay inside. */
export function paragraphs(text) {
  return text
    .split(/\n{2,}/)
    .filter((block) => block.trim())
    .map((block) => el("p", {}, ...breakLines(block)));
}

function breakLines(block) {
  return block.split("\n").flatMap((line, index) => (index ? [el("br"), line] : [line]));
}

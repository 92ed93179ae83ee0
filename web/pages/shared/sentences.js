// Cuts long words after a whole sentence, so that the short layout can fold the rest.

/** `text` in two: whole sentences up to about `length` characters, and the rest; the rest is empty where little is over. */
export function splitSentences(text, length) {
  if (text.length <= length * 1.5) return [text, ""];
  const end = /[。！？\n][”’）]*/g;
  let cut = 0;
  for (let match = end.exec(text); match && (cut === 0 || end.lastIndex <= length); match = end.exec(text)) {
    cut = end.lastIndex;
  }
  return cut ? [text.slice(0, cut).trim(), text.slice(cut).trim()] : [text, ""];
}

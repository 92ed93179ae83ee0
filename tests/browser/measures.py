"""What WCAG 2.2 AA asks of any page, as far as a program can measure it in a browser."""

from typing import Final

from playwright.sync_api import Page

# Every visible text with its contrast against what lies behind it (WCAG 2.2, relative luminance).
_LOW_CONTRAST: Final = """() => {
  const parse = (colour) => { const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number); return [r, g, b, a]; };
  const mix = (over, under) => over.slice(0, 3).map((c, i) => c * over[3] + under[i] * (1 - over[3]));
  const light = ([r, g, b]) => [r, g, b]
    .map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((under, over) => mix(over, under), [255, 255, 255]);
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    const isExempt = node.closest('.brand__seal, .visually-hidden');
    if (isExempt || !walker.currentNode.data.trim() || !node.checkVisibility({ visibilityProperty: true })) continue;
    const back = behind(node);
    const [a, b] = [light(mix(parse(getComputedStyle(node).color), back)), light(back)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${walker.currentNode.data.trim().slice(0, 20)}`);
  }
  return found;
}"""
_SMALL_TARGETS: Final = """(least) => [...document.querySelectorAll('button, a, label:has(input), summary, input')]
  .filter((node) => node.checkVisibility({ opacityProperty: true }))
  .map((node) => [node.getBoundingClientRect(), node.textContent.trim() || node.id])
  .filter(([box]) => box.height < least || box.width < least)
  .map(([box, name]) => `${name}: ${box.width} x ${box.height}`)"""
_NAMELESS: Final = """() => [...document.querySelectorAll('button, a, input, summary, [role=search], aside, section')]
  .filter((node) => node.checkVisibility())
  .filter((node) => !(node.getAttribute('aria-label') || node.textContent.trim() || node.labels?.length))
  .map((node) => node.outerHTML.slice(0, 80))"""
_HEADINGS: Final = """() => [...document.querySelectorAll('h1, h2, h3, h4')]
  .filter((heading) => heading.checkVisibility())
  .map((heading) => Number(heading.tagName[1]))"""


def find_low_contrast(page: Page) -> list[str]:
    """Texts below 4.5 : 1, with their ratio."""
    found: list[str] = page.evaluate(_LOW_CONTRAST)
    return found


def find_small_targets(page: Page, least: int) -> list[str]:
    """What can be pressed and is smaller than `least` pixels one way."""
    found: list[str] = page.evaluate(_SMALL_TARGETS, least)
    return found


def find_nameless(page: Page) -> list[str]:
    """What can be used or jumped to and has no name."""
    found: list[str] = page.evaluate(_NAMELESS)
    return found


def list_heading_levels(page: Page) -> list[int]:
    """Levels of the visible headings in order."""
    levels: list[int] = page.evaluate(_HEADINGS)
    return levels


def measure_overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    pixels: int = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return pixels

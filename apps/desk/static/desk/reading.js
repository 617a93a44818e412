/* Words selected in a paragraph, by mouse or keyboard, are put into the paragraph's own form. */
"use strict";

const KEYS = { s: "statement", c: "contributor", f: "strength", o: "operation", e: "existing" };

for (const paragraph of document.querySelectorAll(".paragraph")) {
  const words = paragraph.querySelector(".words");
  const details = paragraph.querySelector("details");
  const field = paragraph.querySelector("textarea");
  const places = [...words.textContent.matchAll(/\S+/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  // The first and the last of the words chosen by keyboard, by their number; null before any is.
  let fixed = null;
  let moving = null;

  words.tabIndex = 0;
  words.setAttribute("role", "textbox");
  words.setAttribute("aria-readonly", "true");
  words.setAttribute("aria-multiline", "true");
  words.setAttribute("aria-label", `Paragraph ${paragraph.value}`);

  // The text node and the place in it of a letter of the paragraph.
  function placeOf(letter) {
    const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    while (node && letter > node.length) {
      letter -= node.length;
      node = walker.nextNode();
    }
    return [node, letter];
  }

  function choose() {
    const first = places[Math.min(fixed, moving)];
    const last = places[Math.max(fixed, moving)];
    getSelection().setBaseAndExtent(...placeOf(first.start), ...placeOf(last.end));
    take();
  }

  // The words of a range: one that was cut at its first or last letters is taken whole.
  function whole(range) {
    const before = range.cloneRange();
    before.selectNodeContents(words);
    before.setEnd(range.startContainer, range.startOffset);
    const text = words.textContent;
    let start = before.toString().length;
    let end = start + range.toString().length;
    const inWord = (place) => /^[\p{L}\p{N}]{2}$/u.test(text.slice(place - 1, place + 1));
    while (start < end && /\s/.test(text[start])) {
      start += 1;
    }
    while (end > start && /\s/.test(text[end - 1])) {
      end -= 1;
    }
    while (start < end && inWord(start)) {
      start -= 1;
    }
    while (start < end && inWord(end)) {
      end += 1;
    }
    return text.slice(start, end);
  }

  function take() {
    const selection = getSelection();
    if (selection.isCollapsed || !words.contains(selection.anchorNode)) {
      return;
    }
    // A selection may end beyond the paragraph that it began in: a triple click does.
    const range = selection.getRangeAt(0).cloneRange();
    if (!words.contains(range.startContainer)) {
      range.setStart(words, 0);
    }
    if (!words.contains(range.endContainer)) {
      range.setEnd(words, words.childNodes.length);
    }
    field.value = whole(range);
    details.open = details.open || field.value !== "";
  }

  function move(step, extend) {
    if (!places.length) {
      return;
    }
    const next = moving === null ? (step > 0 ? 0 : places.length - 1) : moving + step;
    moving = Math.max(0, Math.min(places.length - 1, next));
    fixed = extend && fixed !== null ? fixed : moving;
    choose();
  }

  function send(purpose) {
    const button = paragraph.querySelector(`button[value="${purpose}"]`);
    if (button && field.value) {
      button.form.requestSubmit(button);
    }
  }

  // The button may be let go elsewhere; when it is, the browser has not yet settled the selection.
  words.addEventListener("mousedown", () => {
    document.addEventListener("mouseup", () => setTimeout(take), { once: true });
  });
  words.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const other = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      move(event.key === "ArrowRight" ? 1 : -1, event.shiftKey);
    } else if (other) {
      paragraph[other]?.querySelector(".words").focus();
    } else if (event.key === "Enter") {
      details.open = true;
      (field.value ? paragraph.querySelector("button") : field).focus();
    } else if (event.key === "n") {
      document.querySelector(`#${paragraph.id} ~ .uncoded .words`)?.focus();
    } else if (KEYS[event.key]) {
      send(KEYS[event.key]);
    } else {
      return;
    }
    event.preventDefault();
  });
}

document.querySelector(".by-keyboard")?.removeAttribute("hidden");

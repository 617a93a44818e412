/* While a date or an excerpt is typed, the desk is asked what it makes of it; the answer stands
   beside the field. A field names whom to ask in data-check. */
"use strict";

const PAUSE = 300; // milliseconds without a key, before asking

const waiting = new WeakMap();

function beside(field) {
  const next = field.parentNode.querySelector("output.says");
  if (next) {
    return next;
  }
  const output = document.createElement("output");
  output.className = "says";
  output.htmlFor = field.id;
  field.after(output);
  return output;
}

/* What is asked along: of an excerpt, the source and the paragraph of the same row. */
function asked(field) {
  const query = new URLSearchParams({ value: field.value });
  for (const name of ["source", "paragraph"]) {
    const other = field.form.elements[field.name.replace(/excerpt$/, name)];
    if (other && other !== field) {
      query.set(name, other.value);
    }
  }
  return query;
}

async function check(field) {
  const answer = await fetch(`${field.dataset.check}?${asked(field)}`);
  if (!answer.ok) {
    return;
  }
  const { says, wrong } = await answer.json();
  const output = beside(field);
  output.textContent = says;
  output.classList.toggle("wrong", wrong);
}

document.addEventListener("input", ({ target }) => {
  if (target.dataset?.check) {
    clearTimeout(waiting.get(target));
    waiting.set(target, setTimeout(() => check(target), PAUSE));
  }
});

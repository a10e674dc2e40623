/* Marks by keys while reading: 0 to 5, a point for half a step, J and K between criteria, ? the list.
   The wording under the scale follows the chosen mark. Without this script everything still works. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-scoring]");
  if (!form) return;
  const OFF = "trellis:keys-off";
  const criteria = [...form.querySelectorAll("[data-criterion]")];
  const box = document.querySelector("[data-keys-off]");
  let current = 0;

  const steps = (criterion) => [...criterion.querySelectorAll("input[type=radio]")];
  const chosen = (criterion) => steps(criterion).findIndex((step) => step.checked);

  function choose(criterion, step) {
    if (!step) return;
    step.checked = true;
    step.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function half(criterion) {
    const all = steps(criterion);
    choose(criterion, all[Math.min(chosen(criterion) + 1, all.length - 1)]);
  }

  function go(way) {
    current = Math.min(Math.max(current + way, 0), criteria.length - 1);
    const all = steps(criteria[current]);
    (all.find((step) => step.checked) ?? all[0] ?? criteria[current]).focus();
    criteria[current].scrollIntoView({ block: "nearest" });
  }

  function word(criterion) {
    const place = criterion.querySelector("[data-word]");
    const step = steps(criterion).find((one) => one.checked);
    if (!place || !step) return;
    const known = [...criterion.querySelectorAll("[data-step]")];
    const fitting = known.filter((one) => Number(one.dataset.step) <= Number(step.value)).pop();
    const mark = document.createElement("strong");
    mark.textContent = `${step.value}.`;
    place.replaceChildren(mark, ` ${fitting ? fitting.textContent : ""}`);
  }

  criteria.forEach((criterion, index) => {
    criterion.addEventListener("focusin", () => { current = index; });
    criterion.addEventListener("change", () => word(criterion));
  });

  if (box) {
    box.checked = localStorage.getItem(OFF) === "yes";
    box.addEventListener("change", () => localStorage.setItem(OFF, box.checked ? "yes" : "no"));
  }

  const writing = (place) => place.closest("textarea, select, input:not([type=radio]):not([type=checkbox])");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
    if (box && box.checked) return;
    const criterion = criteria[current];
    const whole = steps(criterion).find((step) => step.value === event.key);
    const keys = document.getElementById("keys");
    if (whole) choose(criterion, whole);
    else if (event.key === ".") half(criterion);
    else if (event.key === "j" || event.key === "J") go(1);
    else if (event.key === "k" || event.key === "K") go(-1);
    else if (event.key === "?" && keys) keys.open = !keys.open;
    else return;
    event.preventDefault();
  });
})();

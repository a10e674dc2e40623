/* Conveniences over pages that work without them: counters, countdowns, and a safety net that keeps
   what was typed when a session ends while writing. No inline code, so a strict policy holds. */
"use strict";

(() => {
  const words = document.getElementById("trellis-words")?.dataset ?? {};
  const person = document.body.dataset.person ?? "";
  const skew = Date.parse(document.body.dataset.now ?? "") - Date.now() || 0;
  const PREFIX = "trellis:";
  const KEPT_DAYS = 7;

  const fill = (text, value) => (text ?? "").replace("%s", value);
  const hourAndMinute = (time) => new Intl.DateTimeFormat(document.documentElement.lang, {
    hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Europe/Brussels",
  }).format(new Date(time + skew));

  /* counts of characters under long texts */
  function countCharacters(box) {
    const control = document.getElementById(box.dataset.count);
    const number = box.querySelector(".tr-num");
    if (!control || !number) return;
    const show = () => {
      const length = control.value.length;
      number.textContent = new Intl.NumberFormat(document.documentElement.lang).format(length);
      box.classList.toggle("tr-late", length > Number(box.dataset.max));
    };
    control.addEventListener("input", show);
    show();
  }

  /* time left until a deadline, by the server's clock; never announced */
  function countDown(place) {
    const end = Date.parse(place.dataset.countdown);
    const unit = (number, one, many) => fill(number === 1 ? one : many, number);
    const show = () => {
      const seconds = Math.floor((end - Date.now() - skew) / 1000);
      if (seconds < 0) {
        place.textContent = place.dataset.over;
        return;
      }
      const days = Math.floor(seconds / 86400);
      const hours = Math.floor(seconds / 3600) % 24;
      const minutes = Math.floor(seconds / 60) % 60;
      const two = (number) => String(number).padStart(2, "0");
      if (days) place.textContent = `${unit(days, words.day, words.days)} ${hours}\u00a0h`;
      else if (hours) place.textContent = `${hours}\u00a0h ${two(minutes)}\u00a0min`;
      else place.textContent = `${minutes}\u00a0min ${two(seconds % 60)}\u00a0s`;
      place.classList.toggle("tr-soon", seconds <= 3600);
      setTimeout(show, seconds < 7200 ? 1000 : 60000);
    };
    show();
  }

  /* the safety net: drafts kept in this browser, for this person, for this address */
  const keyOf = (form) => {
    const address = new URL(form.getAttribute("action") || location.href, location.href).pathname;
    return `${PREFIX}${person}:${address}#${form.id || form.dataset.keep || ""}`;
  };

  const isKept = (control) => control.name && control.name !== "csrfmiddlewaretoken"
    && !["password", "file", "hidden", "submit", "button"].includes(control.type)
    && !/^(cc-|one-time)/.test(control.autocomplete ?? "");

  function valuesOf(form) {
    return [...form.elements].filter(isKept).map((control) => [
      control.name,
      ["checkbox", "radio"].includes(control.type) ? `${control.value}=${control.checked}` : control.value,
    ]);
  }

  function read(key) {
    try {
      return JSON.parse(localStorage.getItem(key) ?? "null");
    } catch {
      return null;
    }
  }

  function write(key, entry) {
    try {
      if (entry) localStorage.setItem(key, JSON.stringify(entry));
      else localStorage.removeItem(key);
    } catch { /* a full or forbidden store only means that there is no net */ }
  }

  function eachKept(visit) {
    try {
      Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => visit(key, read(key)));
    } catch { /* as above */ }
  }

  function put(form, values) {
    const waiting = values.map(([name, value]) => ({ name, value }));
    for (const control of [...form.elements].filter(isKept)) {
      const at = waiting.findIndex((item) => item.name === control.name);
      if (at < 0) continue;
      const { value } = waiting.splice(at, 1)[0];
      if (["checkbox", "radio"].includes(control.type)) control.checked = value === `${control.value}=true`;
      else control.value = value;
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function say(form, text, actions) {
    const box = document.createElement("div");
    box.className = "tr-msg tr-msg--good tr-msg--top";
    box.setAttribute("role", "status");
    const line = document.createElement("p");
    line.textContent = `${text} `;
    for (const [label, act] of actions) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "govuk-button govuk-button--secondary govuk-button--small";
      button.textContent = label;
      button.addEventListener("click", () => { act(); box.remove(); });
      line.append(button);
    }
    box.append(line);
    form.before(box);
  }

  function keep(form) {
    if (!person) return;
    const key = keyOf(form);
    const served = JSON.stringify(valuesOf(form));
    const entry = read(key);
    const stale = !entry || entry.sent || Date.now() - entry.at > KEPT_DAYS * 86400000;
    if (stale) write(key, null);
    else if (JSON.stringify(entry.values) !== served) {
      put(form, entry.values);
      const undo = () => { put(form, JSON.parse(served)); write(key, null); };
      say(form, fill(words.restored, hourAndMinute(entry.at)), [[words.undo, undo]]);
    }
    let timer = 0;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => write(key, { at: Date.now(), values: valuesOf(form) }), 400);
    });
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      write(key, { at: Date.now(), values: valuesOf(form), sent: true });
    });
    form.addEventListener("htmx:afterRequest", ({ detail }) => {
      if (detail.elt !== form || !detail.successful || isRefusal(detail) || wandered(detail)) return;
      clearTimeout(timer);
      write(key, null);
    });
  }

  /* a page without its person, or one that says so, means that what was sent last was not done */
  function settle() {
    const lost = !person || document.querySelector("[data-not-done]");
    eachKept((key, entry) => {
      if (!entry || Date.now() - entry.at > KEPT_DAYS * 86400000) write(key, null);
      else if (entry.sent && lost) write(key, { ...entry, sent: false });
      else if (entry.sent && key.startsWith(`${PREFIX}${person}:`)) write(key, null);
    });
  }

  /* the way back to a form, where this browser would put what was typed into it */
  function leadBack(link) {
    const address = new URL(link.href).pathname;
    eachKept((key) => { if (key.startsWith(`${PREFIX}${person}:${address}#`)) link.hidden = false; });
  }

  /* an autosave that was led to another page (sign-in) did not save */
  function wandered(detail) {
    const asked = new URL(detail.pathInfo?.finalRequestPath ?? location.href, location.href);
    const came = detail.xhr?.responseURL;
    return Boolean(came) && new URL(came).pathname !== asked.pathname;
  }

  function unsaved(text) {
    const place = document.getElementById("saved");
    if (!place) return;
    place.textContent = text;
    place.classList.add("tr-soon");
  }

  /* 422: the answer is a part of the page that says why nothing was saved */
  const isRefusal = (detail) => detail.xhr.status === 422;

  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (isRefusal(detail)) Object.assign(detail, { shouldSwap: true, isError: false });
    if (!wandered(detail)) return;
    detail.shouldSwap = false;
    unsaved(words.expired);
  });
  document.addEventListener("htmx:responseError", ({ detail }) => {
    unsaved(detail.xhr.status === 403 ? words.expired : words.unsaved);
  });
  document.addEventListener("htmx:sendError", () => unsaved(words.offline));

  /* a form is sent once; coming back with the browser's arrow frees it again */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    else form.dataset.sent = "yes";
    if (form.dataset.kept) {
      eachKept((key) => { if (key.startsWith(`${PREFIX}${person}:${form.dataset.kept}#`)) write(key, null); });
    }
    if (form.dataset.signOut !== undefined) {
      eachKept((key) => { if (key.startsWith(`${PREFIX}${person}:`)) write(key, null); });
    }
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });

  /* menus close with Escape and with a click beside them */
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && document.querySelector("details.tr-menu[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.tr-menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  /* the head of a table that fits its frame sticks to the window; a wider table scrolls in its frame */
  const fitting = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      target.classList.remove("is-fit");
      target.classList.toggle("is-fit", target.scrollWidth <= target.clientWidth);
    }
  });

  /* a file may be dropped anywhere on its frame */
  function drop(frame) {
    const input = frame.querySelector("input[type=file]");
    frame.addEventListener("dragover", (event) => event.preventDefault());
    frame.addEventListener("drop", (event) => {
      event.preventDefault();
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  settle();
  document.querySelectorAll("form[data-autosave], form[data-keep]").forEach(keep);
  document.querySelectorAll("[data-count]").forEach(countCharacters);
  document.querySelectorAll("[data-countdown]").forEach(countDown);
  document.querySelectorAll("[data-drop]").forEach(drop);
  document.querySelectorAll("[data-kept-form]").forEach(leadBack);
  document.querySelectorAll(".tr-scroll").forEach((frame) => fitting.observe(frame));
  document.querySelector("[data-focus]")?.focus();
})();

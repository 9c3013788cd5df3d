// Progressive enhancement only: everything here also works without it.
"use strict";

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

function enhance() {
  for (const button of all("[data-print]")) {
    button.hidden = false;
    button.onclick = () => window.print();
  }
  all("[data-filter-for]").forEach(filterTable);
  all("form[data-upload]").forEach(upload);
  all("form[data-choose]").forEach(choose);
  all("[data-refresh]").filter(part => part.dataset.refresh).forEach(refreshLater);
  one("[data-focus]")?.focus();
}

// Shows the rows of a table that contain every word typed.
function filterTable(bar) {
  const table = document.getElementById(bar.dataset.filterFor);
  const input = one("input", bar);
  const count = one("[data-filter-count]", bar);
  bar.hidden = !table;
  if (!table) return;
  const rows = all("tbody tr", table).map(row => [row, row.textContent.normalize("NFKC").toLowerCase()]);
  input.oninput = () => {
    const words = input.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(w => w);
    let shown = 0;
    for (const [row, text] of rows) {
      row.hidden = !words.every(w => text.includes(w));
      if (!row.hidden) shown++;
    }
    count.textContent = words.length ? `${rows.length}件のうち${shown}件` : "";
  };
  if (input.value) input.oninput();
}

function upload(form) {
  const input = one("input[type=file]", form);
  const drop = one("[data-drop]", form);
  const bar = one("[data-progress]", form);
  one("[data-drop-hint]", form).hidden = false;

  // An empty listener list for the other files dropped by mistake: the browser must not open them.
  for (const name of ["dragover", "drop"]) window.addEventListener(name, event => event.preventDefault());
  drop.addEventListener("dragover", () => drop.classList.add("drop-over"));
  drop.addEventListener("dragleave", () => drop.classList.remove("drop-over"));
  drop.addEventListener("drop", event => {
    drop.classList.remove("drop-over");
    if (event.dataTransfer.files.length > 0) input.files = event.dataTransfer.files;
  });

  form.addEventListener("submit", event => {
    // What is saved as a file goes the browser's own way; the page stays.
    if (event.submitter?.hasAttribute("data-plain")) return;
    event.preventDefault();
    const checking = event.submitter?.hasAttribute("data-checking") ?? false;
    const action = new URL(event.submitter?.getAttribute("formaction") ?? form.getAttribute("action"), window.location.href);
    const kept = input.files;
    const text = one("[data-progress-text]", bar);
    const meter = one("progress", bar);
    const request = new XMLHttpRequest();
    bar.hidden = false;
    for (const each of all("button[type=submit]", form)) each.disabled = true;
    text.textContent = checking ? "点検のために読み込んでいます。" : "送信しています。画面を閉じないでください。";
    request.upload.onprogress = e => {
      if (!e.lengthComputable) return;
      const percent = Math.floor(e.loaded * 100 / e.total);
      meter.value = percent;
      if (percent === 100) text.textContent = checking ? "点検しています。" : "センターが確かめて保管しています。";
    };
    request.onload = () => {
      if (request.status < 400 && request.responseURL && new URL(request.responseURL).pathname !== action.pathname) {
        window.location.assign(request.responseURL);
      } else {
        show(request.responseText);
        // The chosen file goes along: what was checked can be sent, and what was refused tried again.
        const next = one("form[data-upload] input[type=file]");
        if (next && kept.length > 0) next.files = kept;
        window.scrollTo(0, 0);
        if (!one("[data-focus]")) one("main").focus({ preventScroll: true });
      }
    };
    request.onerror = () => {
      for (const each of all("button[type=submit]", form)) each.disabled = false;
      text.textContent = checking ? "途中で切れました。もう一度点検してください。" : "送信が途中で切れました。何も受け付けていません。もう一度送信してください。";
    };
    request.open("POST", action);
    request.setRequestHeader("Accept", "text/html");
    request.send(new FormData(form));
  });
}

// Choosing many lines of a list: all at once, a range with shift, up and down with the arrow keys.
function choose(form) {
  const boxes = all("tbody input[type=checkbox]", form);
  const whole = one("[data-choose-all]", form);
  const count = one("[data-choose-count]", form);
  const tell = () => {
    const chosen = boxes.filter(b => b.checked).length;
    count.textContent = `${chosen}件を選んでいます`;
    whole.checked = chosen > 0 && chosen === boxes.length;
    whole.indeterminate = chosen > 0 && chosen < boxes.length;
  };
  let last = 0;
  one("[data-choose-bar]", form).hidden = false;
  whole.onchange = () => {
    for (const box of boxes) box.checked = whole.checked;
    tell();
  };
  boxes.forEach((box, i) => {
    box.onclick = event => {
      if (event.shiftKey) {
        for (const between of boxes.slice(Math.min(i, last), Math.max(i, last) + 1)) between.checked = box.checked;
      }
      last = i;
      tell();
    };
    box.onkeydown = event => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || !boxes[i + step]) return;
      event.preventDefault();
      boxes[i + step].focus();
    };
  });
  tell();
}

// Puts the answered page's main part in the place of this one's.
function show(html) {
  const answered = new DOMParser().parseFromString(html, "text/html");
  const main = one("main", answered);
  if (!main) return;
  document.title = answered.title;
  one("main").replaceWith(document.adoptNode(main));
  // The answer may be classified higher than the page it replaces.
  const mark = one(".classification", answered);
  if (mark) one(".classification").replaceWith(document.adoptNode(mark));
  document.body.className = answered.body.className;
  enhance();
}

function refreshLater(part) {
  setTimeout(async () => {
    const answer = await fetch(window.location.href, { headers: { Accept: "text/html", "Sekisho-Automatic": "1" } }).catch(() => null);
    if (!answer) {
      refreshLater(part);
    } else if (answer.ok && answer.url === window.location.href.split("#")[0]) {
      show(await answer.text());
    } else {
      window.location.reload();
    }
  }, Number(part.dataset.refresh) * 1000);
}

// In use: it holds the focus, or what was typed or ticked and not sent.
function inUse(part) {
  return part.contains(document.activeElement) || all("input, select, textarea", part).some(field =>
    field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked : field.type !== "hidden" && field.value !== (field.defaultValue ?? field.value));
}

// Brings the parts of a page that live up to date, one request for all; what is around them stays as it is, and so does a part that somebody works in.
function live() {
  const parts = all("[data-live]");
  if (parts.length === 0) return;
  window.setTimeout(async () => {
    const answer = document.hidden ? null : await fetch(window.location.href, { headers: { Accept: "text/html", "Sekisho-Automatic": "1" } }).catch(() => null);
    if (answer?.ok && answer.url === window.location.href.split("#")[0]) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of parts) {
        const next = fresh.getElementById(part.id);
        if (next && !inUse(part)) part.replaceWith(document.adoptNode(next));
      }
      all("[data-filter-for]").forEach(filterTable);
    }
    live();
  }, Number(parts[0].dataset.live) * 1000);
}

// Counts a consent down by the time that passes here: the clocks of two machines differ.
function countDown(part) {
  if (!part.dataset.left) return;
  const end = Date.now() + Number(part.dataset.left) * 1000;
  const text = one("[data-left-text]", part);
  const tick = () => {
    const left = Math.floor((end - Date.now()) / 60000);
    if (end <= Date.now()) {
      text.textContent = "終わりました";
      for (const form of all("form", part)) form.remove();
      return;
    }
    text.textContent = left >= 60 ? `あと${Math.floor(left / 60)}時間` : `あと${Math.max(1, left)}分`;
    window.setTimeout(tick, Math.min(30000, end - Date.now() + 10));
  };
  tick();
}

// Without a script the menu stays open; with one it is folded where it would fill a phone's screen.
const narrow = window.matchMedia("(max-width: 48rem)");
const fold = () => all("[data-menu]").forEach((menu) => { menu.open = !narrow.matches; });
narrow.addEventListener("change", fold);
fold();

enhance();
live();
all("[data-left]").forEach(countDown);

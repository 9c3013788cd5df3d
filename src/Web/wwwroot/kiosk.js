// The kiosk also works without this; then the pages reload by themselves.
"use strict";

// Whoever has just tapped a language is on the way there: no reload takes it back.
let gone = false;
window.addEventListener("beforeunload", () => (gone = true));
window.addEventListener("pageshow", () => (gone = false));

// Which turn it is now; null when the kiosk is not open. Throws while the line is down.
async function turn() {
  const answer = await fetch("/kiosk?handler=Turn", { cache: "no-store", redirect: "error" });
  return answer.ok ? await answer.json() : null;
}

// Waits for a card, without a flicker for those who listen to the screen.
async function wait() {
  try {
    const now = await turn();
    if ((!now || now.inquiry) && !gone) return window.location.reload();
  } catch {
    // The line is down; it comes back.
  }
  window.setTimeout(wait, 2000);
}

// Whoever leaves is forgotten: a minute without a touch or a key ends the turn.
function forget(form) {
  let timer;
  const again = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => form.submit(), Number(form.dataset.kioskLeave) * 1000);
  };
  for (const event of ["pointerdown", "keydown"]) window.addEventListener(event, again);
  again();
}

// Whoever took the card away before choosing is not there any more: the turn ends on the screen, too.
async function watch(form) {
  try {
    const now = await turn();
    if (now && now.inquiry !== form.elements.Inquiry.value && !gone) return form.submit();
  } catch {
    // The line is down; it comes back.
  }
  window.setTimeout(watch, 2000, form);
}

// The card signs what was typed; the form goes on when that is over, with everything that was typed in it.
async function sign(form) {
  try {
    if (!(await turn())?.signs) return form.submit();
  } catch {
    // The line is down; it comes back.
  }
  window.setTimeout(sign, 1000, form);
}

const signing = document.querySelector("[data-kiosk-sign]");
if (signing) window.setTimeout(sign, 1000, signing);

const waiting = document.querySelector("[data-kiosk-wait]");
const leaving = document.querySelector("[data-kiosk-leave]");
if (waiting) window.setTimeout(wait, 2000);
if (leaving) {
  forget(leaving);
  window.setTimeout(watch, 2000, leaving);
}

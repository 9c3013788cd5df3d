// Passkeys: a form with data-passkey="get" or "create" holds what the browser is asked in data-options and takes the answer in its field "Credential".
"use strict";

const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function asked(options) {
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const list of [options.excludeCredentials, options.allowCredentials]) {
    for (const each of list ?? []) each.id = bytes(each.id);
  }
  return { publicKey: options };
}

function answer(credential) {
  const response = { clientDataJSON: text(credential.response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const told = form.querySelector("[data-passkey-told]");
  const button = form.querySelector("button");
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async event => {
    const field = form.elements.namedItem("Credential");
    if (field.value) return;
    event.preventDefault();
    button.disabled = true;
    try {
      const options = asked(JSON.parse(form.dataset.options));
      const made = await (form.dataset.passkey === "create" ? navigator.credentials.create(options) : navigator.credentials.get(options));
      field.value = JSON.stringify(answer(made));
      form.submit();
    } catch (reason) {
      told.textContent = reason.name === "InvalidStateError" ? "この端末のパスキーは、もう登録されています。" : "取り消されたか、パスキーを使えませんでした。もう一度試すか、ほかの方法を使ってください。";
      button.disabled = false;
    }
  });
}

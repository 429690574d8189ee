// What the page does more comfortably with a script: drop, progress, copy. Everything works without.
"use strict";

const status = document.getElementById("status");

// --- copy ------------------------------------------------------------------------------------------------------------

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text.value);
  } catch {
    // There is no clipboard on a plain http address other than this machine's own.
    const details = text.closest("details");
    const open = details.open;
    details.open = true;
    text.select();
    const done = document.execCommand("copy");
    details.open = open;
    if (!done) throw new Error("not allowed");
  }
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await copy(document.getElementById(button.dataset.copy));
      status.textContent = "Copied.";
    } catch {
      status.textContent = "The browser does not allow it. The text is at the end of the page.";
    }
    button.focus();
  });
}

// --- paste, drop, send -----------------------------------------------------------------------------------------------

const form = document.getElementById("ask");

function begin() {
  const log = document.getElementById("log");
  const files = document.getElementById("files");
  const progress = document.getElementById("progress");
  const button = form.querySelector("button");
  const limit = Number(form.dataset.limit);
  const most = Number(form.dataset.most);

  function say(words) {
    status.textContent = words;
  }

  function name() {
    const chosen = [...files.files];
    const size = chosen.reduce((sum, file) => sum + file.size, 0);
    if (chosen.length > most) say(`That are ${chosen.length} files; ${most} are taken at once.`);
    else if (size > limit) say(`That is more than ${limit / 1048576} MB. Send the part in which the trouble is.`);
    else say(chosen.length > 1 ? `${chosen.length} files chosen.` : chosen.length ? `${chosen[0].name} chosen.` : "");
    return chosen.length <= most && size <= limit;
  }

  function take(data) {
    if (data.files.length) {
      files.files = data.files;
      name();
      button.focus();
      return true;
    }
    return false;
  }

  function work(working) {
    button.disabled = working;
    progress.hidden = !working;
    form.ariaBusy = String(working);
  }

  function send() {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      progress.value = event.loaded / event.total;
      say(`Sending: ${Math.round(100 * progress.value)} %`);
    });
    request.upload.addEventListener("load", () => {
      progress.removeAttribute("value");
      say("Explaining …");
    });
    request.addEventListener("load", () => {
      work(false);
      if (request.status === 201 && request.response) {
        say("");
        location.assign(request.response.result);
      } else {
        say(request.response?.detail ?? `That did not work (${request.status}).`);
      }
    });
    request.addEventListener("error", () => {
      work(false);
      say("There was no answer. Does curlx serve still run?");
    });
    progress.value = 0;
    work(true);
    request.send(new FormData(form));
  }

  form.querySelector(".drop-word").hidden = false;
  files.addEventListener("change", name);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (name()) send();
  });
  log.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  addEventListener("paste", (event) => {
    if (take(event.clipboardData)) event.preventDefault();
    else if (event.target !== log) {
      log.value = event.clipboardData.getData("text/plain");
      log.focus();
    }
  });
  addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("dragged");
  });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) form.classList.remove("dragged");
  });
  addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("dragged");
    if (!take(event.dataTransfer)) {
      log.value = event.dataTransfer.getData("text/plain");
      log.focus();
    }
  });
  addEventListener("pageshow", () => work(false)); // also when somebody comes back
}

if (form) begin();

// Makes the chat live: forms are sent without leaving the page, news come as server-sent events.
// What is typed stays in the box until the server has stored it; a retry carries the same nonce and is one message.
(() => {
  const log = document.getElementById("log"), box = document.getElementById("text"), status = document.getElementById("status");
  const queue = [], held = [], longest = 10000;
  let last = Number(log.dataset.last), pumping = false, asking = false, stream = null, pause = 2000, clicked = null;
  let wake = () => {};

  const tell = (words) => { status.textContent = words ? status.dataset[words] : ""; };
  const jitter = (ms) => ms * (0.75 + Math.random() / 2);
  const sleep = (ms) => new Promise((go) => { wake = go; setTimeout(go, jitter(ms)); });
  const nonce = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");
  const panel = () => { location.hash = "darurat"; };

  function show(html) {
    const near = innerHeight + scrollY > document.documentElement.scrollHeight - 160;
    const piece = document.createElement("template");
    piece.innerHTML = html;
    for (const line of piece.content.querySelectorAll("li[id^=m]")) {
      if (document.getElementById(line.id)) continue;
      log.append(line);
      last = Math.max(last, Number(line.id.slice(1)));
      if (near) line.scrollIntoView({ block: "nearest" });
    }
  }

  function showMine(words) {
    document.querySelectorAll("#log > .bot:not([id]), .choices, .start, input[name=start]").forEach((old) => old.remove());
    if (!words) return;
    const line = document.getElementById("mine").content.firstElementChild.cloneNode(true);
    line.querySelector("p").textContent = words;
    log.append(line);
    return line;
  }

  async function ask(form) {
    const stop = new AbortController(), timer = setTimeout(() => stop.abort(), 20000);
    form.set("after", last);
    asking = true;
    try {
      const answer = await fetch("/chat", { method: "POST", body: form, signal: stop.signal, credentials: "same-origin" });
      return { code: answer.status, html: answer.ok ? await answer.text() : "" };
    } catch (unreachable) {
      return { code: 0, html: "" };
    } finally {
      clearTimeout(timer);
      asking = false;
    }
  }

  function stored(one, html) {
    const mine = showMine(one.words);
    if (one.typed) { box.value = ""; box.readOnly = false; }
    tell("");
    show(html);
    if (mine) mine.scrollIntoView({ block: "start" });
    listen();
  }

  async function pump() {
    for (let wait = 1000; queue.length;) {
      const { code, html } = await ask(queue[0].form);
      if (code === 200) stored(queue.shift(), html);
      held.splice(0).forEach(show);
      if (code === 200) { wait = 1000; continue; }
      if (code >= 400 && code < 500) {
        queue.shift();
        box.readOnly = false;
        tell(code === 413 ? "long" : "refused");
        continue;
      }
      tell("kept");
      if (queue.some((one) => one.button === "do:emergency")) panel();
      await sleep(wait);
      wait = Math.min(wait * 2, 30000);
    }
  }

  function take(form, button) {
    const typed = form.id === "say", words = typed ? box.value.trim() : button.textContent.trim();
    if (typed && (!words || box.readOnly)) return;
    if (typed && words.length > longest) { tell("long"); return; }
    const data = new FormData(form), press = typed ? "" : button.value;
    if (!typed) data.set(button.name, press);
    if (press === "do:emergency" && queue.length) panel();
    wake();
    if (!typed && queue.some((one) => one.button === press)) return;
    data.set("nonce", nonce());
    if (typed) box.readOnly = true;
    tell("sending");
    queue.push({ form: data, words: button && button.name === "start" ? "" : words, typed, button: press });
    if (pumping) return;
    pumping = true;
    pump().finally(() => { pumping = false; });
  }

  function listen() {
    if (stream || !window.EventSource) return;
    stream = new EventSource("/chat/live?after=" + last);
    stream.onopen = () => { pause = 2000; };
    stream.onmessage = (event) => { if (asking) held.push(event.data); else show(event.data); };
    stream.onerror = () => {
      if (stream.readyState !== 2) return;
      stream = null;
      setTimeout(listen, jitter(pause));
      pause = Math.min(pause * 2, 60000);
    };
  }

  function leave() {
    document.body.replaceChildren();
    document.title = "";
    const gone = fetch("/leave", { method: "POST", keepalive: true, redirect: "manual" }).catch(() => {});
    Promise.race([gone, new Promise((go) => setTimeout(go, 1500))]).then(() => location.replace("/away"));
  }

  document.addEventListener("click", (event) => { clicked = event.target.closest("button"); }, true);
  document.addEventListener("submit", (event) => {
    const form = event.target, where = form.getAttribute("action");
    if (where === "/leave" || where === "/chat") event.preventDefault();
    if (where === "/leave") leave();
    if (where === "/chat") take(form, event.submitter || clicked);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !matchMedia("(pointer: fine)").matches) return;
    event.preventDefault();
    take(document.getElementById("say"));
  });
  addEventListener("online", () => wake());
  if (Number(log.dataset.live)) listen();
  if (last && !location.hash) document.getElementById("end").scrollIntoView();
})();

// Some two hundred scripts as text, and what would show that one of them became more than text.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { password, patient_ms } from "./app.mjs";

/** Every element of theirs carries this id, every script calls this. */
export const mark = "xss";
export const run = "__x(1)";

const tags = [
  ["img", "src=x onerror"], ["svg", "onload"], ["body", "onload"], ["video", "src=x onerror"], ["audio", "src=x onerror"],
  ["input", "autofocus onfocus"], ["select", "autofocus onfocus"], ["details", "open ontoggle"], ["marquee", "onstart"],
  ["iframe", "onload"], ["object", "data=x onerror"], ["style", "onload"], ["b", "tabindex=1 onfocusin"],
  ["textarea", "autofocus onfocus"], ["button", "autofocus onclick"], ["p", "onmouseover"], ["form", "onsubmit"], ["embed", "src=x onload"],
];
const quotings = [(call) => `=${call}`, (call) => `='${call}'`, (call) => `="${call}"`, (call) => `\t=\n${call} `];
const urls = [
  `javascript:${run}`, `JaVaScRiPt:${run}`, `java\tscript:${run}`, `&#106;avascript:${run}`, `\u0001javascript:${run}`,
  `data:text/html,<script>${run}</script>`, `vbscript:${run}`, `//x/${mark}.js`,
];
const takers = [
  (url) => `<a id=${mark} href="${url}">a</a>`, (url) => `<iframe id=${mark} src="${url}">`,
  (url) => `<form id=${mark} action="${url}"><input>`, (url) => `<object id=${mark} data="${url}">`,
  (url) => `<embed id=${mark} src="${url}">`, (url) => `<base id=${mark} href="${url}">`,
  (url) => `<link id=${mark} rel=stylesheet href="${url}">`, (url) => `<svg><use id=${mark} href="${url}">`,
];
const breaks = ['"', "'", ">", '">', "'>", "</title>", "</textarea>", "</script>", "-->", "]]>", "\\\"", "`", "</style>", "/*"];
const encodings = [
  (text) => text.replaceAll("<", "&lt;"), (text) => text.replaceAll("<", "&#60"), (text) => text.replaceAll("<", "&#x3c;"),
  (text) => encodeURIComponent(text), (text) => text.replaceAll("<", "\\u003c"), (text) => text.replaceAll("<", "\\x3c"),
  (text) => text.replaceAll("<", "＜").replaceAll(">", "＞"), (text) => text.replaceAll("<", "+ADw-"),
  (text) => text.replace("script", "scr<!-- -->ipt"), (text) => text.replaceAll("<", "<\u200b"),
];
export const script = `<script id=${mark}>${run}</script>`;
const singles = [
  script, script.toUpperCase().replace("__X", "__x"), `<scr<script>ipt>${run}</script>`, `<script/${mark}>${run}</script>`,
  `<meta id=${mark} http-equiv=refresh content="0;javascript:${run}">`, `<math id=${mark}><mtext><style><img onerror=${run}>`,
  `{{constructor.constructor('${run}')()}}`, `\${${run}}`, `<%= ${run} %>`, `#{${run}}`, `[a](javascript:${run})`,
  `<style id=${mark}>*{display:none}</style>`, `<template id=${mark}><img src=x onerror=${run}>`, `__proto__`, `<!--${mark}`,
  `<svg><animate id=${mark} onbegin=${run} attributeName=x>`, `<noscript><p id=${mark} title="</noscript><img src=x onerror=${run}>">`,
];
export const payloads = [
  ...singles,
  ...tags.flatMap(([tag, before]) => quotings.map((quoted) => `<${tag} id=${mark} ${before}${quoted(run)}>`)),
  ...takers.flatMap((taker) => urls.map(taker)),
  ...breaks.flatMap((end) => [`${end}<img id=${mark} src=x onerror=${run}>`, `${end} onfocus=${run} autofocus id=${mark} `]),
  ...encodings.flatMap((encoded) => [encoded(script), encoded(`<img id=${mark} src=x onerror=${run}>`), encoded(`<svg id=${mark} onload=${run}>`)]),
];
/** Of each kind one, for fields that are filled in one by one. */
export const sharp = [
  script, `<svg id=${mark} onload=${run}>`, `"><img id=${mark} src=x onerror=${run}>`, `<a id=${mark} href="javascript:${run}">a</a>`,
  `</textarea>${script}`,
];
/** As much of one as the field takes. */
export const cut = (payload, chars) => [...payload].slice(0, chars).join("");
/** As it is compared: without what a screen folds or nobody sees. */
const bare = (text) => text.replace(/[\u0000-\u0020\u200b]/g, "");

/** The text stands there as text. */
export const stands = (page, where, text) =>
  page.waitForFunction(
    ([where, text]) => document.querySelector(where)?.innerText.replace(/[\u0000-\u0020\u200b]/g, "").includes(text),
    [where, bare(text)],
    { timeout: patient_ms },
  );

/** All of them stand there as text; the last is waited for. */
export async function all_stand(page, where, texts) {
  await stands(page, where, texts.at(-1));
  const missing = await page.evaluate(
    ([where, texts]) => {
      const shown = document.querySelector(where).innerText.replace(/[\u0000-\u0020\u200b]/g, "");
      return texts.filter((text) => !shown.includes(text));
    },
    [where, texts.map(bare)],
  );
  assert.deepEqual(missing, []);
}

/** Somebody who asks the server without the app. */
export class Hand {
  static async sign_in(server, employee_no, device_name = "平板") {
    const hand = new Hand();
    hand.server = server;
    hand.device = randomUUID();
    hand.seq = 0;
    const body = { employee_no, password, device_id: hand.device, device_name };
    const answer = await hand.ask("POST", "session", body);
    hand.cookie = answer.headers.get("set-cookie").split(";")[0];
    hand.session = await answer.json();
    return hand;
  }

  async ask(method, path, body, headers = {}) {
    const answer = await fetch(`${this.server.origin}/api/v1/${path}`, {
      method,
      headers: { "x-rounds-client": "1", ...(this.cookie && { cookie: this.cookie }), ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${answer.ok ? "" : await answer.text()}`);
    return answer;
  }

  /** What is refused is told. */
  async push(mutations) {
    const refused = [];
    for (let from = 0; from < mutations.length; from += 400) {
      const batch = mutations.slice(from, from + 400).map(([name, args]) => ({
        seq: ++this.seq, id: randomUUID(), name, args, made_at: Date.now() - 1_000,
      }));
      const body = { device_id: this.device, schema: 2, mutations: batch, pending_after: 0 };
      const { results } = await (await this.ask("POST", "sync/push", body)).json();
      refused.push(...results.filter((one) => one.refused).map((one) => [batch.find(({ seq }) => seq === one.seq).name, one.refused]));
    }
    return refused;
  }
}

/** Before any script of the page: what would show that one of theirs ran. */
export async function watch(opened) {
  const dialogs = [];
  await opened.context.addInitScript(() => {
    window.hits = [];
    window.__x = () => window.hits.push("a script ran");
    document.addEventListener("securitypolicyviolation", (event) => window.hits.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  opened.page.on("dialog", async (dialog) => {
    dialogs.push(dialog.message());
    await dialog.dismiss();
  });
  return async (where) => {
    const found = await opened.page.evaluate((mark) => {
      const is_theirs = (element) =>
        element.id.startsWith(mark) ||
        element.getAttributeNames().some((name) => name.startsWith("on")) ||
        ["href", "src", "action", "data"].some((name) => /^\W*(java|vb)script:|^data:text/i.test(element.getAttribute(name) ?? ""));
      const elements = [...document.querySelectorAll("*")].filter(is_theirs).map((element) => element.outerHTML.slice(0, 200));
      return [...elements, ...window.hits];
    }, mark);
    assert.deepEqual([...found, ...dialogs], [], where);
  };
}

/** To another place of the app, as its own links lead there; a reload would lock the store. */
export async function walk(page, path) {
  await page.evaluate((path) => {
    history.pushState(null, "", path);
    dispatchEvent(new PopStateEvent("popstate"));
  }, path);
}

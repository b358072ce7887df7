// Runs in <head> before the first paint; bundled into one classic script, so that it blocks and `currentScript` is known.
//
// It sets theme and language, starts the app, registers the service worker and carries word between it and the app.
// It must not know customers, sessions or the replica.
//
// <script src="/assets/boot-….js" data-js="/assets/app-….js" data-wasm="/assets/app-….wasm"></script>
//
// It leaves the build's version on <html data-version>.
// What the app hears on `window`, each also left on <html> for an app that starts later:
//   rounds:offline-ready  data-offline="ready"       the shell and its assets are kept on this device
//   rounds:update-ready   data-update="ready"        a new version is waiting; nothing changes until the app says so
//   rounds:installable    data-installable="ready"   the browser offers to install the app
// What the app says:
//   rounds:apply-update   let the waiting version take over, then reload
//   rounds:install        show the browser's own install prompt
import { Workbox } from "workbox-window";

const worker_url = "/service-worker.js";
const worker_scope = "/app";
const update_check_ms_min = 30 * 60 * 1000;

const root = document.documentElement;
const { js, wasm } = document.currentScript.dataset;

/** A small setting as the app left it: plain, or as a JSON string. Storage may be forbidden. */
function setting(key) {
  let text = null;
  try {
    text = localStorage.getItem(key);
    return text && JSON.parse(text);
  } catch {
    return text;
  }
}

const theme = setting("rounds.theme");
if (theme === "light" || theme === "dark") root.dataset.theme = theme;
root.dataset.version = __VERSION__; // a hash of the whole build, put in by the build
const language = setting("rounds.language");
if (language === "zh-CN" || language === "en") root.lang = language;

function announce(what, mark) {
  root.dataset[mark] = "ready";
  window.dispatchEvent(new CustomEvent(what));
}

const parsed = new Promise((resolve) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", resolve, { once: true });
  else resolve();
});

async function start() {
  try {
    const [app] = await Promise.all([import(js), parsed]);
    await app.default({ module_or_path: wasm });
  } catch (error) {
    await parsed;
    say_not_started();
    throw error;
  }
}

/** The app itself is missing or cannot run here: what happened, what was kept, what to do. */
function say_not_started() {
  const english = root.lang === "en";
  const say = document.createElement("main");
  say.className = "empty";
  say.setAttribute("role", "alert");
  const title = document.createElement("h1");
  title.textContent = english ? "The app could not start" : "程序没有打开";
  const text = document.createElement("p");
  text.textContent = english
    ? "Its files did not arrive, or this browser is too old. Whatever was not uploaded is still on this device. Check the network and try again, or update the browser."
    : "程序的文件没有取到，或者浏览器太旧。没上传的内容都还在这台设备上。请检查网络后再试，或更新浏览器。";
  const again = document.createElement("button");
  again.className = "btn btn-main";
  again.textContent = english ? "Try again" : "再试一次";
  again.addEventListener("click", () => location.reload());
  say.append(title, text, again);
  document.body.replaceChildren(say);
}

async function register() {
  const workbox = new Workbox(worker_url, { scope: worker_scope });
  workbox.addEventListener("waiting", () => announce("rounds:update-ready", "update"));

  const registration = await workbox.register();
  if (!registration) return;
  navigator.serviceWorker.ready.then(() => announce("rounds:offline-ready", "offline"));

  window.addEventListener("rounds:apply-update", () => {
    // Only the page that asked reloads: another tab may hold a form that is being filled in.
    if (!registration.waiting) return location.reload();
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    workbox.messageSkipWaiting();
  });

  // An installed app stays open for days: look for a new version when it is looked at again.
  let checked_at = Date.now();
  const check = () => {
    if (document.visibilityState !== "visible" || Date.now() - checked_at < update_check_ms_min) return;
    checked_at = Date.now();
    registration.update().catch(() => {}); // without network the next look will do
  };
  document.addEventListener("visibilitychange", check);
  window.addEventListener("online", check);
}

window.addEventListener("beforeinstallprompt", (offer) => {
  offer.preventDefault();
  window.addEventListener("rounds:install", () => offer.prompt(), { once: true });
  announce("rounds:installable", "installable");
});

const started = js && wasm ? start() : undefined;
if ("serviceWorker" in navigator) {
  // What the worker keeps is several times what the first page needs: it fetches once that page stands, or cannot.
  Promise.allSettled([started])
    .then(register)
    .catch((error) => console.warn("service worker not registered", error));
}

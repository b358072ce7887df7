// A tablet or a desk: one Chromium with a profile folder of its own, that can be killed and opened again.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { SmallDisk } from "./small_disk.mjs";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Where pages must look right (UX.md). */
export const sizes = {
  tablet: { width: 1024, height: 768 },
  tablet_wide: { width: 1280, height: 800 },
  tablet_tall: { width: 800, height: 1280 },
  phone: { width: 390, height: 844 },
  desk: { width: 1440, height: 900 },
};
export const themes = ["light", "dark"];

/** The browser's main process, known by the profile folder that is only ours. */
async function main_process(profile) {
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const line = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    const words = line.split("\0");
    if (words.includes(`--user-data-dir=${profile}`) && !words.some((word) => word.startsWith("--type="))) {
      return Number(pid);
    }
  }
  throw new Error("the browser is not running");
}

export class Browser {
  /** What a person would never be told but must not happen: script errors and what the content policy stopped. */
  complaints = [];

  /** `disk_mb`: on a disk of this size instead of the machine's. */
  static async open(origin, { size = "tablet", theme = "light", language = "zh-CN", disk_mb } = {}) {
    const browser = new Browser();
    browser.origin = origin;
    browser.profile = await mkdtemp(join(tmpdir(), "rounds-profile-"));
    browser.program = process.env.ROUNDS_CHROMIUM ?? "/usr/bin/chromium";
    if (disk_mb) {
      browser.disk = await SmallDisk.under(browser.profile, disk_mb);
      browser.program = await browser.disk.starting(browser.program);
    }
    browser.options = { size, theme, language };
    await browser.launch();
    return browser;
  }

  /** Opens Chromium, again on the same profile when it ran before. */
  async launch() {
    const { size, theme, language } = this.options;
    this.context = await chromium.launchPersistentContext(this.profile, {
      executablePath: this.program,
      // Date and time fields follow the browser's own language, not the page's.
      args: [...flags, `--lang=${language}`],
      env: { ...process.env, LANGUAGE: language.replace("-", "_") },
      baseURL: this.origin,
      viewport: sizes[size],
      hasTouch: size !== "desk",
      colorScheme: theme,
      reducedMotion: "reduce",
      locale: language,
      timezoneId: "Asia/Shanghai",
    });
    this.page = this.context.pages()[0] ?? (await this.context.newPage());
    this.#listen(this.page);
    this.context.on("page", (page) => this.#listen(page));
    return this.page;
  }

  #listen(page) {
    page.on("pageerror", (error) => this.complaints.push(`${error.name}: ${error.message}`));
    page.on("console", (message) => {
      const text = message.text();
      const serious = message.type() === "error" || message.type() === "warning";
      if (/Content Security Policy|panicked/.test(text) && serious) this.complaints.push(text);
    });
  }

  /** As a battery that falls out would. */
  async kill() {
    const closed = this.context.waitForEvent("close");
    process.kill(await main_process(this.profile), "SIGKILL");
    await closed;
  }

  async close() {
    await this.context.close();
  }

  async remove() {
    await this.close().catch(() => {}); // killed before
    await this.disk?.remove();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

// Draws the PNG icons from their SVG sources. Run by hand after the mark changed: node end2end/draw_icons.mjs
import { readFile } from "node:fs/promises";
import { chromium } from "playwright-core";

const folder = new URL("../public/", import.meta.url);
const icons = [
  ["favicon.svg", "icons/192.png", 192],
  ["favicon.svg", "icons/512.png", 512],
  ["icons/maskable.svg", "icons/maskable-192.png", 192],
  ["icons/maskable.svg", "icons/maskable-512.png", 512],
  ["icons/maskable.svg", "icons/apple-touch-icon.png", 180],
];

const browser = await chromium.launch({
  executablePath: process.env.ROUNDS_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const page = await browser.newPage();
for (const [source, target, pixels] of icons) {
  const svg = await readFile(new URL(source, folder), "utf8");
  await page.setViewportSize({ width: pixels, height: pixels });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
  await page.screenshot({ path: new URL(target, folder).pathname, omitBackground: true });
}
await browser.close();

// Pictures of a page at every size of UX.md in both themes, and what axe finds on it.
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { sizes, themes } from "./browser.mjs";

const screenshots = fileURLToPath(new URL("../screenshots/", import.meta.url));
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Resolves once nothing moves and every picture and font is there: two frames after the last change of layout. */
export async function still(page) {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
    const endless = (animation) => animation.effect?.getTiming().iterations === Infinity;
    await Promise.allSettled(document.getAnimations().filter((a) => !endless(a)).map((a) => a.finished));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
}

/** What axe finds, in a line each. The content policy stays on: the source is evaluated, not injected. */
export async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} — ${target} — ${failureSummary}`),
  );
}

/** Wider than the screen: something makes the page scroll sideways. */
async function overflow(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [`page is ${scrollWidth}px wide in ${clientWidth}px`] : [];
  });
}

/** Targets under a finger lower than 44 px, counting what a pseudo-element adds. Links inside a sentence are text. */
async function small_targets(page) {
  return page.evaluate(() => {
    const reach = (element) =>
      Math.max(
        element.getBoundingClientRect().height,
        ...["::before", "::after"].map((pseudo) => {
          const style = getComputedStyle(element, pseudo);
          return style.content !== "none" && style.position === "absolute" ? parseFloat(style.height) || 0 : 0;
        }),
      );
    const controls = "a[href], button, select, summary, input:not([type=hidden], [type=file])";
    return [...document.querySelectorAll(controls)]
      .map((element) => (element.matches("label input") ? element.closest("label") : element))
      .filter((element) => element.checkVisibility() && !element.closest(".vh, [aria-hidden=true], p"))
      .filter((element) => element.getBoundingClientRect().width > 1 && reach(element) < 43.5)
      .map((element) => `low target, ${Math.round(reach(element))} px: ${element.outerHTML.slice(0, 90)}`);
  });
}

/** Saves `<name>-<w>x<h>-<theme>.png` for every size and theme; returns what is wrong, named by picture. */
export async function look(page, name) {
  await mkdir(screenshots, { recursive: true });
  const before = page.viewportSize();
  const wrong = [];
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme });
      await still(page);
      const picture = `${name}-${viewport.width}x${viewport.height}-${theme}`;
      await page.screenshot({ path: `${screenshots}${picture}.png` });
      const found = [...(await violations(page)), ...(await overflow(page))];
      if (size !== "desk") found.push(...(await small_targets(page)));
      wrong.push(...found.map((what) => `${picture}: ${what}`));
    }
  }
  await page.setViewportSize(before);
  return wrong;
}

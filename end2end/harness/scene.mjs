// One server and the browsers around it. Whatever happens, everything started is ended, and a failure leaves pictures.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Browser } from "./browser.mjs";
import { Server } from "./server.mjs";

const results = fileURLToPath(new URL("../results/", import.meta.url));

/** `play({ server, browser, t })`, where `browser(options)` opens another one. */
export function scene(play, options) {
  return async (t) => {
    const server = await Server.start(options);
    const browsers = [];
    const browser = async (choice) => {
      const opened = await Browser.open(server.origin, choice);
      browsers.push(opened);
      return opened;
    };
    try {
      await play({ server, browser, t });
      assert.deepEqual(browsers.flatMap(({ complaints }) => complaints), [], "script errors or policy violations");
    } catch (error) {
      await mkdir(results, { recursive: true });
      for (const [number, { page }] of browsers.entries()) {
        const path = `${results}${t.name.replace(/\W+/g, "_")}-${number}.png`;
        await page.screenshot({ path }).catch(() => {}); // it may be the killed one
      }
      throw error;
    } finally {
      for (const opened of browsers) await opened.remove();
      await server.remove();
    }
  };
}

// A line as in the country: narrow, shared by all connections over it, and cut now and then.
import { once } from "node:events";
import { connect, createServer } from "node:net";

/** Small enough that connections take turns on the line. */
const piece_bytes = 4 << 10;

export class SlowLine {
  /** What went down the line to the tablet. */
  bytes = 0;
  cuts = 0;
  #open = new Set();
  #last = Promise.resolve();
  #bytes_per_s = Infinity;

  static async open(server) {
    const line = new SlowLine();
    line.listener = createServer((tablet) => line.#carry(tablet, connect(server.port, "127.0.0.1")));
    line.listener.listen(0, "127.0.0.1");
    await once(line.listener, "listening");
    line.origin = `http://127.0.0.1:${line.listener.address().port}`;
    return line;
  }

  /** From now on so narrow, and cut so often. */
  narrow({ bits_per_s, cut_every_ms }) {
    this.#bytes_per_s = bits_per_s / 8;
    this.#cutting = setInterval(() => this.cut(), cut_every_ms);
  }
  #cutting;

  cut() {
    this.cuts += 1;
    for (const socket of this.#open) socket.destroy();
  }

  #carry(tablet, server) {
    for (const [from, to] of [[tablet, server], [server, tablet]]) {
      this.#open.add(from);
      from.on("error", () => {}); // cut: "close" follows
      from.once("close", () => {
        this.#open.delete(from);
        to.destroy();
      });
      this.#pass(from, to, to === tablet).catch(() => to.destroy());
    }
  }

  async #pass(from, to, is_down) {
    for await (const chunk of from) {
      for (let at = 0; at < chunk.length; at += piece_bytes) {
        const piece = chunk.subarray(at, at + piece_bytes);
        await this.#turn(piece.length);
        if (to.destroyed) return;
        if (is_down) this.bytes += piece.length;
        to.write(piece);
      }
    }
    to.end();
  }

  /** Waits until the line has carried so many bytes, after those before them. */
  #turn(bytes) {
    const before = this.#last;
    this.#last = before.then(() => {
      const ms = (bytes / this.#bytes_per_s) * 1000;
      return ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : undefined;
    });
    return this.#last;
  }

  async close() {
    clearInterval(this.#cutting);
    const closed = once(this.listener, "close");
    this.listener.close();
    for (const socket of this.#open) socket.destroy();
    await closed;
  }
}

// What lies between the tablet and the server, and misbehaves: sends pushes twice and swallows answers.
import { once } from "node:events";
import { createServer, request } from "node:http";

const push_path = "/api/v1/sync/push";

export class Proxy {
  /** Pushes that arrived, and answers to them that never came back though the server had done its work. */
  pushes = 0;
  swallowed = 0;
  #lines = new Set();

  /** `swallows()`: whether the answer to this push gets lost. */
  static async open(server, swallows) {
    const proxy = new Proxy();
    proxy.port = server.port;
    proxy.swallows = swallows;
    proxy.listener = createServer((asked, answer) => proxy.#pass(asked, answer).catch(() => answer.destroy()));
    proxy.listener.on("connection", (line) => {
      proxy.#lines.add(line);
      line.once("close", () => proxy.#lines.delete(line));
    });
    proxy.listener.listen(0, "127.0.0.1");
    await once(proxy.listener, "listening");
    proxy.origin = `http://127.0.0.1:${proxy.listener.address().port}`;
    return proxy;
  }

  /** Headers go as they came: the server compares origin and host. */
  #ask({ method, url, headers }, body) {
    return new Promise((resolve, reject) => {
      const onward = request({ host: "127.0.0.1", port: this.port, method, path: url, headers, agent: false }, resolve);
      onward.on("error", reject);
      onward.end(body);
    });
  }

  async #pass(asked, answer) {
    const parts = [];
    for await (const part of asked) parts.push(part);
    const body = Buffer.concat(parts);
    const is_push = asked.method === "POST" && asked.url === push_path;
    if (is_push) {
      this.pushes += 1;
      const first = await this.#ask(asked, body);
      for await (const _ of first.resume()); // to its end: the server has committed
    }
    const real = await this.#ask(asked, body);
    if (is_push && this.swallows()) {
      for await (const _ of real.resume());
      this.swallowed += 1;
      answer.destroy();
      return;
    }
    answer.writeHead(real.statusCode, real.headers);
    answer.flushHeaders();
    real.on("error", () => answer.destroy());
    real.on("aborted", () => answer.destroy());
    answer.on("close", () => real.destroy());
    real.pipe(answer);
  }

  async close() {
    const closed = once(this.listener, "close");
    this.listener.close();
    for (const line of this.#lines) line.destroy();
    await closed;
  }
}

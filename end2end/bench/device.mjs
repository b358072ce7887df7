// A device without a browser: signs in, pushes and pulls over HTTP. For load; what it measures is the server.
import { randomBytes } from "node:crypto";
import { Agent, request } from "node:http";
import { password } from "../harness/app.mjs";

const schema = 1;

/** UUIDv7, as a tablet makes them. */
export function new_id() {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const text = bytes.toString("hex");
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}

export class Device {
  #agent;
  #cookie = "";
  id = new_id();
  seq = 0;
  cookie = [];

  /** `agent`: connections shared with other devices. */
  constructor(origin, agent = new Agent({ keepAlive: true, maxSockets: 2 })) {
    this.origin = origin;
    this.#agent = agent;
  }

  /** A device whose session the bench wrote into the database itself, as having come as far as `cookie`. */
  static known(origin, { token, device_id, cookie }, agent) {
    const device = new Device(origin, agent);
    device.id = device_id;
    device.cookie = cookie;
    device.#cookie = `rounds=${token}`;
    return device;
  }

  /** Talks to another server from now on. */
  move_to(origin, agent) {
    this.origin = origin;
    this.#agent = agent;
  }

  static async open(origin, employee_no) {
    const device = new Device(origin);
    await device.#ask("POST", "/api/v1/session", {
      employee_no,
      password,
      device_id: device.id,
      device_name: "bench",
    });
    return device;
  }

  #ask(method, path, body) {
    return new Promise((resolve, reject) => {
      const asked = request(
        this.origin + path,
        {
          method,
          agent: this.#agent,
          headers: { "content-type": "application/json", "x-rounds-client": "1", cookie: this.#cookie },
        },
        (answer) => {
          const set = answer.headers["set-cookie"];
          if (set) this.#cookie = set[0].split(";")[0];
          const parts = [];
          answer.on("data", (part) => parts.push(part));
          answer.on("end", () => {
            const text = Buffer.concat(parts).toString();
            if (answer.statusCode >= 300) reject(new Error(`${method} ${path}: ${answer.statusCode} ${text}`));
            else resolve(text ? JSON.parse(text) : null);
          });
        },
      );
      asked.on("error", reject);
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** Pushes mutations given as [name, args]. */
  push(changes) {
    return this.send(this.batch(changes));
  }

  /** Numbered, and ready to be sent any number of times. */
  batch(changes) {
    const made_at = Date.now();
    const mutations = changes.map(([name, args]) => ({ seq: ++this.seq, id: new_id(), name, args, made_at }));
    return { device_id: this.id, schema, mutations, pending_after: 0 };
  }

  send(batch) {
    return this.#ask("POST", "/api/v1/sync/push", batch);
  }

  async pull() {
    const page = await this.#ask("POST", "/api/v1/sync/pull", {
      device_id: this.id,
      cookie: this.cookie,
      limit: 5000,
      pending: 0,
    });
    const held = new Map(this.cookie.map((entry) => [entry.stream, entry]));
    for (const { stream, cookie } of page.streams) held.set(stream, cookie);
    for (const stream of page.drop) held.delete(stream);
    this.cookie = [...held.values()];
    return page;
  }

  async pull_all() {
    while ((await this.pull()).more);
  }

  /** Listens for pokes without reading them; resolves once the line stands. */
  listen() {
    return new Promise((resolve, reject) => {
      this.line = request(
        `${this.origin}/api/v1/sync/pokes`,
        { headers: { accept: "text/event-stream", cookie: this.#cookie }, agent: new Agent() },
        (answer) => {
          answer.resume();
          resolve();
        },
      );
      this.line.on("error", reject);
      this.line.end();
    });
  }

  close() {
    this.line?.destroy();
    this.#agent.destroy();
  }
}

export const note = (customer_id, text) => ["add_note", { note_id: new_id(), customer_id, text }];

// Many devices at once, without browsers, over loopback. Server, database and all the devices share one machine: the
// figures are a floor, and what matters besides them is that nothing is lost and nothing comes twice.
import assert from "node:assert/strict";
import { Agent } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { database_bytes, held_of_load } from "./book.mjs";
import { Device, note } from "./device.mjs";
import { percentile } from "./figures.mjs";
import { Server } from "../harness/server.mjs";

/** The devices share so many connections, as behind a proxy; each has one request under way. */
const connections = 256;
const edits = 20;
const retry_ms = 250;
/** A device that was turned away so often has found a server that does not work. */
const tries_max = 200;

/** Sends until it is answered, as tablets do; tells how long the answered try took, and how often it was turned away. */
async function until_answered(send) {
  for (let turned_away = 0; ; turned_away += 1) {
    const began = performance.now();
    try {
      const answer = await send();
      return { answer, took: performance.now() - began, turned_away };
    } catch (error) {
      if (turned_away >= tries_max) throw error;
      await pause(retry_ms * (1 + Math.random()));
    }
  }
}

function notes(beginning, device_number, customers, count) {
  return Array.from({ length: count }, (_, n) => note(customers[n % customers.length], `${beginning} ${device_number} ${n}`));
}

/** All devices come back on Monday morning, each with what was written over the weekend, push it and pull. */
export async function reconnect(server, sessions, figures) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const devices = sessions.map((session) => Device.known(server.origin, session, agent));
  const batches = devices.map((device, n) => device.batch(notes("周一", n, sessions[n].customers, edits)));
  const bytes_before = await database_bytes(server);
  const times = [];
  let turned_away = 0;
  const began = performance.now();
  let acknowledged_ms = 0;
  let next = 0;
  const line = async () => {
    while (next < devices.length) {
      const number = next++;
      const pushed = await until_answered(() => devices[number].send(batches[number]));
      assert.equal(pushed.answer.last_seq, edits);
      assert.ok(pushed.answer.results.every(({ refused }) => !refused));
      times.push(pushed.took);
      acknowledged_ms = performance.now() - began;
      const pulled = await until_answered(() => devices[number].pull());
      assert.equal(pulled.answer.last_seq, edits);
      turned_away += pushed.turned_away + pulled.turned_away;
    }
  };
  await Promise.all(Array.from({ length: connections }, line));
  const all_ms = performance.now() - began;
  agent.destroy();
  const sent = devices.length * edits;
  assert.deepEqual(await held_of_load(server, "周一"), { notes: sent, different: sent, refused: 0 });
  const name = `${devices.length.toLocaleString("en")} devices back with ${edits} edits each`;
  figures.add(`${name}: all acknowledged`, acknowledged_ms / 1000, "s");
  figures.add("the same: and what is new pulled", all_ms / 1000, "s");
  figures.add("the same: mutations acknowledged", sent / (acknowledged_ms / 1000), "/s");
  figures.add(`the same: one push, ${connections} under way, p50`, percentile(times, 0.5), "ms");
  figures.add(`the same: one push, ${connections} under way, p99`, percentile(times, 0.99), "ms");
  figures.add("the same: requests turned away and sent again", turned_away, "");
  figures.add("the same: edits lost or twice", 0, "");
  figures.add("the same: the database has grown, per edit", (await database_bytes(server) - bytes_before) / sent, "B");
}

/** Every device pushes batch after batch, to the servers in turn. */
async function pushed_per_second(beginning, origins, sessions) {
  const rounds = 10;
  const agents = origins.map(() => new Agent({ keepAlive: true, maxSockets: connections / origins.length }));
  const began = performance.now();
  await Promise.all(
    sessions.map(async (session, n) => {
      const device = Device.known(origins[0], session, agents[0]);
      device.seq = session.seq ?? edits;
      for (let round = 0; round < rounds; round += 1) {
        const batch = device.batch(notes(`${beginning} ${round}`, n, session.customers, edits));
        const at = (n + round) % origins.length;
        device.move_to(origins[at], agents[at]);
        await until_answered(() => device.send(batch));
      }
      session.seq = device.seq;
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  for (const agent of agents) agent.destroy();
  return (sessions.length * rounds * edits) / seconds;
}

/** One server process, then two on the same database with every device going from one to the other and back. */
export async function side_by_side(server, sessions, figures) {
  const alone = await pushed_per_second("一台", [server.origin], sessions);
  const second = await Server.start({ beside: server, arguments: [] });
  try {
    const both = await pushed_per_second("两台", [server.origin, second.origin], sessions);
    figures.add(`mutations from ${sessions.length} devices, one server process`, alone, "/s");
    figures.add("the same, two processes side by side, devices moving between them", both, "/s");
    for (const beginning of ["一台", "两台"]) {
      const { notes, different, refused } = await held_of_load(server, beginning);
      assert.deepEqual([notes, different, refused], [sessions.length * 200, sessions.length * 200, 0]);
    }
  } finally {
    await second.remove();
  }
}

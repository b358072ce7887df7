// A disk of a few megabytes under one folder, seen by nobody but who is started through it. It lasts as long as this
// object, so that a browser killed on it finds everything again.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";

const as_root = process.getuid() === 0;
const filler = "filler";

export class SmallDisk {
  static async under(folder, megabytes) {
    const disk = new SmallDisk();
    // Ends by itself with its standard input, whatever becomes of us.
    const script = `mount -t tmpfs -o size=${megabytes}m tmpfs "$0" && echo mounted && exec cat`;
    const own = as_root ? ["--mount"] : ["--mount", "--map-root-user"];
    disk.keeper = spawn("unshare", [...own, "sh", "-c", script, folder], { stdio: ["pipe", "pipe", "inherit"] });
    const mounted = await Promise.race([once(disk.keeper.stdout, "data"), once(disk.keeper, "exit").then(() => undefined)]);
    if (mounted === undefined) throw new Error("a small disk needs a mount namespace of its own (unshare --mount)");
    disk.folder = `/proc/${disk.keeper.pid}/root${folder}`;
    disk.launcher = `${folder}.sh`;
    return disk;
  }

  /** A program that starts `program` on this disk, with the same arguments. */
  async starting(program) {
    const into = as_root ? "" : "--user --preserve-credentials";
    await writeFile(this.launcher, `#!/bin/sh\nexec nsenter --target ${this.keeper.pid} --mount ${into} ${program} "$@"\n`);
    await chmod(this.launcher, 0o755);
    return this.launcher;
  }

  /** Leaves so many bytes. */
  async fill(left_bytes = 0) {
    const { bavail, bsize } = await statfs(this.folder);
    const bytes = Math.max(0, bavail * bsize - left_bytes);
    await writeFile(join(this.folder, filler), Buffer.alloc(bytes)).catch((error) => {
      if (error.code !== "ENOSPC") throw error;
    });
  }

  async make_room() {
    await rm(join(this.folder, filler), { force: true });
  }

  async remove() {
    const ended = once(this.keeper, "exit");
    this.keeper.stdin.end();
    await ended;
    await rm(this.launcher, { force: true });
  }
}

// Only in a dev build, after the boot script: shows a new build as soon as it is served.
//
// An installed app is offered a new version and never forced; whoever is changing it wants it at once. So the old
// shell is thrown away with its service worker. What the tablet holds stays.
{
  const look_ms = 1000;
  let seen;
  const look = async () => {
    const answer = await fetch("/service-worker.js", { cache: "no-store" });
    const build = answer.ok ? await answer.text() : seen; // it names every file of the build
    seen ??= build;
    if (build === seen) return;
    for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
    for (const name of await caches.keys()) await caches.delete(name);
    location.reload();
  };
  setInterval(() => look().catch(() => {}), look_ms); // the server is being started again
}

// Dragging as a person does it: by mouse, or by a finger on the glass. Both take a handle to a place.
const steps = 12;
const frame_ms = 16;

async function middle(locator) {
  await locator.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await locator.boundingBox();
  return { x: x + width / 2, y: y + height / 2 };
}

const between = (from, to, step) => ({
  x: from.x + ((to.x - from.x) * step) / steps,
  y: from.y + ((to.y - from.y) * step) / steps,
});

export async function by_mouse(page, handle, place) {
  const to = await middle(place);
  const from = await middle(handle);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps });
  await page.mouse.up();
}

/** Touch events through the browser's own input: what scrolls under a finger scrolls here too. */
export async function by_finger(page, handle, place) {
  const to = await middle(place);
  const from = await middle(handle);
  const touch = await page.context().newCDPSession(page);
  const send = (type, touchPoints) => touch.send("Input.dispatchTouchEvent", { type, touchPoints });
  await send("touchStart", [from]);
  for (let step = 1; step <= steps; step += 1) {
    await send("touchMove", [between(from, to, step)]);
    await page.waitForTimeout(frame_ms);
  }
  await send("touchEnd", []);
  await touch.detach();
}

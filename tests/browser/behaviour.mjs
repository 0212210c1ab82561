// How a page behaves: what it loads and runs, what the Tab key reaches, and what does not fit.

import { open } from "./views.mjs";

/** Requests, scripts and complaints while the page loads; nothing of ours is run in it. */
export async function loading(browser, url) {
  const page = await browser.newPage();
  const session = await page.createCDPSession();
  const found = { requests: [], scripts: [], messages: [] };
  session.on("Network.requestWillBeSent", ({ request }) => found.requests.push(request.url));
  session.on("Debugger.scriptParsed", ({ url: from }) => {
    if (!from.startsWith("pptr:")) found.scripts.push(from); // puppeteer's own, which the page cannot reach
  });
  session.on("Log.entryAdded", ({ entry }) => found.messages.push(entry.text));
  session.on("Runtime.consoleAPICalled", ({ args }) => found.messages.push(args.map(String).join(" ")));
  for (const domain of ["Network", "Debugger", "Log", "Runtime"]) await session.send(`${domain}.enable`);
  await session.send("Page.enable");
  const loaded = new Promise((resolve) => session.once("Page.loadEventFired", resolve));
  await session.send("Page.navigate", { url });
  await loaded;
  await new Promise((resolve) => setTimeout(resolve, 300)); // what a page would do after it has loaded
  return found;
}

/** What Tab should reach, in the document's order; what it reached; and what was reached without showing it. */
export async function keyboard(browser, url) {
  const page = await open(browser, url, "light", { unfolded: false });
  await page.evaluate(unfoldHalf);
  const expected = await page.evaluate(number);
  const reached = [];
  const unseen = [];
  for (let press = 0; press < expected.length; press += 1) {
    await page.keyboard.press("Tab");
    const { name, isShown } = await page.evaluate(focused);
    reached.push(name);
    if (!isShown) unseen.push(name);
  }
  return { expected, reached, unseen };
}

/** Elements that reach beyond the window or are cut off, at 320 px. */
export async function fit(browser, url) {
  const page = await open(browser, url, "narrow");
  return page.evaluate(tooWide);
}

/** The same in a window of ordinary width, for a reader who has set a text size in the browser. */
export async function fitLarge(browser, url) {
  const page = await open(browser, url, "light");
  return page.evaluate(tooWide);
}

function unfoldHalf() {
  document.querySelectorAll("details").forEach((details, place) => (details.open = place % 2 === 0));
}

function number() {
  const all = [...document.querySelectorAll("a[href], summary, button, input, select, textarea, [tabindex]")];
  const shown = all.filter((each) => each.checkVisibility({ visibilityProperty: true }));
  shown.forEach((each, place) => (each.dataset.place = `${place} ${each.textContent.trim().slice(0, 60)}`));
  return shown.map((each) => each.dataset.place);
}

function focused() {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const isOutlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const isInView = box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight;
  return { name: element.dataset.place ?? element.tagName, isShown: isOutlined && isInView };
}

function tooWide() {
  const { scrollWidth, clientWidth } = document.documentElement;
  // What is there for screen readers only takes no room; what is drawn in an SVG is cut to its frame.
  const isClipped = (each) => getComputedStyle(each).clipPath !== "none";
  const clipped = [...document.body.querySelectorAll("*")].filter(isClipped);
  const takesRoom = (each) => !each.ownerSVGElement && !clipped.some((hidden) => hidden.contains(each));
  const name = (each) => `${each.tagName.toLowerCase()}.${each.className}: ${each.textContent.trim().slice(0, 60)}`;
  const all = [...document.body.querySelectorAll("*")].filter(takesRoom);
  const isBeyond = (each) => each.getBoundingClientRect().right > clientWidth + 1;
  const beyond = all.filter((each) => isBeyond(each) && ![...each.children].some(isBeyond));
  const isCut = (each) => getComputedStyle(each).overflowX !== "visible" && each.scrollWidth > each.clientWidth + 1;
  const cut = all.filter(isCut);
  const { fontSize } = getComputedStyle(document.body);
  return { fontSize, scrollWidth, clientWidth, beyond: beyond.map(name), cut: cut.map(name) };
}

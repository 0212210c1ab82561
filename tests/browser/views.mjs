// The four ways in which a report is met, and a headless Chromium that shows it in one of them.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import puppeteer from "puppeteer";

// Each view says by which question to the page it is known to be in force.
export const VIEWS = {
  light: { media: "screen", scheme: "light", width: 1280, proof: "(prefers-color-scheme: light)" },
  dark: { media: "screen", scheme: "dark", width: 1280, proof: "(prefers-color-scheme: dark)" },
  print: { media: "print", scheme: "light", width: 794, proof: "print" },
  narrow: { media: "screen", scheme: "light", width: 320, proof: "(width: 320px)" },
};

// A container may give shared memory too little room; a page that asked for another host would not be answered.
const QUIET = ["--no-first-run", "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND"];

/** Call `use` with a browser whose profile lies in a folder of its own and is gone afterwards.
 *
 * @param {(browser: import("puppeteer").Browser) => Promise<any>} use
 * @param {number} fontSize the size of text that the reader has set in the browser, in CSS pixels
 */
export async function withBrowser(use, fontSize = 16) {
  const profile = mkdtempSync(join(tmpdir(), "hygiene-browser-"));
  mkdirSync(join(profile, "Default"));
  const preferences = { webkit: { webprefs: { default_font_size: fontSize } } };
  writeFileSync(join(profile, "Default", "Preferences"), JSON.stringify(preferences));
  // Chromium's sandbox refuses to start as root, which is what a CI machine's container is.
  const args = process.getuid() === 0 ? [...QUIET, "--no-sandbox"] : QUIET;
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM,
    userDataDir: profile,
    args,
  });
  try {
    return await use(browser);
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Show an address in a view, with every folded part open or as it comes.
 *
 * Media and colour scheme are set in one DevTools command: puppeteer's own two methods undo each other.
 */
export async function open(browser, url, view, { unfolded = true } = {}) {
  const { media, scheme, width, proof } = VIEWS[view];
  const page = await browser.newPage();
  await page.setBypassCSP(true); // else the page's own policy refuses the measuring script
  await page.setViewport({ width, height: 900 });
  const session = await page.createCDPSession();
  const features = [
    { name: "prefers-color-scheme", value: scheme },
    { name: "prefers-reduced-motion", value: "reduce" }, // what Tab reaches is looked at without waiting
  ];
  await session.send("Emulation.setEmulatedMedia", { media, features });
  await page.goto(url);
  const inForce = await page.evaluate((query) => matchMedia(query).matches, proof);
  if (!inForce) throw new Error(`the view ${view} is not in force`);
  if (unfolded) await page.evaluate(unfold);
  return page;
}

function unfold() {
  for (const details of document.querySelectorAll("details")) details.open = true;
}

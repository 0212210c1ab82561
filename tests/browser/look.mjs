// `node look.mjs WHAT URL`: one look at a page in Debian's Chromium ($CHROMIUM); what it found, as JSON.

import { axe, pa11y } from "./accessibility.mjs";
import { fit, fitLarge, keyboard, loading } from "./behaviour.mjs";
import { withBrowser } from "./views.mjs";

const LARGE = 32; // 200 % of the size of text with which browsers come

const LOOKS = {
  axe: { look: axe },
  pa11y: { look: pa11y },
  loading: { look: loading },
  keyboard: { look: keyboard },
  fit: { look: fit },
  "fit-large": { look: fitLarge, fontSize: LARGE },
};

const [what, url] = process.argv.slice(2);
const { look, fontSize } = LOOKS[what];
console.log(JSON.stringify(await withBrowser((browser) => look(browser, url), fontSize)));

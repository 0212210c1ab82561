// What axe-core and pa11y say of a page in every view: {view: ["rule: where", …]}, nothing where all is well.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import pa11yOf from "pa11y";

import { open, VIEWS } from "./views.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** axe-core's rules for WCAG A and AA up to 2.2, best practices, and the size of targets. */
export function axe(browser, url) {
  return inEveryView(async (view) => {
    const page = await open(browser, url, view);
    await page.evaluate(AXE);
    const result = await page.evaluate(judge);
    return result.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
    );
  });
}

/** pa11y's two runners, HTML CodeSniffer and axe, by WCAG 2 AA. */
export function pa11y(browser, url) {
  return inEveryView(async (view) => {
    const page = await open(browser, url, view);
    const { issues } = await pa11yOf(page.url(), {
      browser,
      page,
      ignoreUrl: true, // the page stands there in its view
      viewport: page.viewport(),
      standard: "WCAG2AA",
      runners: ["axe", "htmlcs"],
    });
    return issues.filter(isSettled).map(({ code, selector, message }) => `${code}: ${selector}: ${message}`);
  });
}

// Where text stands on a drawing axe cannot see the ground and asks for a person's judgement, which pa11y takes for
// an error. The palette's contrast is worked out in tests/unit/reporting/test_contrast.py.
function isSettled({ code, runnerExtras }) {
  return !(code === "color-contrast" && runnerExtras.needsFurtherReview);
}

async function inEveryView(look) {
  const found = {};
  for (const view of Object.keys(VIEWS)) found[view] = await look(view);
  return found;
}

/* global axe */
function judge() {
  const past = ["wcag2aaa", "experimental", "deprecated"];
  const rules = window.axe.getRules().filter(({ tags }) => !tags.some((tag) => past.includes(tag)));
  return window.axe.run({
    runOnly: { type: "rule", values: rules.map(({ ruleId }) => ruleId) },
    resultTypes: ["violations"],
  });
}

// Opens each page as people do, and fails with all that is wrong. Called by page.sh: `node page.cjs PAGES PDFS`.
"use strict";

const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core/axe.min.js");
const { mkdirSync, readdirSync, readFileSync } = require("node:fs");
const { availableParallelism } = require("node:os");
const { basename, join, resolve } = require("node:path");

const [pages, pdfs] = process.argv.slice(2).map((path) => resolve(path));
const wrong = [];
const AXE = readFileSync(axe, "utf8");
// WCAG 2.2, level AA, and what came before.
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };

// What someone reads of the content, without what only a script needs.
const read = () => {
  const content = document.querySelector("main").cloneNode(true);
  content.querySelectorAll(".tool, [role=status]").forEach((tool) => tool.remove());
  return content.textContent.replace(/\s+/g, " ").trim();
};

async function open(browser, file, options, name) {
  // The policy shall hold for the page, and not keep axe-core out; what it holds is seen apart.
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const say = (text) => wrong.push(`${name}: ${text}`);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) say(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => say(`script: ${error.message}`));
  page.on("dialog", (dialog) => {
    say(`a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    const url = request.url();
    if (url !== `file://${file}` && !url.startsWith("data:")) say(`loads ${url}`);
  });
  await page.goto(`file://${file}`);
  return page;
}

async function accessible(page, say) {
  await page.evaluate(AXE);
  const found = await page.evaluate((tags) => axe.run(document, { runOnly: tags, resultTypes: ["violations"] }), TAGS);
  for (const violation of found.violations) {
    const where = violation.nodes.slice(0, 3).map((node) => node.target.join(" "));
    say(`axe: ${violation.id} (${violation.nodes.length}): ${violation.help}: ${where.join("; ")}`);
  }
  return found.violations.length;
}

async function fits(page, say) {
  const wide = await page.evaluate(() => {
    const all = [...document.querySelectorAll("body *")].filter((element) => element.checkVisibility());
    const out = all.filter((element) => !element.closest(".skip") && element.getBoundingClientRect().right > innerWidth + 0.5);
    const scrolls = document.documentElement.scrollWidth > innerWidth;
    return out.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)).concat(scrolls ? ["the page scrolls"] : []);
  });
  wide.forEach((element) => say(`overflows: ${element}`));
}

async function links(page, say) {
  const dead = await page.evaluate(() => {
    const lands = (link) => {
      const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      return target && target.checkVisibility();
    };
    const all = [...document.querySelectorAll("a")];
    const inner = all.filter((link) => link.getAttribute("href").startsWith("#"));
    const outer = all.filter((link) => !inner.includes(link) && !["https:", "http:", "file:"].includes(link.protocol));
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    return {
      dead: inner.filter((link) => !lands(link)).map((link) => link.hash),
      outer: outer.map((link) => link.href),
      twice: ids.filter((id, at) => ids.indexOf(id) !== at),
      inner: inner.length,
    };
  });
  dead.dead.forEach((hash) => say(`leads nowhere: ${hash}`));
  dead.outer.forEach((href) => say(`leads to ${href}`));
  dead.twice.forEach((id) => say(`there are two of the id ${id}`));
  if (dead.inner < 3) say("there are hardly any links");
}

// Sorts by the second column that has differing cells, up and down, and filters by a word of the last row.
async function works(page, say) {
  const seen = await page.evaluate(() => {
    const problems = [];
    let sorted = 0;
    let filtered = 0;
    const collator = new Intl.Collator("en", { numeric: true });
    for (const table of document.querySelectorAll("table")) {
      const rows = () => [...table.tBodies[0].rows];
      if (rows().length < 2) continue;
      const buttons = [...table.tHead.querySelectorAll("button")];
      if (!buttons.length) problems.push("a table of several rows cannot be sorted");
      for (const button of buttons.slice(0, 3)) {
        const at = button.closest("th").cellIndex;
        const cells = () => rows().map((row) => row.cells[at].dataset.k || row.cells[at].textContent).filter(Boolean);
        const before = cells().length;
        button.click();
        const up = cells();
        if (up.some((text, at) => at && collator.compare(up[at - 1], text) > 0)) problems.push(`not sorted: ${button.textContent}`);
        if (button.closest("th").getAttribute("aria-sort") !== "ascending") problems.push("how it is sorted is not told");
        button.click();
        const down = cells();
        if (down.some((text, at) => at && collator.compare(down[at - 1], text) < 0)) problems.push(`not turned: ${button.textContent}`);
        if (down.length !== before || table.querySelectorAll("[aria-sort]").length !== 1) problems.push("sorting loses something");
        sorted += 1;
      }
      const input = table.previousElementSibling?.previousElementSibling?.querySelector?.("input");
      if (!input) continue;
      const all = rows();
      const word = all[all.length - 1].cells[0].textContent.toLowerCase().split(/\s+/)[0];
      input.value = word.toUpperCase();
      input.dispatchEvent(new Event("input"));
      const shown = rows().filter((row) => row.checkVisibility());
      const expected = all.filter((row) => row.textContent.toLowerCase().includes(word));
      if (!shown.length || shown.length !== expected.length || shown.some((row) => !expected.includes(row))) {
        problems.push(`filtering by ${word} shows ${shown.length} of ${expected.length} rows`);
      }
      const said = table.previousElementSibling.textContent;
      if (!said.includes(`${shown.length} of ${all.length}`)) problems.push(`it is said: ${said}`);
      input.value = "";
      input.dispatchEvent(new Event("input"));
      if (rows().some((row) => !row.checkVisibility())) problems.push("an empty filter hides rows");
      filtered += 1;
    }
    return { problems, sorted, filtered };
  });
  seen.problems.forEach(say);
  return seen;
}

// The policy is in force: a script that is not the page's own is not run.
async function guarded(page, say) {
  const blocked = await page.evaluate(
    () =>
      new Promise((done) => {
        addEventListener("securitypolicyviolation", (event) => done(event.violatedDirective), { once: true });
        const script = document.createElement("script");
        script.textContent = "document.title = 'owned'";
        document.head.append(script);
        setTimeout(() => done(""), 1000);
      }),
  );
  if (!blocked.startsWith("script-src")) say(`another script is not kept out: ${blocked}`);
  if ((await page.title()) === "owned") say("another script ran");
}

async function look(browser, file) {
  const name = basename(file, ".html");
  const say = (text) => wrong.push(`${name}: ${text}`);
  const plain = await open(browser, file, { viewport: DESK, javaScriptEnabled: false }, name);
  const text = await plain.textContent("main");
  await plain.context().close();

  const desk = await open(browser, file, { viewport: DESK, colorScheme: "light" }, name);
  const own = await desk.evaluate(read);
  if (own !== text.replace(/\s+/g, " ").trim()) say("without script it reads otherwise");
  if (own.length < 1000) say("there is hardly anything to read");
  if ((await desk.title()) === "owned") say("a name was run");
  await fits(desk, say);
  await links(desk, say);
  await desk.emulateMedia({ media: "print" });
  await desk.pdf({ path: join(pdfs, `${name}.pdf`), preferCSSPageSize: true });
  const cut = await desk.evaluate(() =>
    [...document.querySelectorAll("tr")].filter((row) => getComputedStyle(row).breakInside !== "avoid").length,
  );
  if (cut) say(`${cut} rows may be cut at the end of a page`);
  await desk.emulateMedia({ media: "screen" });
  await accessible(desk, say);
  const { sorted, filtered } = await works(desk, say);
  await desk.context().close();

  const dark = await open(browser, file, { viewport: DESK, colorScheme: "dark" }, `${name}, dark`);
  const back = await dark.evaluate(() => getComputedStyle(document.body).backgroundColor);
  if (back !== "rgb(20, 23, 28)") say(`in the dark it is ${back}`);
  await accessible(dark, (text) => say(`dark: ${text}`));
  await dark.context().close();

  const phone = await open(browser, file, { viewport: PHONE, hasTouch: true, isMobile: true }, `${name}, phone`);
  await fits(phone, (text) => say(`phone: ${text}`));
  await links(phone, (text) => say(`phone: ${text}`));
  await accessible(phone, (text) => say(`phone: ${text}`));
  await phone.context().close();
  return { sorted, filtered };
}

async function main() {
  mkdirSync(pdfs, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    // Root, as in containers, has no sandbox; what is opened here is our own.
    args: process.getuid() === 0 ? ["--no-sandbox"] : [],
  });
  const files = readdirSync(pages).filter((file) => file.endsWith(".html"));
  const sums = { sorted: 0, filtered: 0 };
  // As many pages at once as there are processors; each has windows of its own.
  const left = [...files];
  const looks = async () => {
    for (let file = left.shift(); file; file = left.shift()) {
      const seen = await look(browser, join(pages, file));
      sums.sorted += seen.sorted;
      sums.filtered += seen.filtered;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, looks));
  if (sums.sorted < 50 || sums.filtered < 20) wrong.push(`only ${JSON.stringify(sums)} was tried`);

  const first = await open(browser, join(pages, files[0]), { viewport: DESK }, "policy");
  const quiet = wrong.length;
  await guarded(first, (text) => wrong.push(text));
  // That the browser tells of what it keeps out is as it should be.
  wrong.splice(quiet, wrong.length, ...wrong.slice(quiet).filter((text) => !text.startsWith("policy: console:")));
  // A look that finds nothing anywhere would prove nothing.
  await first.evaluate(() => {
    const bad = document.createElement("img");
    bad.width = 3000;
    document.querySelector("main").append(bad);
    const link = document.createElement("a");
    link.href = "#nowhere";
    document.querySelector("main").append(link);
  });
  const found = [];
  await fits(first, (text) => found.push(text));
  await links(first, (text) => found.push(text));
  await accessible(first, (text) => found.push(text));
  for (const kind of ["overflows", "leads nowhere: #nowhere", "axe: image-alt"]) {
    if (!found.some((text) => text.startsWith(kind))) wrong.push(`what is wrong on purpose is not seen: ${kind}`);
  }
  await browser.close();
  if (wrong.length) {
    console.error(wrong.join("\n"));
    process.exit(1);
  }
  console.log(`${files.length} pages, ${sums.sorted} columns sorted, ${sums.filtered} tables filtered`);
}

main();

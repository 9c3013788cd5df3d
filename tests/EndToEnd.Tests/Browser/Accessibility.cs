namespace Sekisho.EndToEnd.Tests.Browser;

/// <summary>What a machine can say about a page's accessibility: language, title, headings, landmarks, labels, tables, unique ids, contrast.</summary>
internal static class Accessibility
{
    public const string Script = """
        () => {
          const faults = [];
          const all = selector => [...document.querySelectorAll(selector)];
          const shown = element => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
          const where = element => element.outerHTML.slice(0, 120);
          if (!["ja", "en", "zh-Hans", "ko"].includes(document.documentElement.lang)) faults.push("lang");
          if (!document.title.startsWith("【")) faults.push("title without classification: " + document.title);
          if (all("h1").length !== 1) faults.push("h1: " + all("h1").length);
          for (const landmark of ["header", "main", "footer"]) {
            if (all("body > " + landmark).length !== 1) faults.push("landmark " + landmark);
          }
          if (!document.querySelector(".skip-link[href='#main']")) faults.push("skip link");
          if (!document.querySelector(".classification")) faults.push("classification banner");
          let level = 0;
          for (const heading of all("h1, h2, h3, h4").filter(shown)) {
            const own = Number(heading.tagName[1]);
            if (own > level + 1) faults.push("heading skips a level: " + where(heading));
            level = own;
          }
          for (const input of all("input, select, textarea").filter(i => i.type !== "hidden")) {
            if (!input.labels?.length) faults.push("no label: " + where(input));
          }
          for (const act of all("a, button").filter(shown)) {
            if (!act.textContent.trim() && !act.getAttribute("aria-label")) faults.push("no name: " + where(act));
          }
          for (const table of all("table")) {
            if (!table.caption) faults.push("no caption: " + where(table));
            if ([...table.querySelectorAll("th")].some(h => !h.scope)) faults.push("header without scope: " + where(table));
          }
          for (const image of all("img")) {
            if (!image.hasAttribute("alt")) faults.push("no alt: " + where(image));
          }
          for (const chart of all("svg:not([aria-hidden=true])")) {
            const label = chart.getAttribute("aria-label");
            const said = label ? [label.trim()] : (chart.getAttribute("aria-labelledby") ?? "").split(" ").map(id => id && document.getElementById(id)?.textContent.trim());
            if (chart.getAttribute("role") !== "img" || !said.length || said.some(text => !text)) faults.push("chart without text: " + where(chart));
          }
          const ids = all("[id]").map(e => e.id);
          for (const id of new Set(ids.filter((value, i) => ids.indexOf(value) !== i))) faults.push("id twice: " + id);
          if (all("[style], style, script:not([src])").length) faults.push("inline style or script");

          const parse = colour => (colour.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const ground = element => {
            for (let e = element; e; e = e.parentElement) {
              const colour = parse(getComputedStyle(e).backgroundColor);
              if (colour.length === 3 || colour[3] > 0) return colour;
            }
            return [255, 255, 255];
          };
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const element = texts.currentNode.parentElement;
            if (!texts.currentNode.data.trim() || !shown(element) || element.closest("[aria-hidden=true], .visually-hidden, .skip-link")) continue;
            const [a, b] = [light(parse(getComputedStyle(element).color)), light(ground(element))].sort((x, y) => y - x);
            if ((a + 0.05) / (b + 0.05) < 4.5) faults.push("contrast " + ((a + 0.05) / (b + 0.05)).toFixed(2) + ": " + where(element));
          }
          return [...new Set(faults)];
        }
        """;
}

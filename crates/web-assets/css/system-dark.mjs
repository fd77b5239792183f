// "Follow the system" without a script: the pages of a person who chose nothing carry no data-theme, so the dark rules
// are repeated for them inside a media query. Screen only: a printed page stays black on white.
const chosen = '[data-theme="dark"]';
const unchosen = ":root:not([data-theme])";

/** Every top-level rule of a style sheet as { selector, body }; comments must be gone, media blocks are one rule. */
function topLevelRules(css) {
  const rules = [];
  let depth = 0;
  let start = 0;
  let open = 0;
  for (let at = 0; at < css.length; at += 1) {
    if (css[at] === "{" && depth++ === 0) open = at;
    if (css[at] === "}" && --depth === 0) {
      rules.push({ selector: css.slice(start, open).trim(), body: css.slice(open, at + 1) });
      start = at + 1;
    }
  }
  return rules;
}

export function repeatForSystemDark(css) {
  const rules = topLevelRules(css.replace(/\/\*[\s\S]*?\*\//g, ""));
  const dark = rules.filter(({ selector }) => !selector.startsWith("@") && selector.includes(chosen));
  if (dark.length === 0) throw new Error(`no rule for ${chosen} in the style sheets`);
  const copies = dark.map(({ selector, body }) => selector.replaceAll(chosen, unchosen) + body).join("\n");
  return `${css}\n@media screen and (prefers-color-scheme: dark) {\n${copies}\n}\n`;
}

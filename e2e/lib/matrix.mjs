// The looks a page must survive. `everyLook` is for the ten main pages, `plainLook` for all others.
export const widths = { phone: { width: 390, height: 844 }, small: { width: 1366, height: 768 }, desk: { width: 1440, height: 900 }, narrow: { width: 320, height: 700 } };

export const plainLook = { name: "zh", language: "zh-CN", theme: "light", size: "normal", viewport: widths.small };

/** Looks of a face: `console` at desk widths and one-handed, the phone faces at phone widths. */
export function everyLook(face) {
  const own = face === "console" ? [widths.small, widths.desk, widths.phone] : [widths.phone, widths.narrow];
  const base = { ...plainLook, viewport: own[0] };
  return [
    base,
    ...own.slice(1).map((viewport) => ({ ...base, name: `zh-${viewport.width}`, viewport })),
    { ...base, name: "dark", theme: "dark" },
    { ...base, name: "system-dark", theme: "auto", colorScheme: "dark" },
    { ...base, name: "xl", size: "xl" },
    { ...base, name: "en", language: "en" },
  ];
}

/** Context options of a look for `openPage`. */
export const contextOf = ({ viewport, language, colorScheme = "light" }) => ({ viewport, locale: language, colorScheme });

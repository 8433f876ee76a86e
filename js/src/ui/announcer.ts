/** The one polite live region of the page, for those who do not see what changed. */
let region: HTMLElement | undefined;

/**
 * Put the live region into the page. Before there is anything to say, or a screen reader would miss
 * the first message; each component does it when it appears.
 */
export function prepareAnnouncer(): void {
  liveRegion();
}

/** Move it to where it is read. */
export function placeAnnouncer(parent: HTMLElement): void {
  parent.append(liveRegion());
}

/** Have a screen reader say something. */
export function announce(text: string): void {
  const live = liveRegion();
  // The same words twice are no change, and would not be read again.
  live.textContent = live.textContent === text ? `${text}\u00a0` : text;
}

function liveRegion(): HTMLElement {
  if (region?.isConnected) return region;
  region = document.createElement("div");
  region.setAttribute("role", "status");
  region.setAttribute("aria-live", "polite");
  region.className = "spa-visually-hidden";
  document.body.append(region);
  return region;
}

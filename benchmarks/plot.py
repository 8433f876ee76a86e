"""The picture: what the own view costs with everybody, as an SVG that reads in light and dark."""

import math
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from .contenders import STORES, by_name

WIDTH, LEFT, RIGHT = 880, 310, 88
ROW, BAR, TOP, GAP, BOTTOM = 25, 13, 106, 66, 74
SCENARIO = "me"
# It paints its own ground: a page may be dark where the browser prefers light.
STYLE = """
  svg { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif }
  .ground { fill: #ffffff } .text { fill: #1f2328 } .soft { fill: #59636e }
  .title { font-size: 19px; font-weight: 600 } .store { font-size: 15px; font-weight: 600 }
  .small { font-size: 12px } .ours-text { font-weight: 600 }
  .ours { fill: #0969da } .peer { fill: #8c959f } .floor { fill: #ffffff; opacity: .55 }
  .grid { stroke: #d1d9e0 } .one { stroke: #1f2328; stroke-dasharray: 3 3 }
  .whisker { stroke: #1f2328; stroke-width: 1.4; fill: none }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117 } .text { fill: #f0f6fc } .soft { fill: #9198a1 }
    .ours { fill: #4493f8 } .peer { fill: #656c76 } .floor { fill: #0d1117; opacity: .5 }
    .grid { stroke: #2a313c } .one { stroke: #f0f6fc } .whisker { stroke: #f0f6fc }
  }
"""


def plot(stores: Mapping[str, Any]) -> str:
    """Return the SVG: a panel per store, the cheapest first."""
    panels = [(store, _rows(stores[store])) for store in STORES if store in stores]
    # A whisker of a noisy run may leave the picture; a bar may not.
    greatest = max(row["median"] for _, rows in panels for row in rows)
    scale = _Scale(math.ceil(greatest * 2 + 0.5) / 2)
    body: list[str] = []
    y = TOP
    for store, rows in panels:
        body += _panel(stores[store]["database"], rows, scale=scale, top=y)
        y += len(rows) * ROW + GAP
    height = y - GAP + BOTTOM
    return "\n".join([*_frame(height), *body, *_legend(height), "</svg>"]) + "\n"


class _Scale:
    """From ratios to pixels."""

    def __init__(self, greatest: float) -> None:
        self.greatest = greatest

    def x(self, ratio: float) -> float:
        """Return where a ratio is; what is greater than the scale is at its end."""
        share = min(ratio / self.greatest, 1)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def ticks(self) -> Sequence[float]:
        """Return the ratios that have a line."""
        step = 0.5 if self.greatest <= 6 else 1.0
        return [step * number for number in range(int(self.greatest / step) + 1)]


def _rows(results: Mapping[str, Any]) -> Sequence[dict[str, Any]]:
    figures = results["figures"][SCENARIO]
    rows = [
        {
            "name": name,
            "label": by_name(name).label,
            "floor": figures[by_name(name).floor]["to_stock"]["median"],
            **found["to_stock"],
        }
        for name, found in figures.items()
    ]
    return sorted(rows, key=lambda row: float(row["median"]))


def _frame(height: int) -> Sequence[str]:
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title">',
        '<title id="title">Time of one authenticated request, relative to Django</title>',
        f"<style>{STYLE}</style>",
        f'<rect class="ground" width="{WIDTH}" height="{height}" rx="8"/>',
        _text(24, 36, "One authenticated request of the project's own view", "text title"),
        _text(24, 58, "Time relative to Django's db sessions (1.0), whole request", "soft"),
    ]


def _panel(
    database: str, rows: Sequence[Mapping[str, Any]], *, scale: _Scale, top: int
) -> Sequence[str]:
    bottom = top + len(rows) * ROW
    lines = [_text(24, top - 10, database, "text store")]
    for tick in scale.ticks():
        kind = "one" if tick == 1 else "grid"
        x = scale.x(tick)
        lines.append(f'<line class="{kind}" x1="{x}" x2="{x}" y1="{top}" y2="{bottom}"/>')
        lines.append(_text(x, bottom + 16, f"{tick:g}", "soft small", "middle"))
    for number, row in enumerate(rows):
        lines += _bar(row, scale=scale, middle=top + number * ROW + ROW / 2)
    return lines


def _bar(row: Mapping[str, Any], *, scale: _Scale, middle: float) -> Sequence[str]:
    ours = row["name"].startswith("spa_auth")
    kind, text = ("ours", "text ours-text") if ours else ("peer", "text")
    y, zero = middle - BAR / 2, scale.x(0)
    low, high = scale.x(row["low"]), scale.x(row["high"])
    width, floor = scale.x(row["median"]) - zero, scale.x(row["floor"]) - zero
    ends = f"M{low} {middle - 3}v6M{high} {middle - 3}v6"
    return [
        _text(LEFT - 12, middle + 4.5, row["label"], text, "end"),
        f'<rect class="{kind}" x="{zero}" y="{y}" width="{width:.1f}" height="{BAR}" rx="2"/>',
        f'<rect class="floor" x="{zero}" y="{y}" width="{min(floor, width):.1f}" height="{BAR}"/>',
        f'<path class="whisker" d="M{low} {middle}H{high}{ends}"/>',
        _text(WIDTH - 24, middle + 4.5, f"{row['median']:.2f}", text, "end"),
    ]


def _legend(height: int) -> Sequence[str]:
    return [
        _text(
            24,
            height - 28,
            "Faint end of a bar: the same view without any authentication.",
            "soft small",
        ),
        _text(
            24,
            height - 12,
            "Whiskers: 95 % interval of the median over rounds. In-process, warm, one client.",
            "soft small",
        ),
    ]


def _text(x: float, y: float, text: str, kind: str, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'

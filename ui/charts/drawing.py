"""Draws a chart into memory with matplotlib: touches no widget, so that a worker may do it.

Imported with the first chart, because matplotlib takes half a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import accumulate

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from logistics_desktop.paths import RESOURCES
from ui.charts.plot import Plot, Series, Shape

_FONT = RESOURCES / "fonts" / "LogisticsSansSC-Regular.otf"
_DPI = 100
_POINTS = 8.5
_LABEL_WIDTH = 62  # pixels that the label of a category needs
_BAR = 0.8


@dataclass(frozen=True, slots=True)
class Canvas:
    """The room and the colours: `tones` are those of the series, `ratio` the device's pixels for one of ours."""

    width: int
    height: int
    ratio: float
    surface: str
    text: str
    muted: str
    line: str
    tones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn chart: RGBA bytes, and where each category stands, in our pixels from the left."""

    width: int
    height: int
    ratio: float
    pixels: bytes
    places: tuple[float, ...]


def draw(plot: Plot, canvas: Canvas) -> Picture:
    """Draw `plot`."""
    dpi = _DPI * canvas.ratio
    figure = Figure(figsize=(canvas.width / _DPI, canvas.height / _DPI), dpi=dpi, facecolor=canvas.surface)
    drawn = FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    _draw_series(axes, plot, canvas)
    _draw_axes(axes, plot, canvas)
    if len(plot.series) > 1:
        _draw_legend(figure, axes, canvas)
    figure.tight_layout(pad=0.8, rect=(0, 0, 1, 0.91 if len(plot.series) > 1 else 1))
    pixels = BytesIO()
    figure.savefig(pixels, format="rgba")
    width, height = drawn.get_width_height()
    places = (axes.transData.transform((at, 0))[0] / canvas.ratio for at in range(len(plot.categories)))
    return Picture(width, height, canvas.ratio, pixels.getvalue(), tuple(float(place) for place in places))


def _draw_series(axes: Axes, plot: Plot, canvas: Canvas) -> None:
    base = [0.0] * len(plot.categories)
    for one in plot.series:
        values = [None if value is None else float(value) for value in one.values]
        colour = canvas.tones[one.tone % len(canvas.tones)]
        if one.shape is Shape.STACK:
            layer = [value or 0.0 for value in values]
            axes.bar(range(len(layer)), layer, _BAR, base, color=colour, label=one.label, linewidth=0)
            base = [below + value for below, value in zip(base, layer, strict=True)]
        else:
            _draw_line(axes, one, values, colour)


def _draw_line(axes: Axes, one: Series, values: list[float | None], colour: str) -> None:
    known = [(at, value) for at, value in enumerate(values) if value is not None]
    style = "--" if one.shape is Shape.DASHED else "-"
    axes.plot(
        [at for at, _value in known],
        [value for _at, value in known],
        style,
        color=colour,
        linewidth=1.8,
        label=one.label,
    )


def _draw_axes(axes: Axes, plot: Plot, canvas: Canvas) -> None:
    font = _font()
    for name, side in axes.spines.items():
        side.set_visible(name == "bottom")
        side.set_color(canvas.line)
    axes.set_facecolor(canvas.surface)
    axes.set_axisbelow(True)
    axes.grid(axis="y", color=canvas.line, linewidth=0.7)
    axes.tick_params(length=0, labelcolor=canvas.muted)
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _place: f"{value:,.0f}" if value else "0"))
    axes.set_ylim(bottom=0)
    if plot.unit:
        axes.set_title(plot.unit, loc="left", color=canvas.muted, fontproperties=font, fontsize=_POINTS)
    count = len(plot.categories)
    step = max(1, -(-count * _LABEL_WIDTH // max(canvas.width - 80, 1)))
    shown = range(0, count, step)
    axes.set_xticks(list(shown), [plot.categories[at] for at in shown])
    axes.set_xlim(-0.6, max(count - 0.4, 0.6))
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(font)
        label.set_fontsize(_POINTS)


def _draw_legend(figure: Figure, axes: Axes, canvas: Canvas) -> None:
    handles, labels = axes.get_legend_handles_labels()
    legend = figure.legend(
        handles,
        labels,
        loc="upper center",
        ncols=_columns(labels, canvas.width),
        frameon=False,
        prop=_font(),
        labelcolor=canvas.text,
        handlelength=1.4,
        columnspacing=1.4,
    )
    for text in legend.get_texts():
        text.set_fontsize(_POINTS)


def _columns(labels: list[str], width: int) -> int:
    """As many names side by side as there is room for; a Chinese character is as wide as two letters."""
    wide = [sum(13 if ord(char) > 0x2E80 else 7 for char in label) + 46 for label in labels]
    return max(1, sum(total <= width for total in accumulate(wide)))


@cache
def _font() -> font_manager.FontProperties:
    """The program's own font, which has the Chinese characters."""
    return font_manager.FontProperties(fname=_FONT)

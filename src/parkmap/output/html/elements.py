"""The page's folium elements: a figure that embeds its assets, the panel, the map, one layer per group, the start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import folium
from branca.element import Figure, Link, MacroElement
from folium.map import Layer
from folium.template import Template

from parkmap.output.html import assets

if TYPE_CHECKING:
    from parkmap.output.html.model import MapPage

CANVAS_ABOVE: Final = 3000
"""Number of features from which the page draws on a canvas instead of SVG."""

MAX_ZOOM: Final = 17
VIEW_MARGIN: Final = 0.6
"""How far the map may be moved beyond its bounds, as a share of their width and height."""
LONGEST_WINDOW: Final = 2
"""Long by short side of a window up to which an area of any shape can stand in the middle of it."""


class OfflineFigure(Figure):
    """The HTML document, with every linked asset standing in it.

    Texts from the plan are not rendered here but put into the finished page at ``@parkmap:name@``: branca reads the
    output of an element as a template once more, so a name with two braces would be executed.
    """

    _template = Template(
        "<!DOCTYPE html>\n"
        '<html lang="@parkmap:lang@">\n'
        "<head>\n"
        '<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="@parkmap:policy@">\n'
        "<title>@parkmap:title@</title>\n"
        "{{ this.header.render(**kwargs) }}\n"
        "</head>\n"
        "<body>\n"
        "{{ this.html.render(**kwargs) }}\n"
        '<script type="application/json" id="parkmap-data">@parkmap:data@</script>\n'
        "@parkmap:dense@\n"
        '<script>(function () {\n"use strict";\n'
        "{{ this.script.render(**kwargs) }}\n"
        "}());</script>\n"
        "</body>\n"
        "</html>\n"
    )

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401 - branca's signature
        """Return the HTML with all assets embedded.

        Parameters
        ----------
        **kwargs
            Passed on to the elements.

        Raises
        ------
        RemoteResourceError
            When an element links to an address that is not among the page's assets.
        """
        for child in self._children.values():
            child.render(**kwargs)
        for link in self.header._children.values():  # noqa: SLF001 - branca has no public way to its links
            if isinstance(link, Link):
                link.code = assets.of_link(link.url)  # type: ignore[assignment] # as text: bytes print as b'…'
        return str(self._template.render(this=self, kwargs={**kwargs, "embedded": True}))


class Panel(MacroElement):
    """Title, search, layers, legend, open items and sources: an empty frame that the page's script fills."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Panel"
        self._template = Template("{% macro html(this, kwargs) %}" + assets.text("panel.html") + "{% endmacro %}")


class AtlasMap(folium.Map):
    """A folium map without tiles, Bootstrap, jQuery and Font Awesome, on the page's own assets.

    Parameters
    ----------
    page
        What is shown; its bounds limit the view, its number of features chooses the renderer.
    """

    default_js = [(name, assets.SCHEME + name) for name in assets.SCRIPTS]  # noqa: RUF012 - folium's declaration
    default_css = [(name, assets.SCHEME + name) for name in assets.STYLES]  # noqa: RUF012

    _template = Template(
        """
        {% macro header(this, kwargs) %}
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <link rel="icon" href="data:,">
        {% endmacro %}
        {% macro html(this, kwargs) %}
        <main class="pm-stage"><div class="pm-map" id="{{ this.get_name() }}"></div></main>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        const {{ this.get_name() }} = L.map({{ this.get_name() | tojson }}, {
            center: {{ this.location | tojson }},
            crs: L.CRS.{{ this.crs }},
            ...{{ this.options | tojavascript }}
        });
        parkmap.load({{ this.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, page: MapPage) -> None:
        west, south, east, north = page.bounds
        if page.dense:
            names = [*assets.SCRIPTS[:-1], *assets.DENSE_SCRIPTS, assets.SCRIPTS[-1]]
            self.default_js = [(name, assets.SCHEME + name) for name in names]
        wide, high = (east - west) * VIEW_MARGIN, (north - south) * VIEW_MARGIN
        wide, high = max(wide, high * LONGEST_WINDOW), max(high, wide * LONGEST_WINDOW)
        super().__init__(
            location=[(south + north) / 2, (west + east) / 2],
            tiles=None,
            zoom_control=False,
            prefer_canvas=sum(len(group.features) for group in page.groups) > CANVAS_ABOVE,
            max_bounds=True,
            min_lat=south - high,
            max_lat=north + high,
            min_lon=west - wide,
            max_lon=east + wide,
            attribution_control=False,
            track_resize=False,  # the page's script does it
            max_zoom=MAX_ZOOM,
            zoom_snap=0.25,
            zoom_delta=0.75,
            wheel_px_per_zoom_level=90,
            max_bounds_viscosity=0.7,
        )


class GroupLayer(Layer):
    """One layer group of the page, drawn and styled by the page's script from the page's data.

    Parameters
    ----------
    index
        Position of the group in the page.
    shown
        Whether it is on the map at first.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        const {{ this.get_name() }} = parkmap.layer({{ this.index | tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, *, index: int, shown: bool) -> None:
        super().__init__(overlay=True, control=False, show=shown)
        self._name = "GroupLayer"
        self.index = index


class DenseGrid(Layer):
    """One layer of very many polygons, drawn by the page's script.

    Parameters
    ----------
    index
        Position among the page's dense layers.
    shown
        Whether it is on the map at first.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        const {{ this.get_name() }} = parkmap.denseLayer({{ this.index | tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, *, index: int, shown: bool) -> None:
        super().__init__(overlay=True, control=False, show=shown)
        self._name = "DenseGrid"
        self.index = index


class Start(MacroElement):
    """Runs the page once map and layers are there."""

    _template = Template("{% macro script(this, kwargs) %}parkmap.start();{% endmacro %}")

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Start"

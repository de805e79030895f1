"""The catheter at the pump, from the front: free, joined, coiled, and under the skin."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from spineanim.content.theme import Theme
from spineanim.geometry.catheter import CatheterRoute
from spineanim.geometry.curves import resample, smooth
from spineanim.mobjects.tube import HiddenTube, Tube
from spineanim.picture.shape import Part, Shape
from spineanim.stage import Stage

Points = NDArray[np.float64]

UNDER_SKIN: Final = 0.5
"""Opacity of a tube that shimmers through the skin."""
_TUBE_MM: Final = 2.2
"""Drawn width of the catheter: not quite twice the true 1.2 mm, or it would not be seen."""
_WINDOW_MM: Final = 124.0
"""How far from the midline the drape's window shows the skin."""
_COUNT = 260


class SlackCatheter(Part):
    """The end of the catheter that is joined to the pump.

    Parameters
    ----------
    stage
        Where the body stands.
    route
        The implanted catheter.
    lying
        Scene shift (3,) from the pump's place to where it lies on the skin before.
    theme
        Colours.

    Attributes
    ----------
    tunnel
        The stretch that shimmers through the skin of the flank, up to the cut; lies lower.
    hidden, click
        What lies over the pump: dashes of the coil behind it, and the ring of the click.
    free, joined, coiled, implanted
        Paths (N, 3), all with equally many points, ending at the pump.
    """

    def __init__(self, stage: Stage, route: CatheterRoute, lying: Points, theme: Theme) -> None:
        self.stage, self.route, self.lying, self.theme = stage, route, lying, theme
        self.out = np.array([float(np.sign(route.pump.centre[0])), 0.0, 0.0])
        cut = stage(route.abdominal_incision)
        self.way_out: Points = cut[round(0.82 * (len(cut) - 1))]
        self.free, self.joined = self._outside()
        self.coiled, self.implanted = self._behind(), self._under_the_skin()
        self.tunnel = Part(Tube(self._flank(), stage.length(_TUBE_MM), theme), opacity=0.0)
        self._tube = Tube(self.free, stage.length(_TUBE_MM), theme, shadow=0.25)
        self.slack = Part(self._tube, opacity=0.0)
        self.hidden, self.click = self._hidden(), self._click()
        super().__init__(self.slack)
        self._lay(self.free)

    # -- states ----------------------------------------------------------------------------------

    def join(self, share: float) -> None:
        """Bring the free end to the connector; a ring tells of the click."""
        way = min(share / 0.7, 1.0)
        self._lay(self.free + (self.joined - self.free) * way * way * (3.0 - 2.0 * way))
        ring = max(share - 0.7, 0.0) / 0.3
        self.click.opacity = 4.0 * ring * (1.0 - ring)
        self.click.scale_to_fit_width(self._click_width * (0.7 + 0.8 * ring))

    def coil(self, share: float) -> None:
        """Wind the slack behind the pump; at last dashes show it through the pump."""
        self._lay(self.joined + (self.coiled - self.joined) * share)
        self.hidden.opacity = max(3.0 * share - 2.0, 0.0)

    def settle(self, share: float) -> None:
        """Follow the pump under the skin."""
        self._lay(self.coiled + (self.implanted - self.coiled) * share)
        self.hidden.opacity = max(1.0 - 4.0 * share, 0.0)
        self.slack.opacity = 1.0 + (UNDER_SKIN - 1.0) * share
        self.tunnel.opacity = UNDER_SKIN * max(1.0 - 2.0 * share, 0.0)

    def _lay(self, course: Points) -> None:
        self._tube.run_along(course)

    def _hidden(self) -> Part:
        """Dashes that show the coil through the pump."""
        pump = self.route.pump
        centre = self.stage.point(pump.centre) + self.lying
        turns = np.linspace(0.0, 2.0 * np.pi, 73)[:-1]
        ring = np.column_stack([np.cos(turns), np.sin(turns), 0 * turns])
        disc = Shape(centre + self.stage.length(pump.size.radius_mm) * ring)
        dashes = HiddenTube(self.coiled, self.stage.length(1.1), self.theme)
        hidden = Part(dashes).clipped_to(disc)
        hidden.opacity = 0.0
        return hidden

    def _click(self) -> Part:
        """Ring round the connector that spreads once when it clicks."""
        turns = np.linspace(0.0, 2.0 * np.pi, 49)[:-1]
        ring = np.column_stack([np.cos(turns), np.sin(turns), 0 * turns])
        radius = self.stage.length(13.0)
        self._click_width = 2.0 * radius
        focus = self.theme.color("accent.focus")
        halo = Shape(self.plug + radius * ring, stroke="#FFFFFF", stroke_px=5.0, stroke_opacity=0.8)
        return Part(
            halo, Shape(self.plug + radius * ring, stroke=focus, stroke_px=2.4), opacity=0.0
        )

    # -- points ----------------------------------------------------------------------------------

    @property
    def plug(self) -> Points:
        """Scene point (3,) of the joined end."""
        point: Points = self.joined[-1]
        return point

    @property
    def connector(self) -> Points:
        """Scene point (3,) in the middle of the connector, while the pump lies on the skin."""
        pump = self.route.pump
        middle = (pump.connector_root() + pump.connector_end()) / 2
        return self.stage.point(middle) + self.lying

    @property
    def coil_side(self) -> Points:
        """Scene point (3,) on the outer side of the coil behind the pump."""
        turns = self.coiled[_COUNT // 4 : -_COUNT // 4]
        point: Points = turns[int(np.argmax(turns @ self.out))]
        return point

    # -- paths -----------------------------------------------------------------------------------

    def _outside(self) -> tuple[Points, Points]:
        """Paths from the cut in a wide loop to the connector: not yet joined, and joined."""
        pump = self.route.pump
        centre = self.stage.point(pump.centre) + self.lying
        plug = self.stage.point(pump.connector_end()) + self.lying
        reach = self.stage.length(pump.size.radius_mm)
        out, down = self.out, np.array([0.0, -1.0, 0.0])
        loop = [
            self.way_out,
            self.way_out + reach * (0.55 * out + 0.35 * down),
            centre + reach * (1.62 * out + 0.15 * down),
            centre + reach * (1.30 * out + 1.15 * down),
            centre + reach * (0.35 * out + 1.62 * down),
        ]
        away = (plug - centre) / np.linalg.norm(plug - centre) * reach
        free = smooth(np.array([*loop, plug + 0.75 * away + 0.10 * reach * out]))
        joined = smooth(np.array([*loop, plug + 0.40 * away, plug]))
        return resample(free, _COUNT), resample(joined, _COUNT)

    def _turns(self) -> Points:
        """Scene points (90, 3) of the coil in its place, from the tunnel to the connector."""
        return resample(self.stage(self.route.between("coil", "coil")[::-1]), 90)

    def _behind(self) -> Points:
        """Path from the cut into the coil behind the pump on the skin."""
        reach = self.stage.length(self.route.pump.size.radius_mm)
        bend = self.way_out + reach * (0.30 * self.out + np.array([0.0, -0.45, 0.0]))
        turns = self._turns() + self.lying
        return resample(smooth(np.vstack([self.way_out, bend, turns[7:]])), _COUNT)

    def _seen_tunnel(self) -> Points:
        """Scene points (N, 3) of the tunnel from the body's edge forwards."""
        tunnel = self.route.between("tunnel", "tunnel")[::-1]
        outermost = int(np.argmax(np.abs(tunnel[:, 0])))
        seen = self.stage(tunnel[outermost:])
        edge = seen[0] + self.out * self.stage.length(8.0)
        return np.vstack([edge, seen[len(seen) // 3], seen[-1]])

    def _flank(self) -> Points:
        """Path under the skin from the body's edge to the cut."""
        seen = self._seen_tunnel()
        up = (seen[-1] * 0.45 + self.way_out * 0.55) + self.out * self.stage.length(2.0)
        return smooth(np.vstack([seen[:2], up, self.way_out]), samples=30)

    def _under_the_skin(self) -> Points:
        """Path from the drape's edge through the tunnel into the coil, all in its place."""
        way = np.vstack([self._seen_tunnel()[:2], self._turns()])
        edge = self.stage.point([0.0, 0.0, 0.0]) @ self.out + self.stage.length(_WINDOW_MM)
        return resample(smooth(way[way @ self.out < edge]), _COUNT)

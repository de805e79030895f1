"""The whole programme: the pump, how it relieves pain, and the steps from trial to recovery."""

from __future__ import annotations

from spineanim.mobjects.bench import TitlePlate
from spineanim.motion.camera import creeping
from spineanim.programme import Programme


class PumpFilm(Programme):
    """A patient's way from the first question to life with the pump."""

    parts = ("device", "relief", "trial", "catheter", "pump", "recovery")
    poster = "pump.incisions_close"

    def title_card(self) -> None:
        self.add(self.make(TitlePlate))
        self.keep_alive(creeping(self.stage_camera.frame))

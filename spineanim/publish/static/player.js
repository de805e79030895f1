/* Makes more of a page's films: parts that seek and show where one is, moments in the address, keys,
   and one film at a time. Without it they play, and the parts are links. Nothing is sent or kept. */
(function () {
  "use strict";

  const STEP_S = 5;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

  function asked() {
    const found = /^#t=(\d+(?:\.\d+)?)$/.exec(window.location.hash);
    return found ? Number(found[1]) : null;
  }

  /** Go to a moment; before a film is known, as soon as it is. */
  function seek(video, seconds) {
    if (video.readyState > 0) {
      video.currentTime = Math.min(Math.max(seconds, 0), video.duration || seconds);
    } else {
      video.addEventListener("loadedmetadata", () => seek(video, seconds), { once: true });
      if (video.preload === "none") {
        video.preload = "metadata";
      }
    }
  }

  function play(video) {
    const started = video.play();
    if (started) {
      started.catch(() => {}); // the browser says no, or another film was chosen meanwhile
    }
  }

  function captions(video) {
    return Array.from(video.textTracks).find((track) => track.kind === "captions");
  }

  class Player {
    constructor(region) {
      this.region = region;
      this.video = region.querySelector("video");
      this.links = Array.from(region.querySelectorAll("a[data-start]"));
      this.starts = this.links.map((link) => Number(link.dataset.start));
      this.leads = region.hasAttribute("data-lead");
      this.video.addEventListener("timeupdate", () => this.mark());
      this.video.addEventListener("seeking", () => this.mark());
      this.links.forEach((link, part) => link.addEventListener("click", (event) => this.chosen(event, part)));
      region.addEventListener("keydown", (event) => this.key(event));
      this.buttons();
    }

    buttons() {
      const does = { previous: () => this.go(-1), next: () => this.go(1), captions: () => this.toggleCaptions() };
      for (const button of this.region.querySelectorAll("[data-go]")) {
        button.addEventListener("click", does[button.dataset.go]);
      }
      for (const extra of this.region.querySelectorAll(".waits")) {
        extra.classList.remove("waits");
      }
      this.video.textTracks.addEventListener("change", () => this.showCaptionsState());
      this.showCaptionsState();
    }

    /** Number of the part that is shown, or -1 before the first. */
    part() {
      const now = this.video.currentTime + 0.01;
      return this.starts.filter((start) => start <= now).length - 1;
    }

    mark() {
      const current = this.part();
      this.links.forEach((link, part) => {
        const here = part === current;
        if (here !== link.hasAttribute("aria-current")) {
          link.toggleAttribute("aria-current", here);
          if (here) {
            link.setAttribute("aria-current", "true");
          }
          link.querySelector(".here").hidden = !here;
        }
      });
    }

    chosen(event, part) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
        return; // asks for the file in a window of its own
      }
      event.preventDefault();
      this.show(part);
      if (!calm.matches) {
        play(this.video);
      }
      this.video.scrollIntoView({ block: "nearest" });
    }

    show(part) {
      seek(this.video, this.starts[part]);
      if (this.leads) {
        window.history.replaceState(null, "", "#t=" + this.links[part].dataset.start);
      }
    }

    go(by) {
      const part = this.part();
      // Back leads to the start of this part first, as it does in players of music.
      const within = by < 0 && part >= 0 && this.video.currentTime - this.starts[part] > 2;
      const wanted = within ? part : part + by;
      if (this.starts.length && wanted < this.starts.length) {
        this.show(Math.max(wanted, 0));
      }
    }

    toggleCaptions() {
      const track = captions(this.video);
      if (track) {
        track.mode = track.mode === "showing" ? "hidden" : "showing";
        this.showCaptionsState();
      }
    }

    showCaptionsState() {
      const button = this.region.querySelector("[data-go=captions]");
      const track = captions(this.video);
      if (button && track) {
        button.setAttribute("aria-pressed", String(track.mode === "showing"));
      }
    }

    togglePlay() {
      if (this.video.paused) {
        play(this.video);
      } else {
        this.video.pause();
      }
    }

    toggleFullScreen() {
      if (document.fullscreenElement) {
        document.exitFullscreen();
      } else if (this.video.requestFullscreen) {
        this.video.requestFullscreen().catch(() => {});
      }
    }

    /** Keys count only while something in the player has the focus. */
    key(event) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      const native = event.target === this.video; // its own controls know space and arrows
      const button = event.target.closest("button");
      const does = new Map([
        ["k", () => this.togglePlay()],
        ["n", () => this.go(1)],
        ["p", () => this.go(-1)],
        ["c", () => this.toggleCaptions()],
        ["f", () => this.toggleFullScreen()],
      ]);
      if (!native) {
        does.set("ArrowLeft", () => seek(this.video, this.video.currentTime - STEP_S));
        does.set("ArrowRight", () => seek(this.video, this.video.currentTime + STEP_S));
        if (!button) {
          does.set(" ", () => this.togglePlay());
        }
      }
      const act = does.get(event.key.length === 1 ? event.key.toLowerCase() : event.key);
      if (act) {
        event.preventDefault();
        act();
      }
    }
  }

  /** The same moment of the same part in the other language, whose parts may be longer. */
  function moved(seconds, from, to) {
    const part = from.filter((start) => start <= seconds).length - 1;
    if (part < 0 || from.length !== to.length || part + 1 >= from.length) {
      return seconds;
    }
    const share = (seconds - from[part]) / (from[part + 1] - from[part]);
    return to[part] + share * (to[part + 1] - to[part]);
  }

  function keepMoment(player) {
    for (const link of document.querySelectorAll("a[data-starts]")) {
      const plain = link.href;
      const to = link.dataset.starts.split(" ").map(Number);
      link.addEventListener("click", () => {
        const now = player.video.currentTime;
        const from = player.starts.concat(player.video.duration || now);
        link.href = now > 0 ? plain + "#t=" + moved(now, from, to).toFixed(1) : plain;
      });
    }
  }

  const players = Array.from(document.querySelectorAll("[data-player]"), (region) => new Player(region));
  const lead = players.find((player) => player.leads);

  document.addEventListener("play", (event) => {
    for (const player of players) {
      if (player.video !== event.target) {
        player.video.pause();
      }
    }
  }, true);

  if (lead) {
    const follow = () => {
      if (asked() !== null) {
        seek(lead.video, asked());
      }
    };
    window.addEventListener("hashchange", follow);
    follow();
    keepMoment(lead);
  }

  const pictures = document.querySelector("details.pictures");
  if (pictures && calm.matches) {
    pictures.open = true;
  }
})();

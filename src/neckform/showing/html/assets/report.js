// Draws what report.html says in words. Reads the JSON in #data, asks nobody for anything.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const say = (english, fields = {}) => (data.words[english] ?? english)
    .replace(/\{(\w+)\}/g, (_, name) => fields[name]);
  const byId = (id) => document.getElementById(id);
  const PRINTED_WIDTH = 680;  // CSS pixels between the margins of A4

  // --- the numbers -----------------------------------------------------------------------
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const step = data.trace.t_step_ms / 1000;
  const times = Array.from(new Uint32Array(bytes(data.trace.t_ms).buffer), (t) => t * step);
  const columns = {};
  for (const [name, c] of Object.entries(data.trace.columns)) {
    const raw = bytes(c.data);
    const whole = c.bytes === 1 ? raw : new Int16Array(raw.buffer);
    const factor = name.endsWith("_sw") ? c.step * 100 : c.step;  // shoulder widths in hundredths
    columns[name] = Array.from(whole, (n) => (n === c.unseen ? null : n * factor));
  }
  const first = times[0], last = Math.max(times[times.length - 1], times[0] + 0.1);

  const clock = (s) => {
    const whole = Math.max(0, Math.floor(s + 1e-6));
    return Math.floor(whole / 60) + ":" + String(whole % 60).padStart(2, "0");
  };
  const nearest = (t) => {
    let low = 0, high = times.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (times[middle] <= t) low = middle; else high = middle;
    }
    return t - times[low] <= times[high] - t ? low : high;
  };
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

  // --- what is drawn -----------------------------------------------------------------------
  const PLOTS = [
    { id: "angles", height: 300, printed: 170, least: 30, unseen: say("Head not seen"), series: [
      { column: "flexion_deg", sure: "flexion_sure", name: say("Chin"), plus: say("down"), minus: say("up"), color: "flexion", unit: "°" },
      { column: "rotation_deg", sure: "rotation_sure", name: say("Turn"), plus: say("left"), minus: say("right"), color: "rotation", unit: "°", dash: [9, 4] },
      { column: "lateral_deg", sure: "lateral_sure", name: say("Tilt"), plus: say("left"), minus: say("right"), color: "lateral", unit: "°", dash: [3, 3] },
    ] },
    { id: "shoulders", height: 170, printed: 108, least: 12, unseen: say("Shoulders not seen"), series: [
      { column: "left_rise_sw", name: say("Left shoulder"), plus: say("up"), minus: say("down"), color: "flexion", unit: " %" },
      { column: "right_rise_sw", name: say("Right shoulder"), plus: say("up"), minus: say("down"), color: "rotation", unit: " %", dash: [9, 4] },
      { column: "drift_sw", name: say("Both sideways"), plus: say("left"), minus: say("right"), color: "third", unit: " %", dash: [3, 3] },
    ] },
    { id: "trunk", height: 150, printed: 98, least: 12, unseen: say("upper body not seen"), series: [
      { column: "tilt_deg", name: say("Leans"), plus: say("left"), minus: say("right"), color: "lateral", unit: "°" },
      { column: "turn_deg", name: say("Turns"), plus: say("left"), minus: say("right"), color: "third", unit: "°", dash: [9, 4] },
    ] },
  ];
  const shown = new Map();  // column -> whether its line is drawn

  const hatch = (ctx, x, y, w, h) => {
    ctx.beginPath();
    ctx.rect(x, y, w, h);
    ctx.clip();
    ctx.beginPath();
    for (let at = x - h; at < x + w; at += 9 * devicePixelRatio) {
      ctx.moveTo(at, y + h);
      ctx.lineTo(at + h, y);
    }
    ctx.stroke();
  };

  const paintMarks = (u, isAngles) => {
    const { ctx, bbox } = u;
    const px = devicePixelRatio, x = (s) => u.valToPos(s, "x", true);
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    for (const mark of data.marks) {
      const left = x(mark.from_s), width = Math.max(px, x(mark.to_s) - left);
      if (left > bbox.left + bbox.width || left + width < bbox.left) continue;
      ctx.save();
      if (mark.kind === "flag") {
        ctx.fillStyle = color("flag");
        ctx.fillRect(left, bbox.top + bbox.height - 5 * px, width, 5 * px);
      } else if (mark.kind === "lost") {
        ctx.strokeStyle = color("lost");
        ctx.lineWidth = px;
        hatch(ctx, left, bbox.top, width, bbox.height);
      } else {
        ctx.fillStyle = color(mark.kind);
        ctx.fillRect(left, bbox.top, width, bbox.height);
      }
      ctx.restore();
    }
    if (isAngles) {
      for (const band of data.bands) {
        if (shown.get(band.axis + "_deg") === false) continue;
        const left = x(band.from_s), width = x(band.to_s) - left;
        const low = u.valToPos(band.low_deg, "y", true), high = u.valToPos(band.high_deg, "y", true);
        const enter = u.valToPos(band.enter_deg, "y", true);
        ctx.fillStyle = ctx.strokeStyle = color(band.axis);
        ctx.globalAlpha = 0.17;
        ctx.fillRect(left, Math.min(low, high), width, Math.abs(high - low));
        ctx.globalAlpha = 0.8;
        ctx.lineWidth = px;
        ctx.setLineDash([2 * px, 3 * px]);
        ctx.beginPath();
        ctx.moveTo(left, enter);
        ctx.lineTo(left + width, enter);
        ctx.stroke();
        ctx.setLineDash([]);
        ctx.globalAlpha = 1;
      }
    }
    ctx.restore();
  };

  const paintNames = (u) => {
    const { ctx, bbox } = u;
    const px = devicePixelRatio;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.font = `${11 * px}px system-ui, sans-serif`;
    ctx.textAlign = "left";
    ctx.textBaseline = "alphabetic";
    const edge = bbox.left + bbox.width;
    const taken = [-1e9, -1e9, -1e9];
    data.marks.forEach((mark, index) => {
      const row = { hold: 0, pause: 1, flag: 2 }[mark.kind];
      if (row === undefined) return;
      const begins = u.valToPos(mark.from_s, "x", true);
      if (u.valToPos(mark.to_s, "x", true) < bbox.left || begins > edge) return;
      const width = ctx.measureText(mark.text).width;
      const left = Math.max(Math.min(begins, edge - width - 6 * px), bbox.left) + 3 * px;
      // A name may reach beyond its span, as far as the next one of its kind.
      const next = data.marks.slice(index + 1).find((other) => other.kind === mark.kind);
      const room = next ? u.valToPos(next.from_s, "x", true) : edge;
      if (left < taken[row] || left + width > Math.max(room, bbox.left)) return;
      taken[row] = left + width + 6 * px;
      ctx.fillStyle = color(row === 2 ? "flag" : row === 1 ? "open" : "done");
      const y = row === 2 ? bbox.top + bbox.height - 10 * px : bbox.top + (14 + 14 * row) * px;
      ctx.fillText(mark.text, left, y);
    });
    ctx.restore();
  };

  const bounds = (plot) => (u, low, high) => {
    const reach = Math.max(plot.least, Math.abs(low ?? 0), Math.abs(high ?? 0)) * 1.12;
    // Names stand at the top and at the bottom of the first plot.
    return plot.id === "angles" ? [-reach * 1.12, reach * 1.22] : [-reach, reach];
  };

  let quiet = false;  // while one plot is told what another already knows
  const plots = [];
  const build = (plot) => {
    const holder = byId(plot.id);
    holder.before(keys(plot));
    const axis = (extra) => ({
      stroke: () => color("soft"),
      grid: { stroke: () => color("line"), width: 1 },
      ticks: { stroke: () => color("line"), width: 1 },
      ...extra,
    });
    const u = new uPlot({
      width: Math.max(200, holder.clientWidth),
      height: plot.height,
      legend: { show: false },
      scales: { x: { time: false, range: (_, low, high) => [low, high] }, y: { range: bounds(plot) } },
      axes: [
        axis({ values: (_, at) => at.map(clock), space: 55, incrs: [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600] }),
        axis({ size: 46, values: (_, at) => at.map((v) => (v > 0 ? "+" : v < 0 ? "−" : "") + Math.abs(v)) }),
      ],
      series: [{}, ...plot.series.map((one) => ({
        label: one.name,
        stroke: () => color(one.color),
        dash: one.dash,
        width: 1.6,
        spanGaps: false,
        points: { show: false },
      }))],
      cursor: {
        sync: { key: "neckform" },
        drag: { x: true, y: false, setScale: true },
        points: { size: 7 },
        y: false,
      },
      hooks: {
        drawClear: [(u) => paintMarks(u, plot.id === "angles")],
        draw: [(u) => plot.id === "angles" && paintNames(u)],
        setScale: [(u, key) => {
          if (key !== "x" || quiet) return;
          quiet = true;
          for (const other of plots) if (other !== u) other.setScale("x", { min: u.scales.x.min, max: u.scales.x.max });
          quiet = false;
        }],
        setCursor: [(u) => {
          if (u.cursor.event && u.cursor.idx != null && u.cursor.left >= 0) tell(times[u.cursor.idx], true);
        }],
      },
    }, [times, ...plot.series.map((one) => columns[one.column])], holder);
    u.over.addEventListener("click", () => {
      if (u.cursor.idx != null) tell(times[u.cursor.idx], true, true);
    });
    return u;
  };

  // --- the key to the lines: a box for each, so that it can be left out ----------------------
  function keys(plot) {
    const group = document.createElement("fieldset");
    group.className = "keys";
    const legend = document.createElement("legend");
    legend.className = "unseen";
    legend.textContent = say("Lines to draw");
    group.append(legend);
    plot.series.forEach((one, index) => {
      shown.set(one.column, true);
      const label = document.createElement("label"), box = document.createElement("input");
      box.type = "checkbox";
      box.checked = true;
      box.addEventListener("change", () => {
        shown.set(one.column, box.checked);
        plots[PLOTS.indexOf(plot)].setSeries(index + 1, { show: box.checked });
      });
      const sample = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
      sample.setAttribute("viewBox", "0 0 32 10");
      sample.setAttribute("aria-hidden", "true");
      for (const [k, v] of [["x1", 0], ["x2", 32], ["y1", 5], ["y2", 5], ["stroke-width", 3]]) line.setAttribute(k, v);
      line.style.stroke = `var(--${one.color})`;
      if (one.dash) line.setAttribute("stroke-dasharray", one.dash.join(" "));
      sample.append(line);
      label.append(box, sample, `${one.name} (+ ${one.plus}, − ${one.minus})`);
      group.append(label);
    });
    return group;
  }

  // --- the values at one moment -----------------------------------------------------------
  const slider = byId("time"), readout = byId("readout");
  slider.min = first;
  slider.max = last;
  slider.value = first;
  const says = (one, at) => {
    const value = columns[one.column][at];
    if (value === null) return say("{name} not seen", one);
    const whole = Math.round(value);
    const way = whole === 0 ? "" : " " + (whole > 0 ? one.plus : one.minus);
    const sure = one.sure ? columns[one.sure][at] : null;
    const error = sure === null ? "" : ` ± ${Math.max(1, Math.round(sure))}`;
    return `${one.name} ${Math.abs(whole)}${one.unit}${way}${error}`;
  };
  const line = (bold, parts) => {
    const p = document.createElement("div"), b = document.createElement("b");
    b.textContent = bold;
    p.append(b, parts.join(", "));
    return p;
  };
  function tell(t, fromPlot = false, seek = false) {
    const at = nearest(t);
    const now = data.marks.filter((m) => m.from_s <= times[at] && times[at] <= m.to_s).map((m) => m.text);
    const rows = PLOTS.map((plot) => {
      const seen = plot.series.some((one) => columns[one.column][at] !== null);
      return seen ? plot.series.map((one) => says(one, at)) : [plot.unseen];
    });
    readout.replaceChildren(
      line(clock(times[at]) + "  ", rows[0]),
      line("", [...rows[1], ...rows[2]]),
      line("", now),
    );
    slider.value = times[at];
    slider.setAttribute("aria-valuetext", [clock(times[at]), ...rows[0], ...now].join(", "));
    if (!fromPlot) {
      const u = plots[0];
      const { min, max } = u.scales.x;
      if (times[at] < min || times[at] > max) zoom(times[at] - (max - min) / 2, times[at] + (max - min) / 2);
      for (const each of plots) {
        each.cursor.event = null;
        each.setCursor({ left: each.valToPos(times[at], "x"), top: 10 }, false);
      }
    }
    if (seek) film(times[at]);
  }

  // --- the annotated video beside the page -------------------------------------------------
  const video = document.querySelector("#film video");
  let playable = video !== null;
  if (video) {
    const refuse = () => {
      playable = false;
      video.hidden = true;
      const note = byId("no-film");
      note.hidden = false;
      note.textContent = say(
        "{name} cannot be played here: either it is not beside this page, or this browser does " +
        "not know its format. A video player will show it.", data.video);
    };
    video.addEventListener("error", refuse);
    // While it plays the plots go along; read aloud, that would be a flood of numbers.
    video.addEventListener("play", () => readout.setAttribute("aria-live", "off"));
    video.addEventListener("pause", () => readout.removeAttribute("aria-live"));
    video.addEventListener("timeupdate", () => {
      if (!video.paused) tell(video.currentTime + data.video.starts_s);
    });
    if (video.error) refuse();
  }
  function film(t) {
    if (playable) video.currentTime = Math.max(0, t - data.video.starts_s);
  }

  // --- looking closer ------------------------------------------------------------------------
  function zoom(low, high) {
    const wide = Math.min(Math.max(high - low, 2), last - first);
    const from = Math.min(Math.max(low, first), last - wide);
    plots[0].setScale("x", { min: from, max: from + wide });
  }
  const scaled = (factor) => {
    const { min, max } = plots[0].scales.x, half = ((max - min) * factor) / 2;
    const middle = Math.min(Math.max(Number(slider.value), min), max);
    zoom(middle - half, middle + half);
  };

  const start = performance.now();
  for (const plot of PLOTS) plots.push(build(plot));
  const begins = columns.flexion_deg.findIndex((value) => value !== null);
  // uPlot knows its scales only after what it has queued itself.
  queueMicrotask(() => tell(times[Math.max(0, begins)]));
  requestAnimationFrame(() => {
    document.documentElement.dataset.drawnMs = Math.round(performance.now() - start);
  });

  slider.addEventListener("input", () => tell(Number(slider.value), false, true));
  byId("closer").addEventListener("click", () => scaled(0.5));
  byId("wider").addEventListener("click", () => scaled(2));
  byId("all").addEventListener("click", () => zoom(first, last));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-t]");
    if (!button) return;
    const t = Number(button.dataset.t);
    if (button.dataset.to) {
      const to = Number(button.dataset.to), margin = (to - t) * 0.15 + 1;
      zoom(t - margin, to + margin);
    }
    byId("time-course").scrollIntoView();
    tell(t, false, true);
  });

  // --- other widths, other lights, paper ---------------------------------------------------
  const redraw = () => plots.forEach((u) => u.redraw(false));
  const fit = (width) => plots.forEach((u, i) => u.setSize({ width: width || Math.max(200, byId(PLOTS[i].id).clientWidth), height: width ? PLOTS[i].printed : PLOTS[i].height }));
  let printing = false;
  new ResizeObserver(() => printing || fit()).observe(byId("angles"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  const paper = (on) => {
    printing = on;
    document.documentElement.classList.toggle("printing", on);
    fit(on ? PRINTED_WIDTH : 0);
    redraw();
  };
  addEventListener("beforeprint", () => paper(true));
  addEventListener("afterprint", () => paper(false));
})();

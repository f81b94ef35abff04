"use strict";
// Draws the outline of head and shoulders at the time that is chosen, and plays it.
(() => {
  const { moments, size } = JSON.parse(document.getElementById("data").textContent).figure;
  const place = document.getElementById("sent-figure"), slider = document.getElementById("time");
  if (!place || !moments.length) return;
  const canvas = document.createElement("canvas"), button = document.createElement("button");
  canvas.width = 320;
  canvas.height = Math.round(320 * size[1] / size[0]);
  button.type = "button";
  button.textContent = "\u25b6";
  button.ariaLabel = place.textContent;
  place.replaceChildren(canvas, button);
  place.hidden = false;
  const ctx = canvas.getContext("2d");
  let now = moments[0][0], playing = 0;
  const draw = () => {
    const at = moments.findLast(([t]) => t <= now) ?? moments[0];
    ctx.clearRect(0, 0, canvas.width, canvas.height);
    ctx.strokeStyle = getComputedStyle(place).color;
    ctx.lineWidth = 3;
    for (const line of at[1]) {
      ctx.beginPath();
      // As in a mirror it would be harder to compare with the angles: as the camera saw it.
      line.forEach(([x, y]) => ctx.lineTo(x * canvas.width, y * canvas.height));
      ctx.stroke();
    }
    ctx.fillStyle = ctx.strokeStyle;
    ctx.fillText(`${now.toFixed(1)} s`, 6, canvas.height - 8);
  };
  slider?.addEventListener("input", () => { now = Number(slider.value); draw(); });
  button.addEventListener("click", () => {
    if (playing) { clearInterval(playing); playing = 0; return; }
    playing = setInterval(() => {
      now += 0.1;
      if (now > moments.at(-1)[0]) now = moments[0][0];
      draw();
      if (slider) { slider.value = now; }
    }, 100);
  });
  draw();
})();

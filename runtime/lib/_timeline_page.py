"""The page of a recorded run: one HTML file with the data in it, that zooms (wheel), pans (drag) and tells what one points at.

The script in it is plain JavaScript on a canvas: lanes, slices, arrows. It keeps `view` (first and last microsecond shown) and
draws what lies in it; slices thinner than a pixel are drawn as the state that fills the pixel. Next: _timeline.py.
"""

import json

PAGE = '''<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>gilly: %(title)s</title>
<style>
body { margin: 0; font: 13px sans-serif; color: #222; background: #fff; }
header { padding: 10px 16px; }
header b { font-size: 15px; }
#legend span { display: inline-block; margin-right: 16px; }
#legend i { display: inline-block; width: 12px; height: 12px; margin-right: 5px; vertical-align: -1px; }
#view { display: block; cursor: grab; outline: none; }
#tip { position: absolute; display: none; pointer-events: none; background: #222; color: #fff; padding: 5px 8px; border-radius: 4px;
  white-space: pre; font-size: 12px; max-width: 60em; }
footer { padding: 6px 16px; color: #666; }
</style></head><body>
<header><b>%(title)s</b><div id="legend"></div></header>
<canvas id="view" tabindex="0" role="img" aria-label="a lane for each thread, coloured by what it does"></canvas>
<div id="tip" role="status"></div>
<footer>Wheel: zoom. Drag or arrow keys: move. Double click or 0: all. Point at a slice to see what it is.</footer>
<script>
"use strict";
const data = %(data)s;
const canvas = document.getElementById("view"), tip = document.getElementById("tip"), pen = canvas.getContext("2d");
const LEFT = 150, TOP = 24, HEIGHT = 28, GAP = 12;
const view = { begin: data.begin, end: data.end };
const rows = new Map(data.lanes.map((lane, i) => [lane.tid, TOP + i * (HEIGHT + GAP)]));

const legend = document.getElementById("legend");
for (const [state, [colour, text]] of Object.entries(data.states)) {
  const item = document.createElement("span"), box = document.createElement("i");
  box.style.background = colour;
  item.append(box, text);
  legend.append(item);
}

const width = () => canvas.clientWidth - LEFT - 16;
const xOf = time => LEFT + (time - view.begin) / (view.end - view.begin) * width();
const timeOf = x => view.begin + (x - LEFT) / width() * (view.end - view.begin);

/* The first slice that ends after `time`. */
function firstAfter(slices, time) {
  let low = 0, high = slices.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (slices[middle][1] <= time) low = middle + 1; else high = middle;
  }
  return low;
}
function step(span) {
  for (let s = 0.01; ; s *= 10) for (const f of [1, 2, 5]) if (span / (s * f) <= 9) return s * f;
}
function label(us) {
  const span = view.end - view.begin;
  return span > 20000 ? (us / 1000).toFixed(0) + " ms" : span > 200 ? (us / 1000).toFixed(2) + " ms" : us.toFixed(1) + " \\u00b5s";
}

function drawAxis(bottom) {
  pen.textAlign = "center";
  const s = step(view.end - view.begin);
  for (let t = Math.ceil(view.begin / s) * s; t <= view.end; t += s) {
    const x = Math.round(xOf(t)) + 0.5;
    pen.strokeStyle = "#e4e7eb";
    pen.beginPath(); pen.moveTo(x, TOP - 4); pen.lineTo(x, bottom); pen.stroke();
    pen.fillStyle = "#555";
    pen.fillText(label(t), x, 14);
  }
}
function drawLane(lane, y) {
  pen.textAlign = "right";
  pen.fillStyle = "#222";
  pen.fillText(lane.name.slice(0, 22), LEFT - 8, y + HEIGHT / 2 + 4);
  let pixel = -1, share = 0;             /* thin slices: the longest in a pixel is the one to see */
  for (let i = firstAfter(lane.slices, view.begin); i < lane.slices.length && lane.slices[i][0] < view.end; i++) {
    const [from, to, state] = lane.slices[i];
    const x = Math.max(xOf(from), LEFT), end = Math.min(xOf(to), LEFT + width());
    const colour = (data.states[state] || ["#999"])[0];
    if (end - x < 1) {
      if (Math.floor(x) === pixel && to - from < share) continue;
      pixel = Math.floor(x); share = to - from;
      pen.fillStyle = colour; pen.fillRect(pixel, y, 1, HEIGHT);
    } else {
      pen.fillStyle = colour; pen.fillRect(x, y, end - x, HEIGHT);
    }
  }
  let last = -9;
  for (const [time, what] of lane.instants) {
    if (time < view.begin || time > view.end) continue;
    const x = Math.round(xOf(time));
    if (what === "failed wake" && x !== last) { pen.fillStyle = data.failed; pen.fillRect(x, y, 1.5, HEIGHT); last = x; }
    if (what === "drop request") { pen.fillStyle = "#444"; pen.beginPath(); pen.arc(x, y + HEIGHT, 2.5, 0, 7); pen.fill(); }
  }
}
function drawArrows() {
  pen.strokeStyle = "#555";
  let last = -9;
  for (const [time, source, target] of data.arrows) {
    if (time < view.begin || time > view.end || !rows.has(source) || !rows.has(target)) continue;
    const x = Math.round(xOf(time)) + 0.5;
    if (x - last < 3) continue;
    last = x;
    const down = rows.get(target) > rows.get(source);
    const y1 = rows.get(source) + (down ? HEIGHT : 0), y2 = rows.get(target) + (down ? 0 : HEIGHT), back = down ? -4 : 4;
    pen.beginPath(); pen.moveTo(x, y1); pen.lineTo(x, y2); pen.moveTo(x - 3, y2 + back); pen.lineTo(x, y2); pen.lineTo(x + 3, y2 + back); pen.stroke();
  }
}
function draw() {
  const ratio = window.devicePixelRatio || 1, bottom = TOP + data.lanes.length * (HEIGHT + GAP);
  canvas.style.width = "100%%";
  canvas.style.height = bottom + 8 + "px";
  canvas.width = canvas.clientWidth * ratio;
  canvas.height = (bottom + 8) * ratio;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.font = "12px sans-serif";
  drawAxis(bottom);
  for (const lane of data.lanes) drawLane(lane, rows.get(lane.tid));
  drawArrows();
  document.body.dataset.begin = view.begin.toFixed(3);
  document.body.dataset.end = view.end.toFixed(3);
}

function show(begin, end) {
  const whole = data.end - data.begin;
  let span = Math.min(Math.max(end - begin, 0.5), whole);
  begin = Math.min(Math.max(begin, data.begin), data.end - span);
  view.begin = begin; view.end = begin + span;
  draw();
}
canvas.addEventListener("wheel", event => {
  event.preventDefault();
  const factor = Math.exp(event.deltaY * 0.0025), at = timeOf(Math.max(event.offsetX, LEFT));
  show(at - (at - view.begin) * factor, at + (view.end - at) * factor);
}, { passive: false });
let drag = null;
canvas.addEventListener("pointerdown", event => { drag = { x: event.offsetX, begin: view.begin, end: view.end }; canvas.setPointerCapture(event.pointerId); });
canvas.addEventListener("pointerup", () => { drag = null; });
canvas.addEventListener("pointermove", event => {
  if (drag) {
    const moved = (event.offsetX - drag.x) / width() * (drag.end - drag.begin);
    show(drag.begin - moved, drag.end - moved);
    return;
  }
  const lane = data.lanes.find(l => event.offsetY >= rows.get(l.tid) && event.offsetY < rows.get(l.tid) + HEIGHT), time = timeOf(event.offsetX);
  const slice = lane && event.offsetX >= LEFT ? lane.slices[firstAfter(lane.slices, time)] : null;
  if (!slice || slice[0] > time) { tip.style.display = "none"; return; }
  const [from, to, state, where] = slice;
  tip.textContent = lane.name + ": " + (data.states[state] || ["", state])[1] + "\\n" + ((to - from) / 1000).toFixed(3) + " ms, from " + (from / 1000).toFixed(3) + " ms" +
    (data.places[where] ? "\\n" + data.places[where] : "");
  tip.style.display = "block";
  tip.style.left = Math.min(event.pageX + 14, document.body.clientWidth - tip.offsetWidth - 8) + "px";
  tip.style.top = event.pageY + 16 + "px";
});
canvas.addEventListener("pointerleave", () => { tip.style.display = "none"; });
canvas.addEventListener("dblclick", () => show(data.begin, data.end));
canvas.addEventListener("keydown", event => {
  const span = view.end - view.begin, middle = (view.begin + view.end) / 2;
  if (event.key === "ArrowLeft") show(view.begin - span / 5, view.end - span / 5);
  else if (event.key === "ArrowRight") show(view.begin + span / 5, view.end + span / 5);
  else if (event.key === "+") show(middle - span / 4, middle + span / 4);
  else if (event.key === "-") show(middle - span, middle + span);
  else if (event.key === "0") show(data.begin, data.end);
});
window.addEventListener("resize", draw);
draw();
</script></body></html>
'''


def page(trace, states, failed):
    """The text of the page."""
    places, number = [''], {'': 0}
    lanes = []
    for lane in trace.lanes:
        slices = []
        for start, stop, state, where in lane.slices:
            if where not in number:
                number[where] = len(places)
                places.append(where)
            slices.append([round(start, 3), round(stop, 3), state, number[where]])
        lanes.append({'tid': lane.tid, 'name': lane.name, 'slices': slices, 'instants': lane.instants})
    used = trace.used_states()
    legend = {state: [states[state][1], states[state][2]] for state in used}
    if any(name == 'failed wake' for lane in trace.lanes for _, name in lane.instants):
        legend['failed wake'] = [failed, 'woken in vain']
    data = {'begin': trace.begin, 'end': trace.end, 'states': legend, 'failed': failed, 'places': places,
            'arrows': trace.arrows, 'lanes': lanes}
    title = trace.title().replace('&', '&amp;').replace('<', '&lt;')
    text = json.dumps(data, separators=(',', ':')).replace('</', '<\\/')
    return PAGE % {'title': title, 'data': text}

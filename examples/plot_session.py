"""Plot a session: the three head angles, what was held, and the shoulders below.

    python examples/plot_session.py stretching.mp4 session.png

Without names it takes the clip that comes with neckform, and shows a window. The `# %%` lines make
cells of it in Jupyter, VS Code, Spyder and PyCharm.
"""

# %% What to look at
import sys
from pathlib import Path

import matplotlib.pyplot as plt

import neckform

DEMO = Path(neckform.__file__).parent / "demo" / "demo.mp4"
clip = Path(sys.argv[1]) if len(sys.argv) > 1 else DEMO
picture = Path(sys.argv[2]) if len(sys.argv) > 2 else None

# %% Analyse it
report = neckform.analyze(clip)

for hold in report.holds:
    side = f", {hold.side}" if hold.side else ""
    done = "done" if hold.completed else f"ended by {hold.ended_by}"
    print(
        f"{hold.stretch}{side}: {hold.held_ms / 1000:.0f} s of {hold.target_ms / 1000:.0f}, {done}"
    )

# %% What was measured, as arrays: NaN where nothing was seen
series = report.series()

# %% Plot it
figure, (angles, shoulders) = plt.subplots(
    2, sharex=True, figsize=(10, 6), height_ratios=(2, 1), layout="constrained"
)
for name, label in (
    ("flexion", "chin down +, up −"),
    ("rotation", "turned left +, right −"),
    ("lateral", "tilted left +, right −"),
):
    (line,) = angles.plot(series["t_s"], series[f"{name}_deg"], label=f"{name}: {label}")
    error_deg = 2 * series[f"{name}_error_deg"]  # two standard errors: about 95 %
    angles.fill_between(
        series["t_s"],
        series[f"{name}_deg"] - error_deg,
        series[f"{name}_deg"] + error_deg,
        color=line.get_color(),
        alpha=0.15,
        linewidth=0,
    )
for hold in report.holds:
    colour = "tab:green" if hold.completed else "tab:grey"  # held long enough, or not
    angles.axvspan(hold.start_ms / 1000, hold.end_ms / 1000, color=colour, alpha=0.15)
    for pause in hold.pauses:
        angles.axvspan(pause.start_ms / 1000, pause.end_ms / 1000, color="tab:red", alpha=0.2)
angles.set_ylabel("degrees from neutral")
angles.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, fontsize="small")
figure.suptitle(clip.name)

for side in ("left", "right"):
    shoulders.plot(series["t_s"], series[f"{side}_rise_sw"], label=f"{side} shoulder")
shoulders.axhline(0, color="grey", linewidth=0.5)
shoulders.set_ylabel("rise in shoulder widths")
shoulders.set_xlabel("seconds")
shoulders.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, fontsize="small")

# %% Keep it, or show it
if picture is not None:
    figure.savefig(picture, dpi=120)
else:
    plt.show()

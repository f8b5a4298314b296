#!/usr/bin/env python3
"""Draws the curves of docs/performance/measurements.md: curves.py FIGURES.json PICTURE.svg. Needs matplotlib (apt-get install python3-matplotlib)."""

import json
import sys
from statistics import median

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt

PANELS = [
    ("notifications per second", [("Callweave", lambda p: median(p["callweave"]["perSecond"])),
                                  ("reference", lambda p: median(p["reference"]["perSecond"]))]),
    ("CPU s per million", [("Callweave", lambda p: median(p["callweave"]["cpuSecondsPerMillion"])),
                           ("reference", lambda p: median(p["reference"]["cpuSecondsPerMillion"]))]),
    ("memory, MB", [("heap", lambda p: p["bytes"]["heap"] / 1e6), ("RocksDB", lambda p: p["bytes"]["rocksDb"] / 1e6)]),
    ("disk, MB", [("state", lambda p: p["bytes"]["state"] / 1e6),
                  ("changelogs", lambda p: p["bytes"]["changelogs"] / 1e6)]),
    ("restart, s", [("state lost", lambda p: p["restart"]["secondsWithoutState"]),
                    ("state kept", lambda p: p["restart"]["secondsWithState"])]),
]


def draw(panel, curve, lines):
    for label, figure in lines:
        points = [p for p in curve["points"] if "restart" in p or "restart" not in panel.get_title()]
        panel.plot([f"{p['value']:,}" for p in points], [figure(p) for p in points], marker="o", markersize=3, label=label)
    panel.set_ylim(bottom=0)
    panel.set_xlabel(curve["unit"])
    panel.legend(frameon=False)


def main(figures, picture):
    curves = json.load(open(figures, encoding="utf-8"))["curves"]
    # The same figures give the same bytes.
    plt.rcParams.update({"svg.hashsalt": "callweave", "font.size": 7, "svg.fonttype": "none"})
    columns = 5 if any("restart" in p for c in curves.values() for p in c["points"]) else 4
    sheet, rows = plt.subplots(len(curves), columns, figsize=(2.4 * columns, 2 * len(curves)), squeeze=False)
    for row, curve in zip(rows, curves.values()):
        for panel, (title, lines) in zip(row, PANELS):
            panel.set_title(title, fontsize=7)
            if title.startswith("restart") and not any("restart" in p for p in curve["points"]):
                panel.axis("off")
                panel.set_title("")
            else:
                draw(panel, curve, lines)
    sheet.tight_layout()
    sheet.savefig(picture, metadata={"Date": None}, facecolor="white")


if __name__ == "__main__":
    main(*sys.argv[1:3])

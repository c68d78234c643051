#!/usr/bin/env python3
"""A chip that exists only here: cases as JSON Lines on standard input, cycles and energy of each on standard output."""
import json
import sys
from math import prod

WORDS_PER_CYCLE = 16  # from and to memory
START_UP = 60  # cycles before the first word of a transfer
IDLE = 4  # cycles between two tiles


def simulate(case):
    dims = case["problem"]["dims"]
    outermost, *inner = case["mapping"]
    trips = dict(outermost["temporal"])
    tile = {dim: bound // trips.get(dim, 1) for dim, bound in dims.items()}
    weights, inputs, outputs = (prod(tile.get(dim, 1) for dim in of) for of in ("GRSCK", "GNCPQ", "GNKPQ"))
    steps = prod(count for level in inner for _, count in level["temporal"])
    transfer = 2 * START_UP + (weights + inputs + outputs) // WORDS_PER_CYCLE + 1
    tiles = prod(trips.values())
    return {
        "cycles": START_UP + tiles * (max(steps, transfer) + IDLE),
        "energyPj": prod(dims.values()) + 8 * tiles * (weights + inputs),
    }


for line in sys.stdin:
    case = json.loads(line)
    print(json.dumps({"id": case["id"], **simulate(case)}), flush=True)

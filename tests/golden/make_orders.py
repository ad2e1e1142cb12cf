"""Writes torch-1.13-orders.json: what PyTorch 1.13 gives for the orders, dims and temperatures.

    apt-get install python3-torch
    for cpu in avx2 default; do
      ATEN_CPU_CAPABILITY=$cpu /usr/bin/python3 tests/golden/make_orders.py $cpu.json
    done
    /usr/bin/python3 tests/golden/make_orders.py torch-1.13-orders.json avx2.json default.json

Not part of the build or of any test. Results of more than 80 elements are kept as a hash.
"""

import base64
import json
import os
import sys

ORDERS = ["fill", "zero", "renorm"]
# Sizes around the vector lengths 8 and 16, groups of 32 columns, the cascade's steps of 16 and its
# levels; single rows and columns.
SHAPES = [
    (1, 1), (1, 7), (7, 1), (1, 8), (8, 1), (3, 5), (4, 5), (2, 8), (5, 9), (3, 15), (2, 16),
    (6, 17), (2, 31), (3, 33), (17, 4), (33, 7), (70, 9), (16, 33), (40, 40), (64, 67), (67, 64),
    (150, 35), (1, 300), (300, 1), (2, 1030), (1030, 3), (1025, 41), (2, 8200), (1, 65536),
    (4096, 17), (4096, 1),
]  # fmt: skip
FILLS = ["-1e9", "-inf", "-5", "0"]
# bfloat16: only what it holds exactly, because 1.13 rounds the divisor to it and 2.x does not.
TEMPERATURES = {"float32": [1, 0.7, 2, 0.01, 13.5], "bfloat16": [1, 2, 0.5, 3]}


def fnv1a_64(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 & (2**64 - 1)
    return value


def compute(path):
    import torch

    torch.set_num_threads(1)
    cases = []
    for index, (rows, cols) in enumerate(SHAPES):
        for number, (order, dim, dtype) in enumerate(
            (order, dim, dtype)
            for order in ORDERS
            for dim in (-1, 0)
            for dtype in ("float32", "bfloat16")
        ):
            seed = 1000 * index + number
            fill = FILLS[(index + number) % len(FILLS)]
            temperatures = TEMPERATURES[dtype]
            temperature = temperatures[(index + number // 2) % len(temperatures)]
            torch.manual_seed(seed)
            scores = torch.randn(rows, cols)
            mask = torch.randint(0, 2, (1, cols)).bool()
            x = scores.to(getattr(torch, dtype))
            if order == "fill":
                x = x.masked_fill(mask, float(fill))
            if temperature != 1:
                x = x / temperature
            result = torch.softmax(x, dim)
            if order != "fill":
                result = result.masked_fill(mask, 0)
            if order == "renorm":
                result = result / result.sum(dim, keepdim=True)
            values = result.float()
            values[values.isnan()] = float("nan")  # one bit pattern for all of them
            data = values.numpy().tobytes()
            case = dict(seed=str(seed), rows=rows, cols=cols, fill=fill, dtype=dtype, order=order,
                        dim=dim, temperature=temperature)  # fmt: skip
            if rows * cols <= 80:
                case["probabilities"] = base64.b64encode(data).decode()
            else:
                case["fnv1a64"] = f"{fnv1a_64(data):016x}"
            cases.append(case)
    with open(path, "w") as out:
        json.dump(
            {"torch": torch.__version__, "cpu": os.environ["ATEN_CPU_CAPABILITY"], "cases": cases},
            out,
        )


def join(path, parts):
    loaded = [json.load(open(part)) for part in parts]
    document = {"torch": loaded[0]["torch"]}
    for part in loaded:
        document[part["cpu"]] = part["cases"]
    lines = json.dumps(document).replace('{"seed"', '\n{"seed"')
    with open(path, "w") as out:
        out.write(lines + "\n")


if len(sys.argv) > 2:
    join(sys.argv[1], sys.argv[2:])
else:
    compute(sys.argv[1])

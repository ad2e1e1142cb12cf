"""Writes torch-1.13-gradients.json: what PyTorch 1.13's autograd gives for masked softmax.

    apt-get install python3-torch
    for cpu in avx2 default; do
      ATEN_CPU_CAPABILITY=$cpu /usr/bin/python3 tests/golden/make_gradients.py $cpu.json [rounds]
    done
    /usr/bin/python3 tests/golden/make_gradients.py torch-1.13-gradients.json avx2.json default.json

Not part of the build or of any test. Results of more than 80 elements are kept as a hash. `rounds`
repeats the list with other seeds, for checking more than is kept.
"""

import base64
import json
import os
import sys

ORDERS = ["fill", "zero", "renorm"]
SHAPES = [
    (1, 1), (1, 7), (7, 1), (1, 8), (8, 1), (3, 5), (4, 5), (2, 8), (5, 9), (3, 15), (2, 16),
    (6, 17), (2, 31), (3, 33), (17, 4), (33, 7), (9, 40), (16, 67), (2, 1030),
]  # fmt: skip
FILLS = ["-1e9", "-inf", "-5", "0", "1e-9"]
TEMPERATURES = [1, 1, 0.7, 2, 13.5]


def fnv1a_64(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 & (2**64 - 1)
    return value


def stored(tensor):
    values = tensor.detach().float().contiguous()
    values[values.isnan()] = float("nan")  # one bit pattern for all of them
    data = values.numpy().tobytes()
    if tensor.numel() <= 80:
        return base64.b64encode(data).decode()
    return f"{fnv1a_64(data):016x}"


def gradient(torch, case):
    rows, cols, dim = case["rows"], case["cols"], case["dim"]
    torch.manual_seed(int(case["seed"]))
    scores = torch.randn(rows, cols).requires_grad_()
    mask = torch.randint(0, 2, (1, cols)).bool()
    if case["all_masked"]:
        mask = torch.ones(1, cols).bool()
    upstream = torch.randn(rows, cols)
    x = scores
    if case["order"] == "fill":
        x = x.masked_fill(mask, float(case["fill"]))
    if case["temperature"] != 1:
        x = x / case["temperature"]
    result = torch.softmax(x, dim)
    if case["order"] != "fill":
        result = result.masked_fill(mask, 0)
    if case["order"] == "renorm":
        result = result / result.sum(dim, keepdim=True)
    if case["loss"] == "cross_entropy":
        (-torch.log(result[:, case["target"]])).sum().backward()
    else:
        result.backward(upstream)
    return scores.grad


def compute(path, rounds):
    import torch

    torch.set_num_threads(1)
    cases = []
    for round_number in range(rounds):
        for index, (rows, cols) in enumerate(SHAPES):
            for number, (order, dim, loss) in enumerate(
                (order, dim, loss)
                for order in ORDERS
                for dim in (-1, 0)
                for loss in ("given", "cross_entropy")
            ):
                count = 100 * index + number + 10000 * round_number
                case = dict(
                    seed=str(count), rows=rows, cols=cols, order=order, dim=dim, loss=loss,
                    fill=FILLS[(index + number + round_number) % len(FILLS)],
                    temperature=TEMPERATURES[(index + number // 2) % len(TEMPERATURES)],
                    target=count % cols, all_masked=(index + number) % 7 == 0,
                )  # fmt: skip
                case["gradient"] = stored(gradient(torch, case))
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


if len(sys.argv) > 3:
    join(sys.argv[1], sys.argv[2:])
else:
    compute(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1)

#!/usr/bin/env python3
"""Files as NumPy, safetensors and PyTorch write and print them, into the folder that is named.

Beside each matrix NAME lies what it holds as float32, row-major, in NAME.expected; index.json lists
them. Needs NumPy; what safetensors and PyTorch write is left out, and said, where they are not.
"""

import itertools
import json
import pathlib
import sys

import numpy as np

folder = pathlib.Path(sys.argv[1])
large = "--large" in sys.argv
index = {
    "numpy": np.__version__,
    "safetensors": None,
    "torch": None,
    "files": [],
    "refused": [],
}
random = np.random.default_rng(20231)


def add(name, array, tensor=None, indices=()):
    """The file `name` holds `array` at `indices` of the tensor of that name."""
    matrix = np.atleast_2d(array)
    values = np.ascontiguousarray(matrix, "<f4")
    (folder / f"{name}.{len(index['files'])}.expected").write_bytes(values.tobytes())
    index["files"].append(
        {
            "name": name,
            "expected": f"{name}.{len(index['files'])}.expected",
            "rows": matrix.shape[0],
            "cols": matrix.shape[1],
            "tensor": tensor,
            "slice": list(indices),
        }
    )


def refuse(name, words):
    index["refused"].append({"name": name, "words": words})


def text(name, words, array):
    (folder / name).write_text(words)
    add(name, array)


with np.errstate(over="ignore"):
    NORMAL = random.standard_normal((17, 23)) * 3

# .npy: types, byte orders, orders of dims, versions.
for kind, swap, order, version in itertools.product(
    ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2"), "<>", "CF", ((1, 0), (2, 0), (3, 0))
):
    array = np.asarray(np.abs(NORMAL) * 9 if kind[0] == "u" else NORMAL, swap + kind, order=order)
    name = f"{kind}-{'little' if swap == '<' else 'big'}-{order}-{version[0]}.npy"
    with open(folder / name, "wb") as out:
        np.lib.format.write_array(out, array, version=version)
    add(name, array)
np.save(folder / "bool.npy", NORMAL > 0)
add("bool.npy", NORMAL > 0)
np.save(folder / "row.npy", NORMAL[0])
add("row.npy", NORMAL[0])
HEADS = random.standard_normal((2, 3, 9, 11)).astype("f4")
for order in "CF":
    np.save(folder / f"heads-{order}.npy", np.asarray(HEADS, order=order))
    add(f"heads-{order}.npy", HEADS[1, 2], None, (1, 2))

# .npz: stored and deflated, several arrays, of several dims, Unicode names.
ARRAYS = {"scores": NORMAL.astype("f4"), "mask": NORMAL > 0, "heads": HEADS, "分数": NORMAL}
for name, save in (("stored.npz", np.savez), ("deflated.npz", np.savez_compressed)):
    save(folder / name, **ARRAYS)
    for tensor in ("scores", "mask", "分数"):
        add(name, ARRAYS[tensor], tensor)
    add(name, HEADS[1, 0], "heads", (1, 0))
np.savez(folder / "unnamed.npz", NORMAL)
add("unnamed.npz", NORMAL, "arr_0")

# What NumPy writes and nobody reads as a matrix.
np.save(folder / "object.npy", np.array([{}, None], dtype=object), allow_pickle=True)
refuse("object.npy", "the type")
np.save(folder / "complex.npy", NORMAL.astype("c8"))
refuse("complex.npy", "the type")
np.save(folder / "text.npy", np.array(["a", "b"]))
refuse("text.npy", "the type")
np.save(folder / "empty.npy", np.zeros((0, 5)))
refuse("empty.npy", "rows: 0, values in each: 5, so that it is empty")
np.save(folder / "no-columns.npy", np.zeros((3, 0), "f4"))
refuse("no-columns.npy", "rows: 3, values in each: 0, so that it is empty")
np.save(folder / "wide.npy", np.zeros((2, 70_000), "f2"))
refuse("wide.npy", "65536 columns")

# Texts: as print() and repr() write them, with lines that wrap, and what they leave out.
SMALL = np.round(NORMAL[:5, :20], 4).astype("f4")
EXTREME = np.array([[np.nan, np.inf, -np.inf], [1e-30, 1e30, -0.5]], "f4")
for name, array in (("small", SMALL), ("extreme", EXTREME), ("bool", NORMAL[:4] > 0)):
    text(f"{name}.str.txt", str(array), array)
    text(f"{name}.repr.txt", repr(array), array)
    text(f"{name}.list.txt", str(array.tolist()), array)
np.savetxt(folder / "savetxt.csv", SMALL, delimiter=",")
add("savetxt.csv", SMALL)
np.savetxt(folder / "savetxt.txt", SMALL, header="the scores")
add("savetxt.txt", SMALL)
(folder / "summary.txt").write_text(str(np.zeros((100, 100))))
refuse("summary.txt", "threshold")

if large:
    BIG = (np.arange(4096 * 4096, dtype="f4") % 1013 / 7).reshape(4096, 4096)
    np.save(folder / "large.npy", BIG)
    add("large.npy", BIG)
    np.savez_compressed(folder / "large.npz", big=BIG)
    add("large.npz", BIG, "big")

try:
    import safetensors
    from safetensors.numpy import save_file
except ImportError:
    safetensors = None
if safetensors is not None:
    index["safetensors"] = safetensors.__version__
    # Every type of NumPy's, of different sizes so that they do not lie in the order of names.
    TYPES = {}
    for kind in ("f8", "f4", "f2", "i8", "i4", "i2", "i1", "u8", "u4", "u2", "u1", "?"):
        array = np.abs(NORMAL) * 9 if kind[0] == "u" else NORMAL
        TYPES[f"{kind} of {NORMAL.shape}"] = (NORMAL > 0) if kind == "?" else array.astype(kind)
    TYPES["model.layers.0.attn.heads"] = HEADS
    TYPES["分数"] = NORMAL[0].astype("f4")
    save_file(TYPES, folder / "types.safetensors", metadata={"format": "np", "说明": "{}"})
    for name, array in TYPES.items():
        if array.ndim < 3:
            add("types.safetensors", array, name)
    add("types.safetensors", HEADS[1, 2], "model.layers.0.attn.heads", (1, 2))

    def save_bytes(name, dtype, array):
        """A tensor of a type that NumPy does not have, by its bytes."""
        spec = safetensors.TensorSpec(
            dtype=dtype,
            shape=list(array.shape),
            data_ptr=array.ctypes.data,
            data_len=array.nbytes,
        )
        (folder / name).write_bytes(safetensors.serialize({dtype: spec}))

    UPPER = np.ascontiguousarray(NORMAL.astype("<f4").view("<u4") >> 16).astype("<u2")
    save_bytes("bf16.safetensors", "bfloat16", UPPER)
    add("bf16.safetensors", (UPPER.astype("<u4") << 16).view("<f4"), "bfloat16")
    save_bytes("f8.safetensors", "float8_e4m3fn", np.zeros((2, 2), "u1"))
    refuse("f8.safetensors", "F8_E4M3")
    save_file({}, folder / "none.safetensors")
    refuse("none.safetensors", "tensor")
    if large:
        save_file({"logits": BIG, "mask": BIG > 70}, folder / "large.safetensors")
        add("large.safetensors", BIG, "logits")
        add("large.safetensors", BIG > 70, "mask")

try:
    import torch
except ImportError:
    torch = None
if torch is not None:
    index["torch"] = torch.__version__
    TENSOR = torch.randn(6, 14)
    printed = np.array(TENSOR)
    torch.set_printoptions(precision=8, sci_mode=True)
    text("torch.txt", str(TENSOR), printed)
    text("torch-half.txt", str(TENSOR.half()), TENSOR.half().float().numpy())
    text("torch-bfloat16.txt", str(TENSOR.bfloat16()), TENSOR.bfloat16().float().numpy())
    text("torch-bool.txt", str(TENSOR > 0), printed > 0)
    text("torch-grad.txt", str(TENSOR.clone().requires_grad_() * 1), printed)
    text("torch-list.txt", str(TENSOR.tolist()), printed)
    torch.set_printoptions(profile="default")
    text("torch-extreme.txt", str(torch.tensor([[float("nan"), float("inf")], [2.5, -1]])),
         np.array([[np.nan, np.inf], [2.5, -1]], "f4"))
    (folder / "torch-summary.txt").write_text(str(torch.zeros(100, 100)))
    refuse("torch-summary.txt", "torch.set_printoptions")
    np.save(folder / "torch.npy", TENSOR.numpy())
    add("torch.npy", TENSOR.numpy())
    torch.save(TENSOR, folder / "tensor.pt")
    add("tensor.pt", printed)
    HEADS = torch.randn(2, 3, 5, 5)
    torch.save({"attentions": (HEADS, HEADS.transpose(-1, -2))}, folder / "attentions.pt")
    add("attentions.pt", HEADS[0, 0].T.numpy(), "attentions[1]")
    torch.save(TENSOR.bfloat16(), folder / "bfloat16.pt")
    add("bfloat16.pt", TENSOR.bfloat16().float().numpy())
    torch.save(torch.nn.Linear(3, 2).state_dict(), folder / "state.pt")
    add("state.pt", torch.load(folder / "state.pt")["weight"].numpy(), "weight")
    if large:
        torch.save(torch.from_numpy(BIG), folder / "large.pt")
        add("large.pt", BIG)
    if safetensors is not None:
        from safetensors.torch import save_file as save_tensors

        save_tensors(
            {"attn": HEADS, "half": TENSOR.half(), "bf16": TENSOR.bfloat16(), "mask": TENSOR > 0},
            folder / "torch.safetensors",
        )
        add("torch.safetensors", HEADS[1, 2].numpy(), "attn", (1, 2))
        add("torch.safetensors", TENSOR.half().float().numpy(), "half")
        add("torch.safetensors", TENSOR.bfloat16().float().numpy(), "bf16")
        add("torch.safetensors", printed > 0, "mask")
    torch.save({"w": TENSOR}, folder / "old.pt", _use_new_zipfile_serialization=False)
    refuse("old.pt", "pickle")

(folder / "index.json").write_text(json.dumps(index))

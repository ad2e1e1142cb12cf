#!/usr/bin/python3
"""Writes torch_files.inc: small files as torch.save writes them, in hexadecimal, and their pickles.

Needs Debian's python3-torch (1.13); run it where a file is to be added. `v3` and what is nested
are not PyTorch's own: newer releases build those by functions that 1.13 does not have, so that the
calls are put together here, with the arguments of theirs (torch/_tensor.py, __reduce_ex__).
"""

import collections
import io
import pathlib
import zipfile

import torch

SIX = torch.arange(1, 7, dtype=torch.float32).reshape(2, 3)
CUBE = torch.arange(24, dtype=torch.float32).reshape(2, 2, 2, 3)


class Attention(torch.Tensor):
    """A subclass, which is rebuilt by a call around the call."""


class Output(collections.OrderedDict):
    """As the outputs of models are: a dict of a class of its own."""


def rebuild_tensor_v3(*arguments):
    raise NotImplementedError


rebuild_tensor_v3.__module__ = "torch._utils"
rebuild_tensor_v3.__qualname__ = rebuild_tensor_v3.__name__ = "_rebuild_tensor_v3"
torch._utils._rebuild_tensor_v3 = rebuild_tensor_v3


class Newer:
    def __reduce__(self):
        storage = SIX.storage().untyped()
        return rebuild_tensor_v3, (
            storage, 0, (2, 3), (3, 1), False, collections.OrderedDict(), torch.float32, {}
        )


def rebuild_nested_tensor(*arguments):
    raise NotImplementedError


rebuild_nested_tensor.__module__ = "torch._utils"
rebuild_nested_tensor.__qualname__ = rebuild_nested_tensor.__name__ = "_rebuild_nested_tensor"
torch._utils._rebuild_nested_tensor = rebuild_nested_tensor


class Nested:
    def __reduce__(self):
        return rebuild_nested_tensor, (SIX, torch.tensor([[2, 3]]), torch.tensor([[3, 1]]), SIX[0])


def saved(what, **options):
    out = io.BytesIO()
    torch.save(what, out, **options)
    return out.getvalue()


PAIR = [SIX, SIX]
OUTPUT = Output(attentions=(CUBE, CUBE.transpose(-1, -2)), loss=torch.tensor(0.5))
FILES = {
    "torch_one": saved(SIX),
    "torch_dict": saved(
        {
            "attn": [CUBE, CUBE.transpose(-1, -2)],
            "mask": torch.tensor([[True, False], [False, True]]),
            "weight": torch.nn.Parameter(CUBE[1, 0]),
            "layer": {3: SIX.to(torch.int64), "all": SIX},
            "steps": 100_000,
            "name": "x" * 3,
        }
    ),
    "torch_types": saved(
        {
            "f64": SIX.double(),
            "f16": SIX.half(),
            "bf16": SIX.bfloat16(),
            "i32": SIX.int(),
            "i16": SIX.short(),
            "i8": -SIX.to(torch.int8),
            "u8": SIX.byte(),
            "complex": SIX.to(torch.complex64),
        }
    ),
    "torch_views": saved(
        [SIX[:, 1:], SIX[0].expand(3, 3), SIX[1], torch.tensor(1.5), torch.zeros(0, 3)]
    ),
    "torch_module": saved(torch.nn.Linear(3, 2)),
    "torch_subclass": saved(SIX.as_subclass(Attention)),
    "torch_output": saved(OUTPUT, pickle_protocol=4),
    "torch_v3": saved(Newer()),
    "torch_tied": saved(
        {"emb.weight": SIX, "lm_head.weight": SIX, 1: SIX, 2: SIX, "pair": PAIR, "again": PAIR}
    ),
    "torch_forms": saved(
        {
            "coo": SIX.to_sparse(),
            "csr": SIX.to_sparse_csr(),
            "quantized": torch.quantize_per_tensor(SIX, 0.1, 0, torch.qint8),
            "meta": torch.zeros(4, 5, device="meta"),
            "nested": Nested(),
            "parameter": torch.nn.Parameter(SIX.to_sparse()),
            "dense": SIX,
        }
    ),
    "torch_sparse": saved(SIX.to_sparse()),
    "torch_nothing": saved({"seed": 333512}),
    "torch_legacy": saved(SIX, _use_new_zipfile_serialization=False),
}


def pickle_of(file):
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return archive.read("archive/data.pkl")


def main():
    lines = ["// Made by make_torch_files.py."]
    for name, file in FILES.items():
        lines.append(f'FILE({name}, "{file.hex()}")')
        if name != "torch_legacy":
            lines.append(f'FILE({name}_pickle, "{pickle_of(file).hex()}")')
    path = pathlib.Path(__file__).with_name("torch_files.inc")
    path.write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()

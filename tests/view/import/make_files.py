#!/usr/bin/env python3
"""Writes files.inc: small files as NumPy and safetensors write them, in hexadecimal.

Needs Debian's python3-numpy (1.24) and the safetensors (0.8) that tools/test fetches; run it where a
file is to be added.
"""

import io
import pathlib
import struct
import sys
import zipfile

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "build/third_party/safetensors"))
import safetensors  # noqa: E402


def npy(array, version=(1, 0)):
    out = io.BytesIO()
    np.lib.format.write_array(out, array, version=version)
    return out.getvalue()


def serialize(tensors, metadata):
    """By bytes, as NumPy has no bfloat16."""
    specs = {
        name: safetensors.TensorSpec(
            dtype=dtype,
            shape=list(array.shape),
            data_ptr=array.ctypes.data,
            data_len=array.nbytes,
        )
        for name, (dtype, array) in tensors.items()
    }
    return safetensors.serialize(specs, metadata)


SIX = np.arange(1, 7).reshape(2, 3)
CUBE = np.arange(24, dtype="<f4").reshape(2, 2, 2, 3)
EXTREMES = np.array([np.nan, np.inf, -np.inf, -0.0, 1e308, 0.1])
BF16 = (SIX.astype("<f4").view("<u4") >> 16).astype("<u2")


def npz(save, **arrays):
    out = io.BytesIO()
    save(out, **arrays)
    return out.getvalue()


def npz_zip64():
    """As NumPy writes archives that need 64 bits: with limits that these bytes are beyond."""
    limits = zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT
    zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = 10, 1
    try:
        return npz(np.savez, scores=SIX.astype("<f4"), mask=np.eye(2, dtype=bool))
    finally:
        zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = limits


def npz_bomb():
    """A member of 200,000 bytes whose directory says that it has 152, as its header does."""
    out = io.BytesIO()
    member = npy(SIX.astype("<f4"))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        # Without the time of day, so that the file is always the same.
        info = zipfile.ZipInfo("x.npy")
        archive.writestr(info, member + bytes(200_000), zipfile.ZIP_DEFLATED)
    lie = out.getvalue()
    return lie.replace(struct.pack("<I", len(member) + 200_000), struct.pack("<I", len(member)))


FILES = {
    "six_f2": npy(SIX.astype("<f2")),
    "six_f4": npy(SIX.astype("<f4")),
    "six_f8": npy(SIX.astype("<f8")),
    "six_f2_big": npy(SIX.astype(">f2")),
    "six_f4_big": npy(SIX.astype(">f4")),
    "six_f8_big": npy(SIX.astype(">f8")),
    "six_u1": npy(SIX.astype("u1")),
    "six_i8": npy(SIX.astype("<i8")),
    "six_u4_big": npy(SIX.astype(">u4")),
    "six_f4_fortran": npy(np.asfortranarray(SIX.astype("<f4"))),
    "six_f4_version_2": npy(SIX.astype("<f4"), (2, 0)),
    "six_f4_version_3": npy(SIX.astype("<f4"), (3, 0)),
    "row_i2": npy(np.array([-1, 2, -32768], "<i2")),
    "scalar": npy(np.array(1.5, "<f4")),
    "bool": npy(np.array([[True, False], [False, True]])),
    "cube": npy(CUBE),
    "cube_fortran": npy(np.asfortranarray(CUBE)),
    "extremes": npy(EXTREMES),
    "empty": npy(np.zeros((0, 3))),
    "complex": npy(np.zeros(2, "<c8")),
    "fields": npy(np.zeros(1, [("a", "<f4")])),
    "npz_stored": npz(np.savez, scores=SIX.astype("<f4"), mask=np.eye(2, dtype=bool)),
    "npz_deflated": npz(np.savez_compressed, scores=SIX.astype("<f4"), mask=np.eye(2, dtype=bool)),
    "npz_zip64": npz_zip64(),
    "npz_bomb": npz_bomb(),
    "safetensors": serialize(
        {
            "f32": ("float32", SIX.astype("<f4")),
            "f16": ("float16", SIX.astype("<f2")),
            "bf16": ("bfloat16", BF16),
            "f64": ("float64", SIX.astype("<f8")),
            "bool": ("bool", np.eye(2, dtype=bool)),
            "u8": ("uint8", SIX.astype("u1")),
            "i64": ("int64", SIX.astype("<i8")),
            "layers": ("float32", CUBE),
        },
        {"format": "pt"},
    ),
}

lines = ["// Made by make_files.py.\n"]
for name, data in FILES.items():
    assert len(data) < 2048, name
    lines.append(f'FILE({name}, "{data.hex()}")\n')
pathlib.Path(__file__).with_name("files.inc").write_text("".join(lines))

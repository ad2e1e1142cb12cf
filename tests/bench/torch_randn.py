"""PyTorch's randn, timed: reads lines of "<seed> <n>", answers "<milliseconds> <SHA-256>"."""

import hashlib
import sys
import time

import torch

torch.set_num_threads(1)
print(torch.__version__, flush=True)
for line in sys.stdin:
    seed, n = map(int, line.split())
    start = time.perf_counter()
    torch.manual_seed(seed)
    values = torch.randn(n)
    ms = (time.perf_counter() - start) * 1e3
    digest = hashlib.sha256(values.numpy().tobytes()).hexdigest()
    print(ms, digest, flush=True)

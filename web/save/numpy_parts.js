// PyTorch's arithmetic in NumPy, piece by piece: what src/core computes, in Python. A program has the
// pieces that it needs (numpy_program.js).

/** @typedef {(id: string, ...values: unknown[]) => string} Say   a text in the reader's language */

/** a * b + c rounded once. @param {Say} text */
export const fma = (text) => `def fma(a, b, c):
    """${text("programFma")}"""
    product = np.multiply(a, b, dtype=np.float64)
    total = np.add(product, c, dtype=np.float64)
    part = total - product
    lost = (product - (total - part)) + (c - part)
    even = total.view(np.int64) % 2 == 0
    odd = np.nextafter(total, np.where(lost > 0, np.inf, -np.inf))
    return np.where(even & (lost != 0), odd, total).astype(f32)
`;

/** The exponential of PyTorch's vectors, SLEEF's expf. @param {Say} text */
export const vectorExp = (text) => `def exp(x):
    """${text("programExp")}"""
    d = np.clip(x, f32(-104), f32(100))
    q = np.rint(d * f32(1.4426950408889634))
    s = fma(q, f32(-0.693145751953125), d)
    s = fma(q, f32(-1.428606765330187e-06), s)
    u = f32(0.00019852761761285365)
    for c in (0.0013930436, 0.00833336, 0.041666485, 0.16666667, 0.5):
        u = fma(u, s, f32(c))
    u = f32(1) + fma(s * s, u, s)
    return np.where(x < f32(-104), f32(0), np.ldexp(u, q.astype(np.int32)))
`;

/** The exponential of the C library. @param {Say} text */
export const libmExp = (text) => `def exp_libm(x):
    """${text("programExpLibm")}"""
    wide = np.clip(x, f32(-104), f32(100)).astype(np.float64)
    high = wide * float.fromhex("0x1.7154765p+5")
    low = wide * float.fromhex("0x1.5c17fp-26")
    k = np.nan_to_num(np.rint(high + low)).astype(np.int32)
    r = (high - k) + low
    power = np.ldexp(np.array([2 ** (i / 32) for i in range(32)])[k % 32], k // 32)
    a = float.fromhex("0x1.c6af84b912394p-5") / 32**3
    b = float.fromhex("0x1.ebfce50fac4f3p-3") / 32**2
    c = float.fromhex("0x1.62e42ff0c52d6p-1") / 32
    return (((a * r + b) * (r * r) + (c * r + 1)) * power).astype(f32)
`;

/** @param {Say} text */
export const half = (text) => `def rounded(x):
    """${text("programHalf")}"""
    return np.asarray(x, f32).astype(np.float16).astype(f32)
`;

/** @param {Say} text */
export const bfloat16 = (text) => `def rounded(x):
    """${text("programBfloat16")}"""
    bits = np.asarray(x, f32).view(np.uint32)
    odd = bits >> np.uint32(16) & np.uint32(1)
    near = bits + (np.uint32(0x7FFF) + odd) & np.uint32(0xFFFF0000)
    return np.where(np.isnan(x), f32(np.nan), near.view(f32))
`;

/** Sums as torch.sum() takes them. @param {Say} text */
export const cascade = (text) => `def cascade(x):
    """${text("programCascade")}"""
    power = max(4, max(1, (len(x) - 1).bit_length()) // 4)
    step, i = 2**power, 0
    level = np.zeros((4, *x.shape[1:]), f32)
    while i + step <= len(x):
        for j in range(step):
            level[0] += x[i + j]
        i += step
        for j in range(1, 4):
            level[j] += level[j - 1]
            level[j - 1] = 0
            if i & (step - 1) << (j * power):
                break
    for row in x[i:]:
        level[0] += row
    return level[0] + level[1] + level[2] + level[3]


def four(x):
    n = len(x) // 4 * 4
    a, b, c, d = (cascade(x[k:n:4]) for k in range(4))
    for row in x[n:]:
        a = a + row
    return a + b + c + d
`;

/** torch.randn from 16 numbers on. @param {Say} text */
export const randn = (text) => `def uniform(n):
    draws = twister.randint(0, 2**32, n, np.uint32)
    return (draws & np.uint32(0xFFFFFF)).astype(f32) * f32(2**-24)


def log(x):
    bits = x.view(np.uint32)
    e = (bits >> np.uint32(23)).astype(np.int32) - 126
    m = (bits & np.uint32(0x7FFFFF) | np.uint32(0x3F000000)).view(f32)
    low = m < f32(0.70710677)
    e = np.where(low, e - 1, e).astype(f32)
    m = (m - f32(1)) + np.where(low, m, f32(0))
    z, y = m * m, f32(7.0376836292e-2)
    for c in (-1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1,
              -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1):
        y = fma(y, m, f32(c))
    y = fma(y * m, z, e * f32(-2.12194440e-4))
    y = fma(-z, f32(0.5), y)
    return fma(e, f32(0.693359375), m + y)


def sincos(x):
    j = (x * f32(1.27323954473516)).astype(np.int32) + 1 & ~1
    f = j.astype(f32)
    for c in (-0.78515625, -2.4187564849853515625e-4, -3.77489497744594108e-8):
        x = fma(f, f32(c), x)
    z = x * x
    c = fma(f32(2.443315711809948e-5), z, f32(-1.388731625493765e-3))
    c = fma(c, z, f32(4.166664568298827e-2)) * z
    c = fma(c, z, z * f32(-0.5)) + f32(1)
    s = fma(f32(-1.9515295891e-4), z, f32(8.3321608736e-3))
    s = fma(s, z, f32(-1.6666654611e-1)) * z
    s = fma(s, x, x)
    swap = j & 2 != 0
    sin, cos = np.where(swap, c, s), np.where(swap, s, c)
    return np.where(j & 4, -sin, sin), np.where(j - 2 & 4, cos, -cos)


def normal(u):
    first, second = np.moveaxis(u.reshape(-1, 2, 8), 1, 0)
    radius = np.sqrt(f32(-2) * log(f32(1) - first))
    sin, cos = sincos(f32(6.283185307179586) * second)
    return np.stack([radius * cos, radius * sin], 1).reshape(-1) + f32(0)


def randn(n):
    """${text("programRandn")}"""
    values, whole = uniform(n), n // 16 * 16
    values[:whole] = normal(values[:whole])
    if whole < n:
        values[-16:] = normal(uniform(16))
    return values
`;

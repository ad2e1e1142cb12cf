#include "core/generator.h"

#include <cmath>
#include <numbers>
#include <utility>

#include "core/double_math.h"
#include "core/normal_block.h"

namespace softmask::core {
namespace {

// From this many possible values on, PyTorch's randint takes 64 bits instead of 32 per number.
// (Before 2.7 the border was 2^32.)
constexpr uint64_t kRangeFor64Bits = uint64_t{1} << 28;

}  // namespace

Generator::Generator(uint64_t seed, Cpu cpu) : engine_(static_cast<uint32_t>(seed)), cpu_(cpu) {}

void Generator::manual_seed(uint64_t seed) {
  engine_.seed(static_cast<uint32_t>(seed));
  next_normal_.reset();
}

float Generator::uniform_float() {
  return static_cast<float>(engine_.random() & 0xffffffu) * 0x1p-24f;
}

double Generator::uniform_double() {
  return static_cast<double>(engine_.random64() & ((uint64_t{1} << 53) - 1)) * 0x1p-53;
}

void Generator::rand(std::span<float> out) {
  while (!out.empty()) {
    const std::span<const uint32_t> words = engine_.take(out.size());
    for (size_t i = 0; i < words.size(); ++i) {
      // A signed conversion of 24 bits, which vectors have.
      const auto bits = static_cast<int32_t>(Mt19937::temper(words[i]) & 0xffffffu);
      out[i] = static_cast<float>(bits) * 0x1p-24f;
    }
    out = out.subspan(words.size());
  }
}

void Generator::randn(std::span<float> out) {
  if (out.size() < kNormalBlock) {
    randn_short(out);
  } else {
    randn_blocks(out);
  }
}

void Generator::randn_short(std::span<float> out) {
  for (float& value : out) {
    if (next_normal_.has_value()) {
      value = static_cast<float>(*next_normal_);
      next_normal_.reset();
      continue;
    }
    const double u1 = uniform_double();
    const double u2 = uniform_double();
    const double radius = std::sqrt(-2.0 * double_math::log(1.0 - u2));
    const double_math::SinCos angle = double_math::sincos(2.0 * std::numbers::pi * u1);
    next_normal_ = radius * angle.sin;
    value = static_cast<float>(radius * angle.cos);
  }
}

void Generator::randn_blocks(std::span<float> out) {
  rand(out);
  const size_t whole = out.size() / kNormalBlock * kNormalBlock;
  for (size_t i = 0; i < whole; i += kNormalBlock) {
    normal_block(cpu_, out.subspan(i).first<kNormalBlock>());
  }
  if (whole != out.size()) {
    // The last partial block: the 16 last values are drawn again, those already done among them.
    const auto last = out.last<kNormalBlock>();
    rand(last);
    normal_block(cpu_, last);
  }
}

Status Generator::randint(int64_t low, int64_t high, std::span<int64_t> out) {
  if (low >= high) {
    return Status::range("low must be below high");
  }
  // Unsigned, because high - low may pass 2^63 - 1; the sums wrap around as they do in PyTorch.
  const uint64_t base = static_cast<uint64_t>(low);
  const uint64_t range = static_cast<uint64_t>(high) - base;
  for (int64_t& value : out) {
    const uint64_t draw = range >= kRangeFor64Bits ? engine_.random64() : engine_.random();
    value = static_cast<int64_t>(draw % range + base);
  }
  return {};
}

Status Generator::bernoulli(double p, std::span<float> out) {
  if (!(p >= 0.0 && p <= 1.0)) {
    return Status::range("p must be a probability, 0 … 1");
  }
  const float threshold = static_cast<float>(p);
  for (float& value : out) value = uniform_float() < threshold ? 1.0f : 0.0f;
  return {};
}

void Generator::randperm(std::span<int64_t> out) {
  const size_t n = out.size();
  for (size_t i = 0; i < n; ++i) out[i] = static_cast<int64_t>(i);
  for (size_t i = 0; i + 1 < n; ++i) {
    std::swap(out[i], out[i + engine_.random() % (n - i)]);
  }
}

}  // namespace softmask::core

// Bytes of a fuzzer as choices and numbers.
#ifndef SOFTMASK_TESTS_FUZZ_FUZZ_INPUT_H_
#define SOFTMASK_TESTS_FUZZ_FUZZ_INPUT_H_

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "special_floats.h"

namespace softmask {

// Takes the bytes from the front on; behind their end there are zeros.
class FuzzInput {
 public:
  FuzzInput(const uint8_t* data, size_t size) : data_(data), size_(size) {}

  bool empty() const { return size_ == 0; }

  uint8_t byte() {
    if (size_ == 0) return 0;
    --size_;
    return *data_++;
  }
  // 0 … count-1, for a count of up to 256.
  size_t below(size_t count) { return byte() % count; }
  template <class T, size_t n>
  T one_of(const T (&choices)[n]) {
    return choices[below(n)];
  }
  // Any value of the type.
  template <class T>
  T bits() {
    T value{};
    uint8_t raw[sizeof value];
    for (uint8_t& part : raw) part = byte();
    std::memcpy(&value, raw, sizeof value);
    return value;
  }
  // Up to `longest` bytes: as many as the next one says.
  std::string_view text(size_t longest) {
    const size_t wanted = below(longest + 1);
    const size_t length = wanted < size_ ? wanted : size_;
    const std::string_view piece(reinterpret_cast<const char*>(data_), length);
    data_ += length;
    size_ -= length;
    return piece;
  }

  // A score such as people have, an awkward one, or any float at all; one to five bytes.
  float score() {
    const uint8_t kind = byte();
    if (kind < 96) return previous_ = static_cast<float>(kind - 48) / 16;
    if (kind < 160) return previous_ = static_cast<float>(bits<int16_t>()) / 256;
    if (kind < 192) return previous_ = kAwkward[kind % kAwkward.size()];
    if (kind < 216) return previous_ = near(previous_, kind % 8);
    if (kind < 240) return previous_ = near(previous_ - kAwkwardDistances[kind % 3], kind / 3 % 8);
    return previous_ = bits<float>();
  }

 private:
  static constexpr std::array<float, 16> kAwkward = {
      kInf,     -kInf, kNan,    0.0f,     -0.0f,  1e-45f,   -1e-38f, 3.4e38f,
      -3.4e38f, -1e9f, -104.0f, -103.97f, -88.0f, 65504.0f, 1e-9f,   16777216.0f};
  // Where an exponential becomes subnormal, where it becomes 0, and more than a bin of a session.
  static constexpr std::array<float, 3> kAwkwardDistances = {87.33655f, 103.972084f, 132.5f};

  // Some floats further up or down.
  static float near(float value, int step) {
    for (int i = 0; i < step / 2; ++i) value = std::nextafter(value, step % 2 == 0 ? kInf : -kInf);
    return value;
  }

  const uint8_t* data_;
  size_t size_;
  float previous_ = 0;
};

// The same floats bit by bit, but that there is only one NaN.
inline bool same_floats(std::span<const float> a, std::span<const float> b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    const bool equal = std::memcmp(&a[i], &b[i], sizeof a[i]) == 0;
    if (!equal && !(std::isnan(a[i]) && std::isnan(b[i]))) return false;
  }
  return true;
}

}  // namespace softmask

#endif  // SOFTMASK_TESTS_FUZZ_FUZZ_INPUT_H_

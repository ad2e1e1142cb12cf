// Reads tests/golden and compares bits.
#ifndef SOFTMASK_TESTS_CORE_GOLDEN_H_
#define SOFTMASK_TESTS_CORE_GOLDEN_H_

#include <gtest/gtest.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "core/masked_softmax.h"

namespace softmask::core {

using Json = nlohmann::json;

// A file of tests/golden. A file that is missing or damaged fails the test and gives null.
Json golden_file(const std::string& name);

std::vector<float> floats_from(const Json& base64);
std::vector<int64_t> integers_from(const Json& base64);
std::vector<uint8_t> bytes_from(const Json& base64);

uint64_t seed_from(const Json& decimal);
double fill_from(const Json& text);  // "finfo.min", "-inf", "1e-9" …
Cpu cpu_from(const std::string& name);
Dtype dtype_from(const std::string& name);

// Equal bit for bit, NaN with any NaN.
::testing::AssertionResult same_bits(std::span<const float> actual,
                                     std::span<const float> expected);

// The FNV-1a hash of the floats' bytes, every NaN taken as 0x7fc00000.
uint64_t fnv1a_64(std::span<const float> values);

// masked_softmax of a matrix that must not be refused.
struct Softmaxed {
  std::vector<float> masked_scores;
  std::vector<float> probabilities;
};
Softmaxed softmaxed(std::span<const float> scores, int rows, int cols,
                    std::span<const uint8_t> mask, const MaskedSoftmaxOptions& options);

}  // namespace softmask::core

#endif  // SOFTMASK_TESTS_CORE_GOLDEN_H_

#include "core/golden.h"

#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>
#include <sstream>

#include "core/bit_cast.h"

namespace softmask::core {
namespace {

std::vector<uint8_t> decode_base64(const std::string& text) {
  static const std::string kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::vector<uint8_t> bytes;
  uint32_t bits = 0;
  int count = 0;
  for (const char letter : text) {
    const size_t digit = kDigits.find(letter);
    if (digit == std::string::npos) break;  // the padding
    bits = (bits << 6) | static_cast<uint32_t>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push_back(static_cast<uint8_t>(bits >> count));
  }
  return bytes;
}

template <class T>
std::vector<T> values_from(const Json& base64) {
  const std::vector<uint8_t> bytes = decode_base64(base64.get<std::string>());
  std::vector<T> values(bytes.size() / sizeof(T));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), values.size() * sizeof(T));
  return values;
}

}  // namespace

Json golden_file(const std::string& name) {
  std::ifstream file(std::string(SOFTMASK_GOLDEN_DIR) + "/" + name);
  Json json = Json::parse(file, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) {
    ADD_FAILURE() << "cannot read " << name;
    return {};
  }
  return json;
}

std::vector<float> floats_from(const Json& base64) { return values_from<float>(base64); }
std::vector<int64_t> integers_from(const Json& base64) { return values_from<int64_t>(base64); }
std::vector<uint8_t> bytes_from(const Json& base64) { return values_from<uint8_t>(base64); }

uint64_t seed_from(const Json& decimal) {
  return std::strtoull(decimal.get<std::string>().c_str(), nullptr, 10);
}

double fill_from(const Json& text) {
  const auto spelled = text.get<std::string>();
  return spelled == "finfo.min" ? finfo_min(Dtype::kFloat32)
                                : std::strtod(spelled.c_str(), nullptr);
}

Cpu cpu_from(const std::string& name) {
  return name == "default" || name == "DEFAULT" ? Cpu::kDefault : Cpu::kAvx2;
}

Dtype dtype_from(const std::string& name) {
  if (name == "float16") return Dtype::kFloat16;
  return name == "bfloat16" ? Dtype::kBFloat16 : Dtype::kFloat32;
}

::testing::AssertionResult same_bits(std::span<const float> actual,
                                     std::span<const float> expected) {
  if (actual.size() != expected.size()) {
    return ::testing::AssertionFailure()
           << actual.size() << " values instead of " << expected.size();
  }
  for (size_t i = 0; i < actual.size(); ++i) {
    if (std::isnan(actual[i]) && std::isnan(expected[i])) continue;
    if (bit_cast<uint32_t>(actual[i]) == bit_cast<uint32_t>(expected[i])) continue;
    std::ostringstream text;
    text << std::hexfloat << "value " << i << " is " << actual[i] << " instead of " << expected[i];
    return ::testing::AssertionFailure() << text.str();
  }
  return ::testing::AssertionSuccess();
}

uint64_t fnv1a_64(std::span<const float> values) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const float value : values) {
    const uint32_t bits = std::isnan(value) ? 0x7fc00000u : bit_cast<uint32_t>(value);
    for (int shift = 0; shift < 32; shift += 8) {
      hash = (hash ^ ((bits >> shift) & 0xffu)) * 0x100000001b3;
    }
  }
  return hash;
}

Softmaxed softmaxed(std::span<const float> scores, int rows, int cols,
                    std::span<const uint8_t> mask, const MaskedSoftmaxOptions& options) {
  Softmaxed result{std::vector<float>(scores.size()), std::vector<float>(scores.size())};
  const Status status =
      masked_softmax(scores, rows, cols, mask.data(), static_cast<int>(mask.size()) / cols, options,
                     result.masked_scores, result.probabilities);
  EXPECT_TRUE(status.ok()) << status.message;
  return result;
}

}  // namespace softmask::core

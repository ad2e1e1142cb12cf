// Base64 with the URL alphabet (RFC 4648 section 5), for float32 values in a fragment.
#ifndef SOFTMASK_VIEW_BASE64URL_H_
#define SOFTMASK_VIEW_BASE64URL_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace softmask::view {

// Little-endian float32, without padding. Keeps every bit, NaN payloads too.
std::string floats_to_base64url(std::span<const float> values);

// The inverse; with or without '=' padding. Nothing for another alphabet, a wrong length, stray
// bits at the end, or bytes that are not whole floats.
std::optional<std::vector<float>> floats_from_base64url(std::string_view text);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_BASE64URL_H_

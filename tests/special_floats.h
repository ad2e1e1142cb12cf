// The values that tests of floats name again and again.
#ifndef SOFTMASK_TESTS_SPECIAL_FLOATS_H_
#define SOFTMASK_TESTS_SPECIAL_FLOATS_H_

#include <limits>

namespace softmask {

inline constexpr float kInf = std::numeric_limits<float>::infinity();
inline constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

}  // namespace softmask

#endif  // SOFTMASK_TESTS_SPECIAL_FLOATS_H_

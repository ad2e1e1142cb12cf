// What every fuzz target begins with.
#ifndef SOFTMASK_TESTS_FUZZ_FUZZ_TARGET_H_
#define SOFTMASK_TESTS_FUZZ_FUZZ_TARGET_H_

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace softmask {

// One input: returns where all that the target promises holds, ends the program where it does not.
using FuzzTarget = void (*)(const uint8_t* data, size_t size);

// Of the tests (fuzz_test.cpp), which run every target of a build without libFuzzer.
bool register_fuzz_target(const char* name, FuzzTarget target);

// Ends the run with a finding, also without assertions.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

// The same for a check that says itself what does not hold; nothing where all does.
inline void require_none(const std::string& problem) { require(problem.empty(), problem.c_str()); }

}  // namespace softmask

// SOFTMASK_FUZZ_TARGET(state_codec) { … data, size … } in tests/fuzz/state_codec_fuzz.cpp: the
// entry of libFuzzer's program, or one of those that fuzz_tests runs.
#ifdef SOFTMASK_LIBFUZZER
#define SOFTMASK_FUZZ_ENTRY(name)                                           \
  extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);  \
  extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) { \
    name##_fuzz(data, size);                                                \
    return 0;                                                               \
  }
#else
#define SOFTMASK_FUZZ_ENTRY(name)                           \
  [[maybe_unused]] static const bool name##_is_registered = \
      softmask::register_fuzz_target(#name, name##_fuzz);
#endif
#define SOFTMASK_FUZZ_TARGET(name)                           \
  static void name##_fuzz(const uint8_t* data, size_t size); \
  SOFTMASK_FUZZ_ENTRY(name)                                  \
  static void name##_fuzz([[maybe_unused]] const uint8_t* data, [[maybe_unused]] size_t size)

#endif  // SOFTMASK_TESTS_FUZZ_FUZZ_TARGET_H_

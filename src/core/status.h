// How core says that it refuses something.
//
// No function of core throws, aborts or prints. A function that can refuse its arguments returns
// a Status (or a Result) and leaves every output as it was: nothing is ever half-done.
#ifndef SOFTMASK_CORE_STATUS_H_
#define SOFTMASK_CORE_STATUS_H_

#include <cstdint>
#include <string>
#include <utility>

namespace softmask::core {

// Which JavaScript error a refusal becomes at the outer boundary.
enum class ErrorKind : uint8_t {
  kNone,   // no refusal
  kRange,  // a value of the right type outside the allowed range: RangeError
  kType,   // a value of the wrong type, or an unknown name: TypeError
};

// The outcome of a call. `message` is empty exactly when `ok()`; otherwise it is a whole sentence
// in words for the reader, naming the argument, its value and what is allowed.
struct Status {
  ErrorKind kind = ErrorKind::kNone;
  std::string message;

  bool ok() const { return kind == ErrorKind::kNone; }

  static Status range(std::string message) { return {ErrorKind::kRange, std::move(message)}; }
  static Status type(std::string message) { return {ErrorKind::kType, std::move(message)}; }
};

// A value, or the reason why there is none. `value` is only meaningful when `ok()`.
template <class T>
struct Result {
  T value{};
  Status status{};

  bool ok() const { return status.ok(); }
};

}  // namespace softmask::core

#endif  // SOFTMASK_CORE_STATUS_H_

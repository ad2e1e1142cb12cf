// The C interface of core-simd.wasm and core-scalar.wasm, which web/core.js calls. It has no logic:
// every function hands its arguments on to core. core.js checks types and lengths beforehand and
// owns every buffer; pointers come from softmask_alloc.
//
// Enumerations travel as the integers of core/types.h and core/tensor_text.h. A function that can
// refuse returns the ErrorKind (0: done), its reason being softmask_text afterwards.
#include <cstdint>
#include <cstdlib>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "core/generator.h"
#include "core/mask_session.h"
#include "core/masked_softmax.h"
#include "core/tensor_text.h"

using softmask::core::Cpu;
using softmask::core::Dtype;
using softmask::core::Generator;
using softmask::core::MaskedSoftmaxOptions;
using softmask::core::MaskSession;
using softmask::core::Method;
using softmask::core::Order;
using softmask::core::PrintStyle;
using softmask::core::Status;
using softmask::core::TensorTextOptions;

namespace {

// The last text or refusal. One is enough: a module has one thread, and core.js copies it at once.
std::string& last_text() {
  static std::string text;
  return text;
}

int report(Status status) {
  last_text() = std::move(status.message);
  return static_cast<int>(status.kind);
}

template <class T>
std::span<T> span_of(T* data, int count) {
  return {data, static_cast<size_t>(count)};
}

// core.js keeps a generator between calls as plain bytes.
static_assert(std::is_trivially_copyable_v<Generator>);

}  // namespace

#define SOFTMASK_EXPORT(name) extern "C" __attribute__((export_name(#name)))

SOFTMASK_EXPORT(softmask_alloc) void* softmask_alloc(size_t bytes) { return std::malloc(bytes); }

SOFTMASK_EXPORT(softmask_free) void softmask_free(void* memory) { std::free(memory); }

SOFTMASK_EXPORT(softmask_text) const char* softmask_text() { return last_text().c_str(); }

SOFTMASK_EXPORT(softmask_kernel) void softmask_kernel() {
  last_text() = softmask::core::fast_kernel_name();
}

SOFTMASK_EXPORT(softmask_generator_bytes) size_t softmask_generator_bytes() {
  return sizeof(Generator);
}

SOFTMASK_EXPORT(softmask_generator_seed)
void softmask_generator_seed(void* memory, uint32_t seed_low, uint32_t seed_high, int cpu) {
  new (memory) Generator((uint64_t{seed_high} << 32) | seed_low, static_cast<Cpu>(cpu));
}

SOFTMASK_EXPORT(softmask_rand) void softmask_rand(Generator* generator, float* out, int n) {
  generator->rand(span_of(out, n));
}

SOFTMASK_EXPORT(softmask_randn) void softmask_randn(Generator* generator, float* out, int n) {
  generator->randn(span_of(out, n));
}

// The bounds are integers within ±2^53, which double holds exactly.
SOFTMASK_EXPORT(softmask_randint)
int softmask_randint(Generator* generator, double low, double high, int64_t* out, int n) {
  return report(
      generator->randint(static_cast<int64_t>(low), static_cast<int64_t>(high), span_of(out, n)));
}

SOFTMASK_EXPORT(softmask_bernoulli)
int softmask_bernoulli(Generator* generator, double p, float* out, int n) {
  return report(generator->bernoulli(p, span_of(out, n)));
}

SOFTMASK_EXPORT(softmask_randperm)
void softmask_randperm(Generator* generator, int64_t* out, int n) {
  generator->randperm(span_of(out, n));
}

SOFTMASK_EXPORT(softmask_masked_softmax)
int softmask_masked_softmax(const float* scores, int rows, int cols, const uint8_t* mask,
                            int mask_rows, double fill, int dtype, int order, int dim,
                            double temperature, int method, int cpu, float* masked_scores,
                            float* probabilities) {
  const MaskedSoftmaxOptions options{
      fill,        static_cast<Dtype>(dtype),   static_cast<Order>(order), dim,
      temperature, static_cast<Method>(method), static_cast<Cpu>(cpu)};
  const int count = rows * cols;
  const int masked_count = masked_scores == nullptr ? 0 : count;
  return report(softmask::core::masked_softmax(span_of(scores, count), rows, cols, mask, mask_rows,
                                               options, span_of(masked_scores, masked_count),
                                               span_of(probabilities, count)));
}

// Null where there is no memory; to be given back by softmask_session_free.
SOFTMASK_EXPORT(softmask_session_new) MaskSession* softmask_session_new(int rows, int cols) {
  return MaskSession::create(rows, cols).release();
}

SOFTMASK_EXPORT(softmask_session_free) void softmask_session_free(MaskSession* session) {
  delete session;
}

SOFTMASK_EXPORT(softmask_session_rows)
void softmask_session_rows(MaskSession* session, int first, int count, const float* scores) {
  session->set_rows(first, count, scores);
}

SOFTMASK_EXPORT(softmask_session_fill)
int softmask_session_fill(MaskSession* session, double fill) {
  return report(session->set_fill(fill));
}

SOFTMASK_EXPORT(softmask_session_column)
void softmask_session_column(MaskSession* session, int col, int masked) {
  session->set_column(col, masked != 0);
}

SOFTMASK_EXPORT(softmask_session_scale)
void softmask_session_scale(const MaskSession* session, float* scales) {
  session->row_scale(scales);
}

SOFTMASK_EXPORT(softmask_session_probabilities)
void softmask_session_probabilities(const MaskSession* session, int first, int count, float* out) {
  session->probabilities(first, count, out);
}

// sci_mode: 0 or 1, or -1 for a decision from the values.
SOFTMASK_EXPORT(softmask_float_text)
void softmask_float_text(const float* data, int rows, int cols, int precision, int sci_mode,
                         int style) {
  TensorTextOptions options;
  options.precision = precision;
  if (sci_mode >= 0) options.sci_mode = sci_mode != 0;
  options.style = static_cast<PrintStyle>(style);
  last_text() = softmask::core::tensor_text(span_of(data, rows * cols), rows, cols, options);
}

SOFTMASK_EXPORT(softmask_bool_text)
void softmask_bool_text(const uint8_t* data, int rows, int cols) {
  last_text() = softmask::core::tensor_text(span_of(data, rows * cols), rows, cols, {});
}

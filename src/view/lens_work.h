// What the lenses Gradient and Compare show of a large matrix beside its numbers, in slices, so
// that a page does not stand still when one of them is opened.
#ifndef SOFTMASK_VIEW_LENS_WORK_H_
#define SOFTMASK_VIEW_LENS_WORK_H_

#include <cstdint>
#include <optional>
#include <variant>

#include "core/status.h"
#include "view/comparison.h"
#include "view/derive_job.h"
#include "view/gradient.h"
#include "view/model.h"

namespace softmask::view {

// What a lens is waiting for.
struct LensWish {
  enum class Kind : uint8_t { kNothing, kGradient, kComparison };
  Kind kind = Kind::kNothing;
  Upstream upstream = {};  // of the gradient
  bool operator==(const LensWish&) const = default;
};

// Whether the model has it, or gives it at once, because it is small. Else the lens is to wait.
bool is_at_hand(const Model& model, const LensWish& wish);

// Goes through a model's numbers, which may change between two calls: then it begins anew. Where
// there is no memory, what is wished for says so in words in place of its numbers.
class LensWork {
 public:
  void wish(const LensWish& wish) { wish_ = wish; }
  bool is_wanted(const Model& model) const { return !is_at_hand(model, wish_); }
  double progress() const { return progress_; }  // 0 … 1

  // One slice, some milliseconds. The model's numbers must be there. True where nothing is left.
  bool step(Model& model);
  // The model is another one.
  void forget();

 private:
  struct Place {
    LensWish wish;
    uint64_t numbers = 0;
    uint64_t pinned = 0;
    bool operator==(const Place&) const = default;
  };

  void begin_gradient(Model& model);
  void begin_pinned(Model& model);
  void begin_comparison(Model& model);
  void refuse_comparison(Model& model, const core::Status& status);

  LensWish wish_;
  Place place_;  // what the job is for
  double progress_ = 0;
  std::variant<std::monostate, GradientJob, DeriveJob, ComparisonJob> job_;
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_LENS_WORK_H_

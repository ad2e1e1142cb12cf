#include "view/derive.h"

#include <utility>

#include "view/derive_job.h"

namespace softmask::view {

Derived derive(const State& state) {
  DeriveJob job(state);
  while (!job.step()) {
  }
  return job.take({});
}

Derived derive_from(const State& state, const State& previous_state, Derived previous) {
  DeriveJob job(state, previous_state, &previous);
  while (!job.step()) {
  }
  return job.take(std::move(previous));
}

}  // namespace softmask::view

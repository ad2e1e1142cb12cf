// What tests of a LiveModel do with it.
#ifndef SOFTMASK_TESTS_VIEW_LIVE_MODELS_H_
#define SOFTMASK_TESTS_VIEW_LIVE_MODELS_H_

#include <gtest/gtest.h>

#include <string_view>

#include "view/live_model.h"
#include "view/state_codec.h"

namespace softmask::view {

inline State state_of_link(std::string_view link) { return decode_link(link, nullptr); }

inline void dispatch(LiveModel& live, const Command& command) {
  const core::Status status = live.dispatch(command);
  ASSERT_TRUE(status.ok()) << status.message;
}

inline bool one_slice(LiveModel& live) {
  return live.work([] { return true; });
}
inline bool one_lens_slice(LiveModel& live) {
  return live.work_on_lens([] { return true; });
}

}  // namespace softmask::view

#endif  // SOFTMASK_TESTS_VIEW_LIVE_MODELS_H_

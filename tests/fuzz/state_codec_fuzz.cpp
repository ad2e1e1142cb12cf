#include <string_view>
#include <vector>

#include "fuzz/fuzz_target.h"
#include "view/percent_coding.h"
#include "view/state_codec.h"

SOFTMASK_FUZZ_TARGET(state_codec) {
  using namespace softmask::view;
  using softmask::require;
  const std::string_view fragment(reinterpret_cast<const char*>(data), size);
  std::vector<FieldProblem> problems;
  const State state = decode_link(fragment, &problems);
  require(check_state(state).ok(), "what a link gives is a state");
  for (const FieldProblem& problem : problems) {
    require(is_utf8(problem.message()), "a message is UTF-8");
  }
  std::vector<FieldProblem> none;
  require(decode_link(encode_state(state), &none) == state, "a state comes back from its text");
  require(none.empty(), "a written state has no problems");
  require(decode_link(encode_link(state), &none) == state, "a state comes back from its link");

  const auto patched = apply_patch(State{}, fragment);
  if (patched.ok()) {
    require(check_state(patched.value).ok(), "what a patch gives is a state");
  } else {
    require(patched.value == State{}, "a refused patch changes nothing");
    require(is_utf8(patched.status.message), "a message is UTF-8");
  }
}

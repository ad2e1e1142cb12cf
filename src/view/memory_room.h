// Whether there is memory for work that is to come. Without exceptions a vector that gets none ends
// the program, so it is asked before the work begins, while saying no still costs nothing.
#ifndef SOFTMASK_VIEW_MEMORY_ROOM_H_
#define SOFTMASK_VIEW_MEMORY_ROOM_H_

#include <cstddef>
#include <span>
#include <vector>

#include "core/status.h"
#include "view/state.h"

namespace softmask::view {

// Whether blocks of these sizes, in bytes, can all be had at the same time. Takes them and gives
// them back, so that what asks for the same next gets it.
bool has_room(std::span<const std::size_t> bytes);

// The larger blocks that the numbers of a valid state take while they are computed, in bytes;
// without the scores, or the baseline, where those of the numbers before are kept.
std::vector<std::size_t> memory_of_numbers(const State& state, bool keeps_scores,
                                           bool keeps_baseline);

// Ok, or in words that there is no memory for that and what helps.
core::Status check_room(const State& state, std::span<const std::size_t> bytes);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_MEMORY_ROOM_H_

// The objects that a pickle builds, without what Python would call for them.
#ifndef SOFTMASK_VIEW_IMPORT_PICKLE_OBJECTS_H_
#define SOFTMASK_VIEW_IMPORT_PICKLE_OBJECTS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/status.h"
#include "view/import/array_bytes.h"

namespace softmask::view {

// An object's number in PickleObjects::objects.
using PickleId = uint32_t;

enum class PickleKind : uint8_t {
  kOther,     // None, a bool, a float, bytes
  kInteger,   // `integer`
  kString,    // `text`
  kGlobal,    // a class or a function: `module` and `text`
  kSequence,  // a tuple or a list: `parts` are its items
  kDict,      // `parts` are key, value, key, value …
  kCall,      // of parts[0] with parts[1]; then what was added to what that made, and its state
  kReference  // a persistent id: parts[0] is what it consists of
};

struct PickleObject {
  PickleKind kind = PickleKind::kOther;
  int64_t integer = 0;
  std::string_view module;
  std::string_view text;  // into the pickle's bytes
  std::vector<PickleId> parts;
  uint64_t at = 0;  // byte of the file where it was made
};

struct PickleObjects {
  std::vector<PickleObject> objects;
  PickleId root = 0;
};

// Protocols 2 to 5. Refusals name the byte of the file, in which the pickle begins at `offset`; the
// texts point into `pickle`. Objects may contain one another, also themselves. O(pickle).
core::Result<PickleObjects> read_pickle(Bytes pickle, uint64_t offset);

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_IMPORT_PICKLE_OBJECTS_H_

#include "view/import/torch_pickle.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "view/import/pickle_objects.h"
#include "view/import/refusal_texts.h"
#include "view/percent_coding.h"

namespace softmask::view {
namespace {

constexpr std::size_t kDeepest = 64;       // containers in one another
constexpr std::size_t kLongestName = 400;  // bytes
constexpr std::size_t kMostTensors = 100'000;

struct TorchType {
  std::string_view storage;  // its class in torch
  std::string_view dtype;
  StoredType type;
};

constexpr TorchType kTypes[] = {
    {"DoubleStorage", "float64", {StoredKind::kFloat, 8}},
    {"FloatStorage", "float32", {StoredKind::kFloat, 4}},
    {"HalfStorage", "float16", {StoredKind::kFloat, 2}},
    {"BFloat16Storage", "bfloat16", {StoredKind::kBFloat16, 2}},
    {"LongStorage", "int64", {StoredKind::kSigned, 8}},
    {"IntStorage", "int32", {StoredKind::kSigned, 4}},
    {"ShortStorage", "int16", {StoredKind::kSigned, 2}},
    {"CharStorage", "int8", {StoredKind::kSigned, 1}},
    {"ByteStorage", "uint8", {StoredKind::kUnsigned, 1}},
    {"BoolStorage", "bool", {StoredKind::kBool, 1}},
    // These have no storage of their own: the rebuilding call says the dtype.
    {"", "uint16", {StoredKind::kUnsigned, 2}},
    {"", "uint32", {StoredKind::kUnsigned, 4}},
    {"", "uint64", {StoredKind::kUnsigned, 8}},
};

// What torch._utils rebuilds by something else than a storage and strides, and which argument is
// its shape.
struct OtherForm {
  std::string_view rebuilder;
  TensorForm form;
  std::string_view word;
  std::size_t shape;
};

constexpr std::size_t kNoShape = std::numeric_limits<std::size_t>::max();
constexpr OtherForm kOtherForms[] = {
    {"_rebuild_sparse_tensor", TensorForm::kSparse, "sparse", kNoShape},  // among its second one's
    {"_rebuild_sparse_csr_tensor", TensorForm::kSparse, "sparse", kNoShape},
    {"_rebuild_qtensor", TensorForm::kQuantized, "quantized", 2},
    {"_rebuild_nested_tensor", TensorForm::kNested, "nested", kNoShape},
    {"_rebuild_meta_tensor_no_storage", TensorForm::kMeta, "meta", 1},
    {"_rebuild_wrapper_subclass", TensorForm::kMeta, "meta", 2},
};

class TensorFinder {
 public:
  explicit TensorFinder(const PickleObjects& made)
      : made_(made), seen_(made.objects.size(), false) {}

  core::Result<std::vector<PickledTensor>> find() {
    core::Status status = come_to(made_.root, {});
    while (status.ok() && !open_.empty()) {
      Place& place = open_.back();
      const PickleObject& from = object(place.id);
      // Of a dict the values; what a key is made of has no name.
      if (from.kind == PickleKind::kDict) ++place.next;
      if (place.next >= from.parts.size()) {
        open_.pop_back();
        continue;
      }
      const std::size_t at = place.next++;
      if (is_wanted(from.parts[at])) status = come_to(from.parts[at], name_of_part(place, at));
    }
    if (!status.ok()) return {{}, std::move(status)};
    return {std::move(tensors_), {}};
  }

 private:
  // A container whose parts are being looked at, those of saving first.
  struct Place {
    PickleId id;
    std::string name;
    std::size_t next = 0;  // of its parts
  };

  // Containers may hold one another: each is looked into once, under its first name. A tensor has
  // all the names that those give it.
  bool is_wanted(PickleId id) const {
    return !object(id).parts.empty() && (!seen_[id] || rebuilt(id).has_value());
  }

  core::Status come_to(PickleId id, std::string name) {
    const PickleObject& found = object(id);
    if (found.parts.empty()) return {};
    if (const std::optional<Call> call = rebuilt(id)) {
      if (tensors_.size() < kMostTensors) return add_tensor(*call, found, name);
      return refused_at_byte(found.at, RefusalText::kPickleTooManyTensors);
    }
    if (open_.size() == kDeepest) return refused_at_byte(found.at, RefusalText::kPickleTooDeep);
    seen_[id] = true;
    open_.push_back({id, std::move(name)});
    return {};
  }

  const PickleObject& object(PickleId id) const { return made_.objects[id]; }

  bool is_global(PickleId id, std::string_view module, std::string_view name) const {
    const PickleObject& global = object(id);
    return global.kind == PickleKind::kGlobal && global.module == module && global.text == name;
  }

  std::span<const PickleId> items(PickleId id) const {
    const PickleObject& list = object(id);
    return list.kind == PickleKind::kSequence ? list.parts : std::span<const PickleId>{};
  }

  struct Call {
    PickleId function;
    std::span<const PickleId> given;
  };

  std::optional<Call> as_call(PickleId id) const {
    const PickleObject& call = object(id);
    if (call.kind != PickleKind::kCall || call.parts.size() < 2) return {};
    return Call{call.parts[0], items(call.parts[1])};
  }

  // The call of torch._utils that made a tensor, behind those of parameters and subclasses, which
  // have it or its arguments among their own; nothing where it is something else.
  std::optional<Call> rebuilt(PickleId id) const {
    std::optional<Call> call = as_call(id);
    for (int i = 0; call && i < 4; ++i) {
      const auto [function, given] = *call;
      if (is_rebuilder(function)) return call;
      if (is_global(function, "torch._tensor", "_rebuild_from_type_v2") && given.size() >= 3) {
        call = Call{given[0], items(given[2])};
      } else if (has_tensor_first(function) && !given.empty()) {
        call = as_call(given[0]);
      } else {
        return {};
      }
    }
    return {};
  }

  bool has_tensor_first(PickleId function) const {
    return is_global(function, "torch._utils", "_rebuild_parameter") ||
           is_global(function, "torch._utils", "_rebuild_parameter_with_state") ||
           is_global(function, "torch._utils", "_rebuild_device_tensor_from_cpu_tensor");
  }

  bool is_rebuilder(PickleId function) const {
    const PickleObject& global = object(function);
    return global.kind == PickleKind::kGlobal && global.module == "torch._utils" &&
           global.text.starts_with("_rebuild_") && !has_tensor_first(function);
  }

  bool is_strided(PickleId function) const {
    return is_global(function, "torch._utils", "_rebuild_tensor_v2") ||
           is_global(function, "torch._utils", "_rebuild_tensor_v3") ||
           is_global(function, "torch._utils", "_rebuild_tensor");
  }

  std::string name_of_part(const Place& place, std::size_t at) const {
    const PickleObject& from = object(place.id);
    if (from.kind == PickleKind::kSequence) return indexed(place.name, at);
    // Of a class: what it was called with, and its state.
    if (from.kind != PickleKind::kDict) return place.name;
    return keyed(place.name, object(from.parts[at - 1]));
  }

  static std::string shortened(std::string name) {
    if (name.size() > kLongestName) {
      name.resize(utf8_prefix(std::string_view(name).substr(0, kLongestName)));
    }
    return name;
  }

  static std::string indexed(const std::string& name, std::size_t index) {
    return shortened(name + '[' + std::to_string(index) + ']');
  }

  static std::string keyed(const std::string& name, const PickleObject& key) {
    if (key.kind == PickleKind::kInteger) {
      return shortened(name + '[' + std::to_string(key.integer) + ']');
    }
    if (key.kind != PickleKind::kString) return shortened(name + "[…]");
    const std::string_view text = key.text.substr(0, utf8_prefix(key.text.substr(0, kLongestName)));
    return shortened(name.empty() ? std::string(text) : (name + '.').append(text));
  }

  core::Status refused(const PickleObject& at, std::string_view name) const {
    return refused_at_byte(
        at.at, refusal_words(RefusalText::kPickleTensor, {printable_excerpt(name, 60)}));
  }

  std::optional<uint64_t> size(PickleId id) const {
    const PickleObject& value = object(id);
    if (value.kind != PickleKind::kInteger || value.integer < 0) return {};
    return static_cast<uint64_t>(value.integer);
  }

  std::optional<std::vector<uint64_t>> sizes(PickleId id) const {
    const PickleObject& list = object(id);
    if (list.kind != PickleKind::kSequence || list.parts.size() > kMostDims) return {};
    std::vector<uint64_t> all;
    for (const PickleId part : list.parts) {
      const std::optional<uint64_t> one = size(part);
      if (!one) return {};
      all.push_back(*one);
    }
    return all;
  }

  // ('storage', class, key, device, values)
  bool read_storage(PickleId id, PickledTensor& tensor) const {
    if (object(id).kind != PickleKind::kReference) return false;
    const PickleObject& words = object(object(id).parts[0]);
    if (words.kind != PickleKind::kSequence || words.parts.size() < 5) return false;
    const PickleObject& type = object(words.parts[1]);
    const PickleObject& key = object(words.parts[2]);
    const std::optional<uint64_t> values = size(words.parts[4]);
    if (object(words.parts[0]).text != "storage" || type.kind != PickleKind::kGlobal ||
        key.kind != PickleKind::kString || !values) {
      return false;
    }
    tensor.storage = key.text.substr(0, utf8_prefix(key.text.substr(0, kLongestName)));
    tensor.storage_size = *values;
    set_type(type.text, &TorchType::storage, tensor);
    return true;
  }

  static void set_type(std::string_view name, std::string_view TorchType::*by,
                       PickledTensor& tensor) {
    const auto* const found = std::find_if(std::begin(kTypes), std::end(kTypes),
                                           [&](const TorchType& t) { return t.*by == name; });
    tensor.readable = found != std::end(kTypes) && !name.empty();
    tensor.dtype = tensor.readable ? found->dtype : name;
    if (tensor.readable) tensor.type = found->type;
  }

  // A tuple of sizes, also as torch.Size is pickled; none where it is something else.
  std::vector<uint64_t> known_sizes(PickleId id) const {
    if (const std::optional<Call> call = as_call(id)) {
      if (!is_global(call->function, "torch", "Size") || call->given.empty()) return {};
      id = call->given[0];
    }
    return sizes(id).value_or(std::vector<uint64_t>{});
  }

  void add_other(const Call& call, const PickleObject& at, const std::string& name) {
    const std::string_view rebuilder = object(call.function).text;
    const auto* const found =
        std::find_if(std::begin(kOtherForms), std::end(kOtherForms),
                     [&](const OtherForm& other) { return other.rebuilder == rebuilder; });
    PickledTensor tensor;
    tensor.name = name;
    tensor.at = at.at;
    tensor.readable = false;
    if (found == std::end(kOtherForms)) {
      tensor.form = TensorForm::kOther;
      tensor.dtype = printable_excerpt(rebuilder, 60);
    } else {
      tensor.form = found->form;
      tensor.dtype = found->word;
      if (found->shape < call.given.size()) tensor.shape = known_sizes(call.given[found->shape]);
    }
    // (layout, (…, …, shape, …)): behind two of coordinates and values, or three of a compressed
    // one.
    if (tensor.form == TensorForm::kSparse && call.given.size() >= 2) {
      for (const PickleId part : items(call.given[1])) {
        if (rebuilt(part)) continue;
        tensor.shape = known_sizes(part);
        break;
      }
    }
    tensors_.push_back(std::move(tensor));
  }

  core::Status add_tensor(const Call& call, const PickleObject& at, const std::string& name) {
    if (!is_strided(call.function)) {
      add_other(call, at, name);
      return {};
    }
    const std::span<const PickleId> given = call.given;
    PickledTensor tensor;
    tensor.name = name;
    tensor.at = at.at;
    if (given.size() < 4 || !read_storage(given[0], tensor)) return refused(at, name);
    const std::optional<uint64_t> first = size(given[1]);
    std::optional<std::vector<uint64_t>> shape = sizes(given[2]);
    std::optional<std::vector<uint64_t>> strides = sizes(given[3]);
    if (!first || !shape || !strides || shape->size() != strides->size()) return refused(at, name);
    if (is_global(call.function, "torch._utils", "_rebuild_tensor_v3")) {
      if (given.size() < 7) return refused(at, name);
      set_type(object(given[6]).text, &TorchType::dtype, tensor);
      // A storage without a type counts bytes.
      if (tensor.readable) tensor.storage_size /= static_cast<uint64_t>(tensor.type.size);
    }
    tensor.storage_offset = *first;
    tensor.shape = std::move(*shape);
    tensor.strides = std::move(*strides);
    tensors_.push_back(std::move(tensor));
    return {};
  }

  const PickleObjects& made_;
  std::vector<bool> seen_;
  std::vector<Place> open_;  // in one another
  std::vector<PickledTensor> tensors_;
};

}  // namespace

core::Result<std::vector<PickledTensor>> read_torch_pickle(Bytes pickle, uint64_t offset) {
  if (pickle.size() > kLongestPickle) {
    return {{},
            refused_at_byte(offset, refusal_words(RefusalText::kPickleTooLong,
                                                  {std::to_string(pickle.size()),
                                                   std::to_string(kLongestPickle)}))};
  }
  core::Result<PickleObjects> made = read_pickle(pickle, offset);
  if (!made.ok()) return {{}, std::move(made.status)};
  return TensorFinder(made.value).find();
}

}  // namespace softmask::view

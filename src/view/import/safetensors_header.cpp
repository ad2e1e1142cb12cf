#include "view/import/safetensors_header.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <unordered_set>
#include <utility>

#include "view/import/refusal_texts.h"
#include "view/percent_coding.h"

namespace softmask::view {
namespace {

using Json = nlohmann::json;

struct DtypeName {
  std::string_view name;
  StoredType type;
};

constexpr DtypeName kDtypes[] = {
    {"F64", {StoredKind::kFloat, 8}},    {"F32", {StoredKind::kFloat, 4}},
    {"F16", {StoredKind::kFloat, 2}},    {"BF16", {StoredKind::kBFloat16, 2}},
    {"BOOL", {StoredKind::kBool, 1}},    {"U8", {StoredKind::kUnsigned, 1}},
    {"U16", {StoredKind::kUnsigned, 2}}, {"U32", {StoredKind::kUnsigned, 4}},
    {"U64", {StoredKind::kUnsigned, 8}}, {"I8", {StoredKind::kSigned, 1}},
    {"I16", {StoredKind::kSigned, 2}},   {"I32", {StoredKind::kSigned, 4}},
    {"I64", {StoredKind::kSigned, 8}},
};

// Follows the parser's events instead of keeping a tree: no memory but the tensors' own.
class HeaderReader : public Json::json_sax_t {
 public:
  bool null() override { return other(RefusalText::kJsonNull); }
  bool boolean(bool) override { return other(RefusalText::kJsonBool); }
  bool number_integer(int64_t) override { return other(RefusalText::kJsonNegative); }
  bool number_float(double, const std::string&) override { return other(RefusalText::kJsonReal); }
  bool binary(Json::binary_t&) override { return other(RefusalText::kJsonBytes); }

  bool number_unsigned(uint64_t value) override {
    if (skipped()) return true;
    if (!in_list_) return other(RefusalText::kJsonNumber);
    if (field_ == Field::kShape) {
      if (tensor_.array.shape.size() == kMostDims) return refuse(RefusalText::kTensorTooManyDims);
      tensor_.array.shape.push_back(value);
      return true;
    }
    if (offsets_ == 2) return refuse(RefusalText::kTensorMoreOffsets);
    (offsets_++ == 0 ? tensor_.array.offset : tensor_.end) = value;
    return true;
  }

  bool string(std::string& value) override {
    if (skipped()) return true;
    if (depth_ != 2 || field_ != Field::kDtype) return other(RefusalText::kJsonString);
    tensor_.dtype = value;
    tensor_.readable = false;
    for (const DtypeName& dtype : kDtypes) {
      if (dtype.name != value) continue;
      tensor_.array.type = dtype.type;
      tensor_.readable = true;
    }
    return true;
  }

  bool start_object(std::size_t) override {
    ++depth_;
    if (depth_ <= 2 || skipped()) return true;
    return other(RefusalText::kJsonObject);
  }

  bool end_object() override {
    if (depth_-- != 2) return true;
    if (!metadata_) {
      if (tensor_.dtype.empty() || !has_shape_ || offsets_ != 2) {
        return refuse(RefusalText::kTensorLacksEntry);
      }
      tensors_.push_back(std::move(tensor_));
    }
    metadata_ = false;
    return true;
  }

  bool key(std::string& name) override {
    if (depth_ == 1) {
      tensor_ = {};
      tensor_.name = name;
      offsets_ = 0;
      has_shape_ = false;
      field_ = Field::kNone;
      metadata_ = name == "__metadata__";
      if (!metadata_ && !names_.insert(name).second) return refuse(RefusalText::kTensorTwice);
    } else if (depth_ == 2 && !metadata_) {
      const bool shape = name == "shape";
      field_ = name == "dtype"          ? Field::kDtype
               : shape                  ? Field::kShape
               : name == "data_offsets" ? Field::kOffsets
                                        : Field::kUnknown;
      if ((shape && has_shape_) || (field_ == Field::kDtype && !tensor_.dtype.empty())) {
        return refuse(RefusalText::kTensorEntryTwice);
      }
    }
    return true;
  }

  bool start_array(std::size_t) override {
    if (skipped()) {
      ++depth_;
      return true;
    }
    if (depth_ != 2 || in_list_ || (field_ != Field::kShape && field_ != Field::kOffsets)) {
      return other(RefusalText::kJsonList);
    }
    in_list_ = true;
    has_shape_ = has_shape_ || field_ == Field::kShape;
    return true;
  }

  bool end_array() override {
    if (skipped()) {
      --depth_;
    } else {
      in_list_ = false;
    }
    return true;
  }

  bool parse_error(std::size_t position, const std::string& token,
                   const Json::exception&) override {
    return refuse_at(offset_ + position,
                     refusal_words(RefusalText::kHeaderNoJson, {printable_excerpt(token, 40)}));
  }

  explicit HeaderReader(std::size_t offset) : offset_(offset) {}

  core::Status& status() { return status_; }
  std::vector<NamedTensor>& tensors() { return tensors_; }

 private:
  enum class Field : uint8_t { kNone, kDtype, kShape, kOffsets, kUnknown };

  bool skipped() const { return depth_ >= 2 && (metadata_ || field_ == Field::kUnknown); }

  bool refuse_at(std::size_t at, std::string_view problem) {
    status_ = refused_at_byte(at, problem);
    return false;
  }

  // `problem` is said of the present tensor; {1} of it is `what`.
  bool refuse(RefusalText problem, std::string_view what = {}) {
    return refuse_at(offset_, refusal_words(problem, {printable_excerpt(tensor_.name, 60), what}));
  }

  // What may stand only where it is skipped.
  bool other(RefusalText what) {
    if (skipped()) return true;
    if (depth_ > 0) return refuse(RefusalText::kTensorOther, refusal_text(what));
    return refuse_at(offset_, refusal_words(RefusalText::kHeaderOther, {refusal_text(what)}));
  }

  std::size_t offset_;
  std::vector<NamedTensor> tensors_;
  std::unordered_set<std::string> names_;
  NamedTensor tensor_;
  core::Status status_;
  int depth_ = 0;
  int offsets_ = 0;
  bool has_shape_ = false;
  bool in_list_ = false;
  bool metadata_ = false;
  Field field_ = Field::kNone;
};

}  // namespace

core::Result<std::vector<NamedTensor>> parse_safetensors_header(std::string_view header,
                                                                std::size_t offset) {
  HeaderReader reader(offset);
  if (!Json::sax_parse(header.begin(), header.end(), &reader)) {
    return {{}, std::move(reader.status())};
  }
  return {std::move(reader.tensors()), {}};
}

}  // namespace softmask::view

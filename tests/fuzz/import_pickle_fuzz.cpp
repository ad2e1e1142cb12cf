#include "fuzz/fuzz_target.h"
#include "view/import/torch_pickle.h"
#include "view/percent_coding.h"

SOFTMASK_FUZZ_TARGET(import_pickle) {
  using namespace softmask::view;
  using softmask::require;
  const auto read = read_torch_pickle(Bytes(data, size), 30);
  require(read.ok() == read.status.message.empty(), "a refusal has a message");
  require(is_utf8(read.status.message), "a message is UTF-8");
  if (!read.ok()) return;
  for (const PickledTensor& tensor : read.value) {
    require(is_utf8(tensor.name) && tensor.name.size() <= 500, "a name is text");
    require(is_utf8(tensor.storage), "a storage's name is text");
    const bool is_strided = tensor.form == TensorForm::kStrided;
    require(tensor.strides.size() == (is_strided ? tensor.shape.size() : 0),
            "every dim of a strided tensor has a stride");
    require(is_strided || !tensor.readable, "of what is not strided nothing is read");
    require(tensor.shape.size() <= kMostDims, "the dims are within the limit");
  }
}

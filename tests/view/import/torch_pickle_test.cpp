#include "view/import/torch_pickle.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "view/import/file_bytes.h"

namespace softmask::view {
namespace {

using Sizes = std::vector<uint64_t>;

std::vector<PickledTensor> tensors_in(std::string_view name) {
  const std::vector<uint8_t> bytes = file_bytes(name);
  const auto read = read_torch_pickle(bytes, 0);
  EXPECT_TRUE(read.ok()) << name << ": " << read.status.message;
  return read.value;
}

std::vector<std::string> names_in(std::string_view name) {
  std::vector<std::string> names;
  for (const PickledTensor& tensor : tensors_in(name)) names.push_back(tensor.name);
  return names;
}

// Refused, with all pieces in the message.
void expect_refused(const std::string& pickle, const std::vector<std::string>& pieces) {
  const std::vector<uint8_t> bytes = bytes_of(pickle);
  const auto read = read_torch_pickle(bytes, 100);
  ASSERT_FALSE(read.ok());
  for (const std::string& piece : pieces) {
    EXPECT_NE(read.status.message.find(piece), std::string::npos)
        << "no \"" << piece << "\" in: " << read.status.message;
  }
}

TEST(TorchPickle, OneTensorHasNoName) {
  const auto tensors = tensors_in("torch_one_pickle");
  ASSERT_EQ(tensors.size(), 1U);
  const PickledTensor& tensor = tensors.front();
  EXPECT_EQ(tensor.name, "");
  EXPECT_EQ(tensor.dtype, "float32");
  EXPECT_TRUE(tensor.readable);
  EXPECT_EQ(tensor.storage, "0");
  EXPECT_EQ(tensor.storage_size, 6U);
  EXPECT_EQ(tensor.storage_offset, 0U);
  EXPECT_EQ(tensor.shape, (Sizes{2, 3}));
  EXPECT_EQ(tensor.strides, (Sizes{3, 1}));
}

TEST(TorchPickle, NamesAreThePathsThatPythonTakes) {
  EXPECT_EQ(
      names_in("torch_dict_pickle"),
      (std::vector<std::string>{"attn[0]", "attn[1]", "mask", "weight", "layer[3]", "layer.all"}));
  EXPECT_EQ(names_in("torch_output_pickle"),
            (std::vector<std::string>{"attentions[0]", "attentions[1]", "loss"}));
  EXPECT_EQ(names_in("torch_module_pickle"),
            (std::vector<std::string>{"_parameters.weight", "_parameters.bias"}));
  EXPECT_TRUE(names_in("torch_nothing_pickle").empty());
}

TEST(TorchPickle, ViewsShareAStorage) {
  const auto tensors = tensors_in("torch_dict_pickle");
  ASSERT_EQ(tensors.size(), 6U);
  EXPECT_EQ(tensors[1].storage, tensors[0].storage);
  EXPECT_EQ(tensors[1].shape, (Sizes{2, 2, 3, 2}));
  EXPECT_EQ(tensors[1].strides, (Sizes{12, 6, 1, 3}));
  EXPECT_EQ(tensors[3].storage_offset, 12U);

  const auto views = tensors_in("torch_views_pickle");
  ASSERT_EQ(views.size(), 5U);
  EXPECT_EQ(views[0].storage_offset, 1U);
  EXPECT_EQ(views[0].shape, (Sizes{2, 2}));
  EXPECT_EQ(views[0].strides, (Sizes{3, 1}));
  EXPECT_EQ(views[1].strides, (Sizes{0, 1}));
  EXPECT_EQ(views[3].shape, Sizes{});
  EXPECT_EQ(views[4].shape, (Sizes{0, 3}));
}

TEST(TorchPickle, TypesAreTorchs) {
  const struct {
    std::string_view dtype;
    StoredKind kind;
    int size;
  } wanted[] = {
      {"float64", StoredKind::kFloat, 8},     {"float16", StoredKind::kFloat, 2},
      {"bfloat16", StoredKind::kBFloat16, 2}, {"int32", StoredKind::kSigned, 4},
      {"int16", StoredKind::kSigned, 2},      {"int8", StoredKind::kSigned, 1},
      {"uint8", StoredKind::kUnsigned, 1},
  };
  const auto tensors = tensors_in("torch_types_pickle");
  ASSERT_EQ(tensors.size(), std::size(wanted) + 1);
  for (std::size_t i = 0; i < std::size(wanted); ++i) {
    EXPECT_EQ(tensors[i].dtype, wanted[i].dtype);
    EXPECT_TRUE(tensors[i].readable);
    EXPECT_EQ(tensors[i].type.kind, wanted[i].kind) << wanted[i].dtype;
    EXPECT_EQ(tensors[i].type.size, wanted[i].size) << wanted[i].dtype;
  }
  EXPECT_FALSE(tensors.back().readable);
  EXPECT_EQ(tensors.back().dtype, "ComplexFloatStorage");
}

TEST(TorchPickle, CallsAroundTheCallAreSeenThrough) {
  for (const char* name : {"torch_subclass_pickle", "torch_v3_pickle"}) {
    SCOPED_TRACE(name);
    const auto tensors = tensors_in(name);
    ASSERT_EQ(tensors.size(), 1U);
    EXPECT_EQ(tensors[0].dtype, "float32");
    EXPECT_EQ(tensors[0].storage_size, 6U);
    EXPECT_EQ(tensors[0].shape, (Sizes{2, 3}));
  }
}

TEST(TorchPickle, WhatIsNotStridedIsListedWithoutItsParts) {
  const struct {
    std::string_view name, dtype;
    TensorForm form;
    Sizes shape;
  } wanted[] = {
      {"coo", "sparse", TensorForm::kSparse, {2, 3}},
      {"csr", "sparse", TensorForm::kSparse, {2, 3}},
      {"quantized", "quantized", TensorForm::kQuantized, {2, 3}},
      {"meta", "meta", TensorForm::kMeta, {4, 5}},
      {"nested", "nested", TensorForm::kNested, {}},
      {"parameter", "sparse", TensorForm::kSparse, {2, 3}},
  };
  const auto tensors = tensors_in("torch_forms_pickle");
  ASSERT_EQ(tensors.size(), std::size(wanted) + 1);
  for (std::size_t i = 0; i < std::size(wanted); ++i) {
    EXPECT_EQ(tensors[i].name, wanted[i].name);
    EXPECT_FALSE(tensors[i].readable) << wanted[i].name;
    EXPECT_EQ(tensors[i].dtype, wanted[i].dtype) << wanted[i].name;
    EXPECT_EQ(tensors[i].form, wanted[i].form) << wanted[i].name;
    EXPECT_EQ(tensors[i].shape, wanted[i].shape) << wanted[i].name;
  }
  EXPECT_EQ(tensors.back().name, "dense");
  EXPECT_TRUE(tensors.back().readable);
}

TEST(TorchPickle, EveryTruncationIsRefused) {
  for (const char* name : {"torch_dict_pickle", "torch_output_pickle", "torch_module_pickle"}) {
    const std::vector<uint8_t> whole = file_bytes(name);
    for (std::size_t length = 0; length < whole.size(); ++length) {
      const auto read = read_torch_pickle(Bytes(whole).first(length), 0);
      ASSERT_FALSE(read.ok()) << name << " " << length;
      EXPECT_NE(read.status.message.find("ends in the middle"), std::string::npos) << length;
    }
  }
}

TEST(TorchPickle, RefusalsNameTheByteOfTheFile) {
  expect_refused("", {"byte 100", "ends in the middle"});
  expect_refused("\x80\x02i.", {"byte 102", "0x69", "protocols 2 to 5"});
  expect_refused("\x80\x09N.", {"byte 100", "0x80"});
  expect_refused("\x80\x02R.", {"byte 102", "takes something that it has not made"});
  expect_refused("\x80\x02h\x05.", {"byte 102", "has not made"});
  expect_refused(
      "\x80\x02X\xff\xff\xff\xff"
      "abc.",
      {"byte 102", "ends in the middle"});
  expect_refused(std::string(600'000, '(') + ".", {"byte 500100", "500,000 objects"});
  expect_refused("N" + std::string(600'000, '2') + ".", {"500,000 objects"});
  expect_refused(std::string(600'000, 'N') + ".", {"500,000 objects"});
  // No memory for what an index claims.
  expect_refused("Nr\xff\xff\xff\xff.", {"byte 101", "500,000"});
  expect_refused(std::string(8'000'001, 'N'), {"byte 100", "8000001", "8000000"});
}

std::string unicode(const std::string& text) {
  return "X" + std::string{static_cast<char>(text.size()), 0, 0, 0} + text;
}

TEST(TorchPickle, TensorsOfSomethingElseAreRefused) {
  const std::string rebuild = "ctorch._utils\n_rebuild_tensor_v2\n";
  const std::string fine = "((" + unicode("storage") + "ctorch\nFloatStorage\n" + unicode("0") +
                           unicode("cpu") + "K\6tQ";
  const auto pickle = [&](const std::string& first, const std::string& rest) {
    return rebuild + first + rest + "tR.";
  };
  const std::vector<uint8_t> good = bytes_of(pickle(fine, "K\1K\2\x85K\1\x85\x89N"));
  const auto read = read_torch_pickle(good, 0);
  ASSERT_TRUE(read.ok()) << read.status.message;
  ASSERT_EQ(read.value.size(), 1U);
  EXPECT_EQ(read.value[0].storage_offset, 1U);

  const std::vector<std::string> pieces{"storage, an offset, a shape and strides"};
  expect_refused(pickle("(N", "K\1K\2\x85K\1\x85\x89N"), pieces);
  expect_refused(pickle(fine, "NK\2\x85K\1\x85\x89N"), pieces);
  expect_refused(pickle(fine, "J\xff\xff\xff\xffK\2\x85K\1\x85\x89N"), pieces);
  expect_refused(pickle(fine, "K\1K\2\x85)\x89N"), pieces);
  expect_refused(pickle(fine, "K\1"), pieces);
}

// torch.save({'emb.weight': w, 'lm_head.weight': w, …}), and a list that is there twice.
TEST(TorchPickle, ATensorIsListedUnderEachOfItsNames) {
  EXPECT_EQ(names_in("torch_tied_pickle"),
            (std::vector<std::string>{"emb.weight", "lm_head.weight", "[1]", "[2]", "pair[0]",
                                      "pair[1]"}));
  const auto tensors = tensors_in("torch_tied_pickle");
  for (const PickledTensor& tensor : tensors) {
    EXPECT_EQ(tensor.shape, (Sizes{2, 3}));
    EXPECT_EQ(tensor.storage, "0");
    EXPECT_EQ(tensor.at, tensors.front().at);
  }
}

TEST(TorchPickle, ContainersThatHoldThemselvesEnd) {
  // a = []; a.append(a); and 30 lists, each of the one before twice: 2^30 ways to the first.
  const std::vector<uint8_t> circle = bytes_of(std::string("]q\0h\0a.", 7));
  EXPECT_TRUE(read_torch_pickle(circle, 0).ok());
  std::string laughs = "]";
  for (int i = 0; i < 30; ++i) laughs += "2\x86";
  const std::vector<uint8_t> bytes = bytes_of(laughs + ".");
  EXPECT_TRUE(read_torch_pickle(bytes, 0).ok());
  expect_refused(std::string(200, ']') + std::string(199, 'a') + ".", {"64 containers"});

  // The same with a tensor in the innermost one: each pair holds the one before twice.
  const std::string tensor = "ctorch._utils\n_rebuild_tensor_v2\n((" + unicode("storage") +
                             "ctorch\nFloatStorage\n" + unicode("0") + unicode("cpu") +
                             "K\6tQK\1K\2\x85K\1\x85\x89NtR";
  std::string pairs = tensor;
  for (int i = 0; i < 30; ++i) pairs += "2\x86";
  const std::vector<uint8_t> doubled = bytes_of(pairs + ".");
  const auto read = read_torch_pickle(doubled, 0);
  ASSERT_TRUE(read.ok()) << read.status.message;
  EXPECT_EQ(read.value.size(), 2U);
  // As many names as there are references, but not without end.
  const std::vector<uint8_t> list = bytes_of("(" + tensor + std::string(99'999, '2') + "l.");
  const auto most = read_torch_pickle(list, 0);
  ASSERT_TRUE(most.ok()) << most.status.message;
  EXPECT_EQ(most.value.size(), 100'000U);
  expect_refused("(" + tensor + std::string(100'000, '2') + "l.", {"100,000 names of tensors"});
}

}  // namespace
}  // namespace softmask::view

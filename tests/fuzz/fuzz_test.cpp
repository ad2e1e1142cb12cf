// Every fuzz target in short, in builds without libFuzzer: the inputs of its kept corpus, and some
// thousand that chance makes of them. tools/fuzz runs the same targets with coverage to guide it.
#include <dirent.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "fuzz/fuzz_target.h"

namespace softmask {
namespace {

using Input = std::vector<uint8_t>;

constexpr int kMutations = 4000;

std::map<std::string, FuzzTarget>& targets() {
  static std::map<std::string, FuzzTarget> all;
  return all;
}

std::vector<std::string> target_names() {
  std::vector<std::string> names;
  for (const auto& [name, target] : targets()) names.push_back(name);
  return names;
}

// In the order of their names, so that a seed means the same everywhere.
std::vector<Input> corpus_of(const std::string& target) {
  const std::string folder = std::string(SOFTMASK_FUZZ_CORPUS_DIR) + "/" + target;
  std::vector<std::string> names;
  if (DIR* const dir = opendir(folder.c_str())) {
    while (const dirent* const entry = readdir(dir)) {
      if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
    }
    closedir(dir);
  }
  std::sort(names.begin(), names.end());
  std::vector<Input> inputs;
  for (const std::string& name : names) {
    std::ifstream file(folder + "/" + name, std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return inputs;
}

class Mutator {
 public:
  Mutator(const std::vector<Input>& corpus, uint32_t seed) : corpus_(corpus), random_(seed) {}

  Input next() {
    Input input = any();
    const size_t changes = 1 + below(6);
    for (size_t i = 0; i < changes; ++i) change(input);
    return input;
  }

 private:
  static constexpr size_t kLongest = 4096;

  size_t below(size_t count) { return random_() % count; }
  const Input& any() { return corpus_[below(corpus_.size())]; }
  Input::iterator place(Input& input) {
    return input.begin() + static_cast<ptrdiff_t>(below(input.size() + 1));
  }

  void change(Input& input) {
    static constexpr uint8_t kAwkward[] = {0, 1, 0x7f, 0x80, 0xff, '0', '9', '-', '"', '[', ']'};
    if (input.empty() || input.size() > kLongest) {
      input = any();
      return;
    }
    uint8_t& byte = input[below(input.size())];
    switch (below(7)) {
      case 0:
        byte = static_cast<uint8_t>(byte ^ 1 << below(8));
        break;
      case 1:
        byte = static_cast<uint8_t>(random_());
        break;
      case 2:
        byte = kAwkward[below(std::size(kAwkward))];
        break;
      case 3:
        byte = static_cast<uint8_t>(byte + below(9) - 4);
        break;
      case 4:
        input.insert(place(input), 1 + below(8), static_cast<uint8_t>(random_()));
        break;
      case 5: {
        const auto begin = place(input);
        const auto length = std::min<ptrdiff_t>(input.end() - begin, 1 + random_() % 16);
        input.erase(begin, begin + length);
        break;
      }
      default: {
        // A piece of another one, in place of what follows or before it.
        const Input& other = any();
        if (other.empty()) break;
        const size_t from = below(other.size());
        const size_t length = std::min(other.size() - from, 1 + below(64));
        const auto at = place(input);
        const auto piece = other.begin() + static_cast<ptrdiff_t>(from);
        input.insert(below(2) == 0 ? input.erase(at, input.end()) : at, piece,
                     piece + static_cast<ptrdiff_t>(length));
      }
    }
  }

  const std::vector<Input>& corpus_;
  std::mt19937 random_;
};

// The same inputs in every run: exploring is what tools/fuzz is for. SOFTMASK_FUZZ_SEED gives
// others.
uint32_t fuzz_seed() {
  const char* const given = std::getenv("SOFTMASK_FUZZ_SEED");
  return given == nullptr ? 1 : static_cast<uint32_t>(std::strtoul(given, nullptr, 10));
}

class Fuzz : public testing::TestWithParam<std::string> {};

TEST_P(Fuzz, KeptCorpus) {
  const std::vector<Input> corpus = corpus_of(GetParam());
  ASSERT_FALSE(corpus.empty());
  for (const Input& input : corpus) targets()[GetParam()](input.data(), input.size());
}

TEST_P(Fuzz, MutationsOfIt) {
  const std::vector<Input> corpus = corpus_of(GetParam());
  ASSERT_FALSE(corpus.empty());
  const uint32_t seed = fuzz_seed();
  // A finding ends the program: what it was has to stand there before.
  std::printf("%s: SOFTMASK_FUZZ_SEED=%u\n", GetParam().c_str(), static_cast<unsigned>(seed));
  std::fflush(stdout);
  Mutator mutator(corpus, seed);
  for (int i = 0; i < kMutations; ++i) {
    const Input input = mutator.next();
    targets()[GetParam()](input.data(), input.size());
  }
}

std::string name_of(const testing::TestParamInfo<std::string>& target) { return target.param; }

INSTANTIATE_TEST_SUITE_P(Targets, Fuzz, testing::ValuesIn(target_names()), name_of);

}  // namespace

bool register_fuzz_target(const char* name, FuzzTarget target) {
  return targets().emplace(name, target).second;
}

}  // namespace softmask

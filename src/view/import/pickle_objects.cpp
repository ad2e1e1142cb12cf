#include "view/import/pickle_objects.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "view/import/refusal_texts.h"

namespace softmask::view {
namespace {

// An object is up to 100 bytes of memory; a state dict of 10,000 tensors makes 150,000. As many may
// wait on the stack.
constexpr std::size_t kMostObjects = 500'000;

// The names are those of Python's pickletools.
enum Opcode : uint8_t {
  kMark = '(',
  kStop = '.',
  kPop = '0',
  kPopMark = '1',
  kDup = '2',
  kBinFloat = 'G',
  kBinInt = 'J',
  kBinInt1 = 'K',
  kBinInt2 = 'M',
  kNone = 'N',
  kBinPersId = 'Q',
  kReduce = 'R',
  kBinUnicode = 'X',
  kEmptyList = ']',
  kAppend = 'a',
  kBuild = 'b',
  kGlobal = 'c',
  kDict = 'd',
  kAppends = 'e',
  kBinGet = 'h',
  kLongBinGet = 'j',
  kList = 'l',
  kEmptyTuple = ')',
  kBinPut = 'q',
  kLongBinPut = 'r',
  kSetItem = 's',
  kTuple = 't',
  kSetItems = 'u',
  kEmptyDict = '}',
  kBinBytes = 'B',
  kShortBinBytes = 'C',
  kProto = 0x80,
  kNewObj = 0x81,
  kTuple1 = 0x85,
  kTuple2 = 0x86,
  kTuple3 = 0x87,
  kNewTrue = 0x88,
  kNewFalse = 0x89,
  kLong1 = 0x8A,
  kShortBinUnicode = 0x8C,
  kEmptySet = 0x8F,
  kAddItems = 0x90,
  kFrozenSet = 0x91,
  kNewObjEx = 0x92,
  kStackGlobal = 0x93,
  kMemoize = 0x94,
  kFrame = 0x95,
};

class PickleReader {
 public:
  PickleReader(Bytes pickle, uint64_t offset) : pickle_(pickle), offset_(offset) {}

  core::Result<PickleObjects> read() {
    while (!done_) {
      opcode_at_ = at_;
      std::optional<RefusalText> problem = step();
      if (!problem &&
          std::max({made_.objects.size(), stack_.size(), marks_.size()}) > kMostObjects) {
        problem = RefusalText::kPickleTooMany;
      }
      if (!problem) continue;
      const uint64_t byte = offset_ + opcode_at_;
      if (*problem == RefusalText::kPickleOpcode) {
        return {{}, refused_at_byte(byte, refusal_words(*problem, {opcode_text()}))};
      }
      return {{}, refused_at_byte(byte, *problem)};
    }
    return {std::move(made_), {}};
  }

 private:
  using Problem = std::optional<RefusalText>;

  std::string opcode_text() const {
    constexpr char kDigits[] = "0123456789ABCDEF";
    const uint8_t code = pickle_[opcode_at_];
    return {'0', 'x', kDigits[code >> 4], kDigits[code & 15]};
  }

  // --- bytes: where there are fewer, `ended_` is set and zeros are given

  uint64_t number(std::size_t size) {
    if (size > pickle_.size() - at_) {
      ended_ = true;
      return 0;
    }
    uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value |= uint64_t{pickle_[at_ + i]} << (8 * i);
    at_ += size;
    return value;
  }

  std::string_view bytes(uint64_t length) {
    if (length > pickle_.size() - at_) {
      ended_ = true;
      return {};
    }
    const auto* begin = reinterpret_cast<const char*>(pickle_.data()) + at_;
    at_ += static_cast<std::size_t>(length);
    return {begin, static_cast<std::size_t>(length)};
  }

  std::string_view line() {
    const std::string_view rest(reinterpret_cast<const char*>(pickle_.data()) + at_,
                                pickle_.size() - at_);
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) {
      ended_ = true;
      return {};
    }
    at_ += end + 1;
    return rest.substr(0, end);
  }

  // --- objects

  PickleObject& push(PickleKind kind) {
    stack_.push_back(static_cast<PickleId>(made_.objects.size()));
    PickleObject& made = made_.objects.emplace_back();
    made.kind = kind;
    made.at = offset_ + opcode_at_;
    return made;
  }

  void push_integer(int64_t value) { push(PickleKind::kInteger).integer = value; }
  void push_string(uint64_t length) { push(PickleKind::kString).text = bytes(length); }

  // Objects on the stack above the last mark, or above nothing.
  std::size_t above() const { return stack_.size() - (marks_.empty() ? 0 : marks_.back()); }

  PickleId pop() {
    const PickleId id = stack_.back();
    stack_.pop_back();
    return id;
  }

  // The objects above the last mark, which goes, too.
  std::vector<PickleId> pop_to_mark() {
    const std::size_t begin = marks_.back();
    marks_.pop_back();
    std::vector<PickleId> items(stack_.begin() + static_cast<std::ptrdiff_t>(begin), stack_.end());
    stack_.resize(begin);
    return items;
  }

  Problem sequence_of(std::size_t count) {
    if (above() < count) return RefusalText::kPickleStack;
    std::vector<PickleId> items(stack_.end() - static_cast<std::ptrdiff_t>(count), stack_.end());
    stack_.resize(stack_.size() - count);
    push(PickleKind::kSequence).parts = std::move(items);
    return {};
  }

  Problem marked(PickleKind kind) {
    if (marks_.empty()) return RefusalText::kPickleStack;
    std::vector<PickleId> items = pop_to_mark();
    if (kind == PickleKind::kDict && items.size() % 2 != 0) return RefusalText::kPickleStack;
    push(kind).parts = std::move(items);
    return {};
  }

  // Into the object at the top of the stack: a list's items, a dict's keys and values. What is a
  // class of its own has them as one more part.
  Problem add(PickleKind kind, std::vector<PickleId> items) {
    if (above() < 1) return RefusalText::kPickleStack;
    const PickleId to = stack_.back();
    if (made_.objects[to].kind == PickleKind::kCall) {
      push(kind).parts = std::move(items);
      made_.objects[to].parts.push_back(pop());
      return {};
    }
    std::vector<PickleId>& parts = made_.objects[to].parts;
    parts.insert(parts.end(), items.begin(), items.end());
    return {};
  }

  Problem add_top(PickleKind kind, std::size_t count) {
    if (above() < count + 1) return RefusalText::kPickleStack;
    std::vector<PickleId> items(stack_.end() - static_cast<std::ptrdiff_t>(count), stack_.end());
    stack_.resize(stack_.size() - count);
    return add(kind, std::move(items));
  }

  Problem add_marked(PickleKind kind) {
    if (marks_.empty()) return RefusalText::kPickleStack;
    return add(kind, pop_to_mark());
  }

  Problem call(std::size_t arguments) {
    if (above() < 1 + arguments) return RefusalText::kPickleStack;
    std::vector<PickleId> parts(stack_.end() - static_cast<std::ptrdiff_t>(1 + arguments),
                                stack_.end());
    stack_.resize(stack_.size() - parts.size());
    // PyTorch's dicts keep an order: for what is looked for here they are dicts.
    const PickleObject& callee = made_.objects[parts.front()];
    if (callee.kind == PickleKind::kGlobal && callee.module == "collections" &&
        (callee.text == "OrderedDict" || callee.text == "defaultdict")) {
      push(PickleKind::kDict);
      return {};
    }
    push(PickleKind::kCall).parts = std::move(parts);
    return {};
  }

  Problem put(uint64_t index) {
    if (above() < 1) return RefusalText::kPickleStack;
    if (index > kMostObjects) return RefusalText::kPickleTooMany;
    if (index >= memo_.size()) memo_.resize(static_cast<std::size_t>(index) + 1, kNothing);
    memo_[static_cast<std::size_t>(index)] = stack_.back();
    return {};
  }

  Problem get(uint64_t index) {
    if (index >= memo_.size() || memo_[static_cast<std::size_t>(index)] == kNothing) {
      return RefusalText::kPickleStack;
    }
    stack_.push_back(memo_[static_cast<std::size_t>(index)]);
    return {};
  }

  Problem long_integer() {
    const uint64_t length = number(1);
    if (length > 8) {  // beyond what a size can be; 9 bytes are an unsigned one with a zero before
      bytes(length);
      push(PickleKind::kOther);
      return {};
    }
    uint64_t value = number(static_cast<std::size_t>(length));
    const auto bits = 8 * length;
    if (length > 0 && length < 8 && value >> (bits - 1) != 0) value |= ~uint64_t{0} << bits;
    push_integer(static_cast<int64_t>(value));
    return {};
  }

  Problem stack_global() {
    if (above() < 2) return RefusalText::kPickleStack;
    const PickleObject& name = made_.objects[stack_[stack_.size() - 1]];
    const PickleObject& module = made_.objects[stack_[stack_.size() - 2]];
    if (name.kind != PickleKind::kString || module.kind != PickleKind::kString) {
      return RefusalText::kPickleStack;
    }
    const std::string_view words[] = {module.text, name.text};
    stack_.resize(stack_.size() - 2);
    PickleObject& made = push(PickleKind::kGlobal);
    made.module = words[0];
    made.text = words[1];
    return {};
  }

  Problem step() {
    if (at_ == pickle_.size()) {
      opcode_at_ = at_;
      return RefusalText::kPickleEnds;
    }
    const Problem problem = run(pickle_[at_++]);
    return ended_ ? RefusalText::kPickleEnds : problem;
  }

  Problem run(uint8_t opcode) {
    switch (opcode) {
      case kProto:
        return number(1) <= 5 ? Problem{} : RefusalText::kPickleOpcode;
      case kFrame:
        number(8);
        return {};
      case kMark:
        marks_.push_back(stack_.size());
        return {};
      case kPop:
        if (above() == 0) return pop_mark();
        pop();
        return {};
      case kPopMark:
        return pop_mark();
      case kDup:
        if (above() < 1) return RefusalText::kPickleStack;
        stack_.push_back(stack_.back());
        return {};
      case kStop:
        if (stack_.empty()) return RefusalText::kPickleStack;
        made_.root = stack_.back();
        done_ = true;
        return {};
      case kNone:
      case kNewTrue:
      case kNewFalse:
        push(PickleKind::kOther);
        return {};
      case kBinFloat:
        number(8);
        push(PickleKind::kOther);
        return {};
      case kBinInt:
        push_integer(static_cast<int32_t>(number(4)));
        return {};
      case kBinInt1:
        push_integer(static_cast<int64_t>(number(1)));
        return {};
      case kBinInt2:
        push_integer(static_cast<int64_t>(number(2)));
        return {};
      case kLong1:
        return long_integer();
      case kBinUnicode:
        push_string(number(4));
        return {};
      case kShortBinUnicode:
        push_string(number(1));
        return {};
      case kBinBytes:
        bytes(number(4));
        push(PickleKind::kOther);
        return {};
      case kShortBinBytes:
        bytes(number(1));
        push(PickleKind::kOther);
        return {};
      case kGlobal: {
        PickleObject& made = push(PickleKind::kGlobal);
        made.module = line();
        made.text = line();
        return {};
      }
      case kStackGlobal:
        return stack_global();
      case kEmptyTuple:
      case kEmptyList:
      case kEmptySet:
        push(PickleKind::kSequence);
        return {};
      case kTuple1:
      case kTuple2:
      case kTuple3:
        return sequence_of(opcode - kTuple1 + 1);
      case kTuple:
      case kList:
      case kFrozenSet:
        return marked(PickleKind::kSequence);
      case kEmptyDict:
        push(PickleKind::kDict);
        return {};
      case kDict:
        return marked(PickleKind::kDict);
      case kAppend:
        return add_top(PickleKind::kSequence, 1);
      case kSetItem:
        return add_top(PickleKind::kDict, 2);
      case kAppends:
      case kAddItems:
        return add_marked(PickleKind::kSequence);
      case kSetItems:
        return add_marked(PickleKind::kDict);
      case kReduce:
      case kNewObj:
        return call(1);
      case kNewObjEx:
        return call(2);
      case kBuild:
        return build();
      case kBinPersId: {
        const Problem problem = sequence_of(1);
        if (!problem) made_.objects[stack_.back()].kind = PickleKind::kReference;
        return problem;
      }
      case kBinPut:
        return put(number(1));
      case kLongBinPut:
        return put(number(4));
      case kMemoize:
        return put(memo_.size());
      case kBinGet:
        return get(number(1));
      case kLongBinGet:
        return get(number(4));
      default:
        return RefusalText::kPickleOpcode;
    }
  }

  Problem pop_mark() {
    if (marks_.empty()) return RefusalText::kPickleStack;
    pop_to_mark();
    return {};
  }

  // The state of an object: of a dict its attributes, which are no items.
  Problem build() {
    if (above() < 2) return RefusalText::kPickleStack;
    const PickleId state = pop();
    PickleObject& object = made_.objects[stack_.back()];
    if (object.kind == PickleKind::kCall) object.parts.push_back(state);
    return {};
  }

  static constexpr PickleId kNothing = ~PickleId{0};

  Bytes pickle_;
  uint64_t offset_;
  std::size_t at_ = 0;
  std::size_t opcode_at_ = 0;
  bool ended_ = false;
  bool done_ = false;
  PickleObjects made_;
  std::vector<PickleId> stack_;
  std::vector<std::size_t> marks_;  // heights of the stack
  std::vector<PickleId> memo_;
};

}  // namespace

core::Result<PickleObjects> read_pickle(Bytes pickle, uint64_t offset) {
  return PickleReader(pickle, offset).read();
}

}  // namespace softmask::view

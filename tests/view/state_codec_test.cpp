#include "view/state_codec.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "view/base64url.h"
#include "view/percent_coding.h"

namespace softmask::view {
namespace {

State patched(std::string_view fragment, const State& base = {}) {
  const core::Result<State> result = apply_patch(base, fragment);
  EXPECT_TRUE(result.ok()) << fragment << ": " << result.status.message;
  return result.value;
}

std::string refusal(std::string_view fragment, const State& base = {}) {
  const core::Result<State> result = apply_patch(base, fragment);
  EXPECT_EQ(result.value, base) << "a refused patch leaves the state alone: " << fragment;
  EXPECT_TRUE(result.ok() || result.status.kind == core::ErrorKind::kRange);
  return result.status.message;
}

TEST(StateCodec, TheDefaultInTheContractsOrder) {
  EXPECT_EQ(
      encode_state({}),
      "seed=333512&rows=4&cols=5&scores=&cpu=avx2&mask=random&fill=-1e9&dtype=float32&"
      "order=fill&dim=-1&temperature=1&row=0&lesson=&lang=auto&theme=auto&hide=&animate=auto");
  EXPECT_EQ(encode_link({}), "seed=333512&mask=random");
}

TEST(StateCodec, LinksNameWhatIsNotDefault) {
  EXPECT_EQ(encode_link(patched("mask=01101&fill=0&row=none&hide=title,code")),
            "seed=333512&mask=01101&fill=0&row=none&hide=code,title");
}

TEST(StateCodec, FieldsForJavaScript) {
  std::string numbers;
  for (const FieldInfo& field : state_fields()) {
    EXPECT_FALSE(field.allowed.empty());
    EXPECT_EQ(field.default_value, field_text({}, field.key));
    if (field.js_number) numbers += std::string(field.key) + " ";
  }
  EXPECT_EQ(numbers, "rows cols dim temperature ");
  EXPECT_EQ(state_fields().size(), 17U);
  EXPECT_EQ(field_text({}, "nothing"), "");
}

TEST(StateCodec, EveryFieldIsRead) {
  const State state = patched(
      "seed=18446744073709551615&rows=2&cols=3&cpu=default&mask=window:1&fill=-inf&dtype=bfloat16&"
      "order=renorm&dim=0&temperature=0.5&row=1&lesson=nan-row&lang=zh-CN&theme=dark&"
      "hide=controls,code,ledger,scores,masked,title&animate=0");
  EXPECT_EQ(state.seed, std::numeric_limits<uint64_t>::max());
  EXPECT_EQ(state.rows, 2);
  EXPECT_EQ(state.cols, 3);
  EXPECT_EQ(state.cpu, core::Cpu::kDefault);
  EXPECT_EQ(state.mask, (MaskSpec{MaskSpec::Kind::kWindow, 1, {}}));
  EXPECT_EQ(state.fill.text, "-inf");
  EXPECT_EQ(state.dtype, core::Dtype::kBFloat16);
  EXPECT_EQ(state.order, core::Order::kRenorm);
  EXPECT_EQ(state.dim, 0);
  EXPECT_EQ(state.temperature, 0.5);
  EXPECT_EQ(state.row, 1);
  EXPECT_EQ(state.lesson, "nan-row");
  EXPECT_EQ(state.lang, Language::kChinese);
  EXPECT_EQ(state.theme, Theme::kDark);
  EXPECT_EQ(state.hide, 63);
  EXPECT_EQ(state.animate, Animate::kOff);
  EXPECT_EQ(patched(encode_state(state)), state);
  EXPECT_EQ(decode_link(encode_link(state), nullptr), state);
}

struct BadValue {
  const char* fragment;
  const char* message;
};

TEST(StateCodec, RefusalsNameKeyValueAndWhatIsAllowed) {
  const BadValue cases[] = {
      {"rows=0", "rows: \"0\" is not allowed; allowed: integer 1 … 4096"},
      {"rows=4097", "rows: \"4097\" is not allowed; allowed: integer 1 … 4096"},
      {"cols=4.0", "cols: \"4.0\" is not allowed; allowed: integer 1 … 65536"},
      {"seed=abc",
       "seed: \"abc\" is not allowed; allowed: integer 0 … 18446744073709551615, decimal"},
      {"seed=-1",
       "seed: \"-1\" is not allowed; allowed: integer 0 … 18446744073709551615, decimal"},
      {"dim=1", "dim: \"1\" is not allowed; allowed: -1, 0"},
      {"dtype=float64", "dtype: \"float64\" is not allowed; allowed: float32, float16, bfloat16"},
      {"cpu=", "cpu: \"\" is not allowed; allowed: avx2, default"},
      {"fill=nan",
       "fill: \"nan\" is not allowed; allowed: -1e9, -inf, 1e-9, 0, -1e4, finfo.min, or any "
       "decimal number"},
      {"temperature=0",
       "temperature: \"0\" is not allowed; allowed: decimal number above 0 that fits float32"},
      {"row=4", "row: \"4\" is not allowed; allowed: integer 0 … 3, or none"},
      {"mask=011",
       "mask: \"011\" is not allowed; allowed: 5 characters 0 or 1, one for each "
       "column, or 20, one for each cell"},
      {"mask=padding:6",
       "mask: \"padding:6\" is not allowed; allowed: padding:K with K 0 … 5, as there are 5 "
       "columns"},
      {"rows=4096&cols=65536",
       "cols: \"65536\" is not allowed; allowed: with rows=4096, integer 1 … 4096 (rows·cols at "
       "most 16,777,216)"},
      {"scores=AACAPw",
       "scores: \"1 value\" is not allowed; allowed: 20 values, as rows·cols, or "
       "empty to draw them from the seed"},
      {"lang=de", "lang: \"de\" is not allowed; allowed: en, zh-CN, auto"},
      {"lesson=none-such",
       "lesson: \"none-such\" is not allowed; allowed: a lesson's id, or empty"},
      {"animate=true", "animate: \"true\" is not allowed; allowed: 1, 0, auto"},
      {"hide=code,",
       "hide: \"code,\" is not allowed; allowed: comma list of controls, code, "
       "ledger, scores, masked, title, or empty"},
  };
  for (const BadValue& bad : cases) EXPECT_EQ(refusal(bad.fragment), bad.message);
}

TEST(StateCodec, OtherBadValues) {
  for (const char* bad : {"rows=",
                          "rows",
                          "rows=%34%",
                          "rows=%ff",
                          "cols=0",
                          "cols=65537",
                          "mask=",
                          "mask=0120a",
                          "mask=padding:",
                          "mask=padding:-1",
                          "mask=padding:1.5",
                          "mask=window:",
                          "mask=window:65537",
                          "mask=Random",
                          "fill=",
                          "fill=inf",
                          "fill=0x1",
                          "fill=1e999",
                          "order=",
                          "theme=blue",
                          "temperature=-1",
                          "temperature=nan",
                          "temperature=inf",
                          "temperature=1e39",
                          "temperature=1e-46",
                          "temperature=1e-999",
                          "hide=,",
                          "hide=menu",
                          "hide=code,,title",
                          "row=-1",
                          "row=",
                          "row=None",
                          "scores=AAAA",
                          "scores=AACAPx",
                          "scores=!!",
                          "lesson=../x",
                          "seed=1e3",
                          "seed=%C0%80"}) {
    EXPECT_NE(refusal(bad), "") << bad;
  }
}

TEST(StateCodec, LongValuesAreShortenedInMessages) {
  const std::string message = refusal("mask=" + std::string(2000000, '1'));
  EXPECT_LT(message.size(), 300U);
  const std::string noise = refusal("fill=%0A%01x\"" + std::string(5000, 'y'));
  EXPECT_LT(noise.size(), 300U);
  EXPECT_EQ(noise.find('\n'), std::string::npos);
  EXPECT_TRUE(is_utf8(refusal("fill=%ff\xff")));
}

TEST(StateCodec, SyntaxOfFragments) {
  EXPECT_EQ(patched(""), State{});
  EXPECT_EQ(patched("&&&"), State{});
  EXPECT_EQ(patched("unknown=1&Rows=0&=3&%zz=1&rows2=x"), State{});
  EXPECT_EQ(patched("rows=0&rows=7&").rows, 7) << "the last mention counts";
  EXPECT_EQ(patched("%72ows=%37").rows, 7);
  EXPECT_EQ(patched("fill=1e%2B5").fill.text, "100000");
  EXPECT_EQ(patched("fill=1e+5").fill.text, "100000");
  EXPECT_EQ(patched("hide=title,title,code").hide, kHideTitle | kHideCode);
  EXPECT_EQ(decode_link("#rows=3", nullptr).rows, 3);
  EXPECT_EQ(decode_link("?rows=3", nullptr).rows, 3);
  EXPECT_EQ(decode_link("#", nullptr), State{});
}

TEST(StateCodec, ANewSizeAdaptsTheRest) {
  const State bits = patched("mask=01101&row=3");
  EXPECT_EQ(field_text(patched("cols=7", bits), "mask"), "0110100");
  EXPECT_EQ(field_text(patched("cols=3", bits), "mask"), "011");
  const State shorter = patched("rows=2", bits);
  EXPECT_EQ(field_text(shorter, "mask"), "01101");
  EXPECT_EQ(shorter.row, 1);

  const State full = patched("rows=2&cols=3&mask=110001");
  EXPECT_EQ(field_text(patched("rows=3&cols=2", full), "mask"), "110000");
  EXPECT_EQ(field_text(patched("cols=4", full), "mask"), "11000010");
  EXPECT_EQ(field_text(patched("rows=1", full), "mask"), "110");

  EXPECT_EQ(patched("cols=2", patched("mask=padding:4")).mask.k, 2);
  EXPECT_EQ(patched("cols=2&mask=padding:1", patched("mask=padding:4")).mask.k, 1);
  EXPECT_EQ(patched("rows=2", patched("row=none")).row, kNoRow);
  EXPECT_NE(refusal("rows=2&row=3"), "");
  EXPECT_NE(refusal("cols=2&mask=01101"), "");
}

TEST(StateCodec, OwnScoresHoldTheSize) {
  const std::vector<float> values = {1, 2, std::numeric_limits<float>::infinity(),
                                     std::numeric_limits<float>::quiet_NaN()};
  const State own = patched("rows=2&cols=2&mask=none&scores=" + floats_to_base64url(values));
  EXPECT_EQ(own.scores.size(), 4U);
  EXPECT_EQ(patched(encode_state(own)), own);
  EXPECT_EQ(decode_link(encode_link(own), nullptr), own);
  EXPECT_EQ(refusal("rows=3", own).substr(0, 17), "scores: \"4 values");
  EXPECT_EQ(refusal("rows=1&cols=4", own).substr(0, 6), "scores");
  EXPECT_EQ(patched("rows=3&scores=", own).rows, 3);
  EXPECT_EQ(patched("rows=1&cols=4&scores=" + field_text(own, "scores"), own).cols, 4);
  EXPECT_EQ(patched("rows=2&fill=0", own).scores.size(), 4U);
  const std::string many = floats_to_base64url(std::vector<float>(1025));
  EXPECT_NE(refusal("rows=1&cols=1025&scores=" + many), "");
  EXPECT_EQ(patched("rows=1&cols=1024&scores=" + many.substr(0, 4096 * 4 / 3 + 1)).scores.size(),
            1024U);
}

TEST(StateCodec, BadLinksFallBackFieldByField) {
  std::vector<FieldProblem> problems;
  const State state = decode_link("#seed=x&rows=3&fill=oops&mask=0101&theme=dark", &problems);
  State expected;
  expected.rows = 3;
  expected.theme = Theme::kDark;
  EXPECT_EQ(state, expected);
  ASSERT_EQ(problems.size(), 3U);
  EXPECT_EQ(problems[0].key, "seed");
  EXPECT_EQ(problems[1].key, "fill");
  EXPECT_EQ(problems[2].key, "mask");
  EXPECT_EQ(problems[2].value, "0101");

  problems.clear();
  const State large = decode_link("rows=4096&cols=65536&scores=AACAPw&row=4000", &problems);
  EXPECT_EQ(large.rows, 4096);
  EXPECT_EQ(large.cols, 5);
  EXPECT_TRUE(large.scores.empty());
  EXPECT_EQ(large.row, 4000);
  EXPECT_EQ(problems.size(), 2U);
}

TEST(StateCodec, ChecksStatesPutTogetherByHand) {
  EXPECT_TRUE(check_state({}).ok());
  const auto broken = [](auto change) {
    State state;
    change(state);
    return !check_state(state).ok();
  };
  EXPECT_TRUE(broken([](State& s) { s.rows = 0; }));
  EXPECT_TRUE(broken([](State& s) { s.cols = -3; }));
  EXPECT_TRUE(broken([](State& s) { s.row = 4; }));
  EXPECT_TRUE(broken([](State& s) { s.row = -2; }));
  EXPECT_TRUE(broken([](State& s) { s.dim = 1; }));
  EXPECT_TRUE(broken([](State& s) { s.temperature = 0; }));
  EXPECT_TRUE(broken([](State& s) { s.temperature = std::numeric_limits<double>::quiet_NaN(); }));
  EXPECT_TRUE(broken([](State& s) { s.fill.text = "-1000000000"; }));
  EXPECT_TRUE(broken([](State& s) { s.hide = 64; }));
  EXPECT_TRUE(broken([](State& s) { s.scores.resize(3); }));
  EXPECT_TRUE(broken([](State& s) { s.mask.k = 1; }));
  EXPECT_TRUE(broken([](State& s) { s.mask.kind = MaskSpec::Kind::kBits; }));
  EXPECT_TRUE(broken([](State& s) { s.mask = {MaskSpec::Kind::kBits, 0, {0, 1, 2, 0, 1}}; }));
  EXPECT_TRUE(broken([](State& s) { s.theme = static_cast<Theme>(9); }));
  EXPECT_TRUE(broken([](State& s) { s.lesson = "no lesson"; }));
}

TEST(StateCodec, ResizedDropsOwnScores) {
  State own = patched("rows=1&cols=2&mask=10");
  own.scores = {1, 2};
  const State larger = resized(own, 2, 3);
  EXPECT_TRUE(larger.scores.empty());
  EXPECT_EQ(field_text(larger, "mask"), "100");
  EXPECT_TRUE(check_state(larger).ok());
}

// Random texts, cut from pieces that nearly mean something: nothing crashes, whatever comes out is
// valid, strict and lenient agree on what is good, and encoding reads back.
TEST(StateCodec, AnyTextGivesAValidState) {
  const char* const pieces[] = {
      "seed", "rows", "cols", "scores", "mask", "fill",  "row",      "hide",    "temperature",
      "=",    "=",    "=",    "&",      "&",    "&",     "0",        "1",       "2",
      "3",    "7",    "01",   "10",     "-",    "1e9",   "padding:", "window:", "random",
      "none", "%",    "%41",  "%E4",    ",",    "title", "AACAPw",   "\xFF",    "finfo.min"};
  std::mt19937 random(17);
  for (int i = 0; i < 30000; ++i) {
    std::string fragment;
    for (unsigned n = random() % 16; n > 0; --n) fragment += pieces[random() % std::size(pieces)];
    SCOPED_TRACE(fragment);
    std::vector<FieldProblem> problems;
    const State lenient = decode_link(fragment, &problems);
    ASSERT_TRUE(check_state(lenient).ok());
    ASSERT_EQ(decode_link(encode_link(lenient), nullptr), lenient);
    ASSERT_EQ(apply_patch({}, encode_state(lenient)).value, lenient);
    const core::Result<State> strict = apply_patch({}, fragment);
    ASSERT_TRUE(check_state(strict.value).ok());
    if (problems.empty() && fragment[0] != '#' && fragment[0] != '?') {
      ASSERT_TRUE(strict.ok()) << strict.status.message;
    }
    for (const FieldProblem& problem : problems) ASSERT_TRUE(is_utf8(problem.message()));
  }
}

}  // namespace
}  // namespace softmask::view

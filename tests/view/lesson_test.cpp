#include "view/lesson.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

#include "view/in_chinese.h"
#include "view/lesson_facts.h"
#include "view/lesson_view.h"
#include "view/model.h"
#include "view/state_codec.h"

namespace softmask::view {
namespace {

constexpr Language kLanguages[] = {Language::kEnglish, Language::kChinese};

// Every step of every lesson as a Model shows it.
template <class Check>
void at_every_step(Check check) {
  for (const Lesson& lesson : lessons()) {
    Model model;
    ASSERT_TRUE(model.dispatch(SetFields{"lesson=" + std::string(lesson.id)}).ok());
    for (int step = 0; step < static_cast<int>(lesson.steps.size()); ++step) {
      SCOPED_TRACE(std::string(lesson.id) + " step " + std::to_string(step));
      ASSERT_TRUE(model.dispatch(GoToLessonStep{step}).ok());
      check(lesson, lesson.steps[static_cast<size_t>(step)], model);
    }
  }
}

LessonNumbers numbers_of(const Model& model, const LessonStep& step) {
  return {model.state(), model.derived(), model.pinned_derived(),
          model.gradient(step.upstream).scores};
}

TEST(Lessons, AreTheSixteen) {
  const std::vector<std::string_view> expected = {
      "article", "nan-row",   "uniform-row", "half-overflow", "double-mask", "leak",
      "typo",    "zero-fill", "after",       "max-first",     "wrong-dim",   "polarity",
      "padding", "columns",   "gradient",    "seed"};
  std::vector<std::string_view> ids;
  std::set<std::string_view> titles;
  for (const Lesson& lesson : lessons()) {
    ids.push_back(lesson.id);
    titles.insert(lesson.title.english);
    titles.insert(lesson.title.chinese);
  }
  EXPECT_EQ(ids, expected);
  EXPECT_EQ(titles.size(), 2 * expected.size()) << "all are different";
  EXPECT_EQ(lesson_index("typo"), 6);
  EXPECT_EQ(find_lesson("no-such"), nullptr);
}

TEST(Lessons, EveryStateIsWhatItsPatchesSay) {
  for (const Lesson& lesson : lessons()) {
    State state;
    const auto apply = [&](std::string_view patch) {
      if (patch.empty()) return;
      const core::Result<State> patched = apply_patch(state, patch);
      ASSERT_TRUE(patched.ok()) << lesson.id << ": " << patched.status.message;
      state = patched.value;
    };
    apply(lesson.preset);
    for (size_t step = 0; step < lesson.steps.size(); ++step) {
      apply(lesson.steps[step].patch);
      State expected = state;
      expected.lesson = lesson.id;
      EXPECT_EQ(lesson_state(lesson, static_cast<int>(step)), expected) << lesson.id;
      EXPECT_TRUE(check_state(expected).ok());
    }
  }
}

TEST(Lessons, EveryFactIsKnown) {
  at_every_step([](const Lesson&, const LessonStep& step, const Model& model) {
    const LessonNumbers numbers = numbers_of(model, step);
    for (const Language language : kLanguages) {
      for (const LessonText& text : {step.text, step.question, step.reveal}) {
        EXPECT_TRUE(facts_known(text.in(language), numbers)) << text.in(language);
      }
      for (const LessonChoice& choice : step.choices) {
        EXPECT_TRUE(facts_known(choice.text.in(language), numbers)) << choice.text.in(language);
      }
    }
  });
}

// Where PyTorch raises there are no results to compare, and what asks for them is not the case.
TEST(Lessons, EveryQuestionHasOneRightAnswer) {
  std::set<size_t> right_places;
  at_every_step([&](const Lesson&, const LessonStep& step, const Model& model) {
    if (!step.asks()) return;
    const LessonNumbers numbers = numbers_of(model, step);
    int right = 0;
    for (size_t i = 0; i < step.choices.size(); ++i) {
      const std::string_view when = step.choices[i].when;
      EXPECT_TRUE(condition_readable(when, numbers) || !model.derived().error.empty()) << when;
      if (!holds(when, numbers)) continue;
      ++right;
      right_places.insert(i);
    }
    EXPECT_EQ(right, 1) << step.question.english;
  });
  EXPECT_GE(right_places.size(), 3U) << "the right answer must not always stand at one place";
}

// A number in a text that is a claim has to be a fact: what is left are names of columns and rows,
// fills, sizes that the preset sets, and 0 and 1.
TEST(Lessons, NumbersInTextsAreFacts) {
  const std::set<std::string> allowed = {"0", "1",  "2",  "3",  "4",   "5",
                                         "8", "10", "15", "16", "100", "120"};
  at_every_step([&](const Lesson& lesson, const LessonStep& step, const Model&) {
    std::string texts;
    for (const LessonText& text : {step.text, step.question, step.reveal}) {
      for (const Language language : kLanguages) texts += std::string(text.in(language)) + " ";
    }
    for (size_t open; (open = texts.find('{')) != std::string::npos;) {
      texts.erase(open, texts.find('}', open) - open + 1);
    }
    for (const std::string_view thread : lesson.seen) {
      for (size_t at; (at = texts.find(thread)) != std::string::npos;) {
        texts.erase(at, thread.size());
      }
    }
    for (size_t i = 0; i < texts.size();) {
      const auto is_part = [&](size_t at) {
        return std::isalnum(static_cast<unsigned char>(texts[at])) != 0 || texts[at] == '.' ||
               texts[at] == '_' || texts[at] == '-';
      };
      size_t end = i;
      while (end < texts.size() && is_part(end)) ++end;
      std::string word = texts.substr(i, end - i);
      while (!word.empty() && word.back() == '.') word.pop_back();
      word.erase(0, word.find_first_not_of('-'));
      const bool digits_only =
          !word.empty() && word.find_first_not_of("0123456789.") == std::string::npos;
      if (digits_only) {
        EXPECT_TRUE(allowed.contains(word)) << word << " in: " << texts;
      }
      i = std::max(end, i + 1);
    }
  });
}

bool is_han(const std::string& utf8) {
  // U+4E00 … U+9FFF: three bytes from E4 B8 80 to E9 BF BF.
  return std::any_of(utf8.begin(), utf8.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xE4 && byte <= 0xE9;
  });
}

// No text of a lesson stays English, but for names, code and numbers.
TEST(Lessons, AreInChineseThroughout) {
  for (const Lesson& lesson : lessons()) {
    for (const LessonText& text : {lesson.title, lesson.summary}) {
      EXPECT_TRUE(is_han(std::string(text.chinese))) << text.english;
      EXPECT_FALSE(is_han(std::string(text.english))) << text.english;
    }
    for (const LessonStep& step : lesson.steps) {
      EXPECT_TRUE(is_han(std::string(step.text.chinese))) << step.text.english;
      if (!step.asks()) continue;
      EXPECT_TRUE(is_han(std::string(step.question.chinese))) << step.question.english;
      EXPECT_TRUE(is_han(std::string(step.reveal.chinese)) ||
                  step.reveal.chinese == step.reveal.english)
          << step.reveal.english;
    }
  }
}

TEST(LessonView, SpeaksTheLanguageOfTheTexts) {
  Model model;
  ASSERT_TRUE(model.dispatch(SetFields{"lesson=nan-row"}).ok());
  ASSERT_TRUE(model.dispatch(AnswerLesson{2}).ok());
  const std::string english = lesson_text(lesson_view(model));
  EXPECT_FALSE(is_han(english));
  const InChinese chinese;
  const LessonView view = lesson_view(model);
  const std::string said = lesson_speech(view);
  EXPECT_NE(said.find("为什么我的这一行是 NaN？（第 1 步，共 4 步）"), std::string::npos) << said;
  EXPECT_NE(said.find("20 格中有 20 格"), std::string::npos) << said;
  EXPECT_NE(said.find("答对了。"), std::string::npos) << said;
  EXPECT_EQ(view.choices[2].text, "NaN");
  EXPECT_NE(lesson_list_text().find("typo\t把 -1e9 写成 1e-9\n"), std::string::npos);
}

TEST(LessonView, TellsWhatIsOnTheScreen) {
  Model model;
  EXPECT_EQ(lesson_view(model).lesson, nullptr);
  EXPECT_TRUE(lesson_speech(lesson_view(model)).empty());
  ASSERT_TRUE(model.dispatch(SetFields{"lesson=nan-row"}).ok());
  LessonView view = lesson_view(model);
  EXPECT_TRUE(view.awaits_answer());
  EXPECT_TRUE(view.reveal.empty());
  EXPECT_FALSE(view.choices[0].right);
  EXPECT_TRUE(view.choices[2].right);
  EXPECT_NE(lesson_speech(view).find("3: NaN."), std::string::npos);
  ASSERT_TRUE(model.dispatch(AnswerLesson{0}).ok());
  view = lesson_view(model);
  EXPECT_FALSE(view.awaits_answer());
  EXPECT_FALSE(view.answered_right());
  EXPECT_FALSE(view.reveal.empty());
  ASSERT_TRUE(model.dispatch(AnswerLesson{2}).ok());
  EXPECT_TRUE(lesson_view(model).answered_right());
}

// The reader may change anything: where PyTorch raises, or a row is not there any more, a number is
// missing, and no reader is shown what it is called.
TEST(LessonView, NamesNoFactThatIsNotThere) {
  for (const char* change : {"scores=&rows=1&cols=1&mask=1&dtype=float16&fill=-1e9",
                             "scores=&rows=1&cols=1&mask=none&dtype=float32"}) {
    at_every_step([change](const Lesson&, const LessonStep&, const Model& model) {
      Model changed = model;
      ASSERT_TRUE(changed.dispatch(Unpin{}).ok());
      ASSERT_TRUE(changed.dispatch(SetFields{change}).ok());
      for (const int answer : {-1, 0}) {
        if (answer >= 0 && !changed.dispatch(AnswerLesson{answer}).ok()) continue;
        const std::string said = lesson_text(lesson_view(changed));
        EXPECT_EQ(said.find_first_of("{}"), std::string::npos) << change << ": " << said;
      }
    });
  }
}

// Nothing about the answer is stored: other numbers, another answer.
TEST(LessonView, JudgesByTheLiveNumbers) {
  Model model;
  ASSERT_TRUE(model.dispatch(SetFields{"lesson=nan-row"}).ok());
  ASSERT_TRUE(model.dispatch(AnswerLesson{2}).ok());
  EXPECT_FALSE(lesson_view(model).changed);
  ASSERT_TRUE(model.dispatch(SetFields{"fill=-1e9"}).ok());
  const LessonView view = lesson_view(model);
  EXPECT_TRUE(view.changed);
  EXPECT_FALSE(view.answered_right());
  EXPECT_TRUE(view.choices[1].right);
}

}  // namespace
}  // namespace softmask::view

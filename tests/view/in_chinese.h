// Texts are Chinese as long as one of these lives.
#ifndef SOFTMASK_TESTS_VIEW_IN_CHINESE_H_
#define SOFTMASK_TESTS_VIEW_IN_CHINESE_H_

#include "view/strings.h"

namespace softmask::view {

struct InChinese {
  InChinese() { set_text_language(Language::kChinese); }
  ~InChinese() { set_text_language(Language::kEnglish); }
  InChinese(const InChinese&) = delete;
  InChinese& operator=(const InChinese&) = delete;
};

}  // namespace softmask::view

#endif  // SOFTMASK_TESTS_VIEW_IN_CHINESE_H_

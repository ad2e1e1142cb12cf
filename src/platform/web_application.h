// The one application of a page.
#ifndef SOFTMASK_PLATFORM_WEB_APPLICATION_H_
#define SOFTMASK_PLATFORM_WEB_APPLICATION_H_

#include <string>

#include "platform/application.h"

namespace softmask::platform {

Application& web_application();

// Application::start on the canvas, then the listeners of SDL's that a page must not have.
std::string start_web_application(const char* link, float width_px, float scale);

}  // namespace softmask::platform

#endif  // SOFTMASK_PLATFORM_WEB_APPLICATION_H_

#include "ui/studio.h"

#include "ui/main_window.h"
#include "ui/theme/theme.h"

namespace headroom::ui {

Studio::Studio(Services services, Theme& theme)
    : services_(std::move(services)), window_(std::make_unique<MainWindow>(theme)) {}

Studio::~Studio() = default;

} // namespace headroom::ui

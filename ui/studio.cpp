#include "ui/studio.h"

#include "ui/main_window.h"
#include "ui/theme/theme.h"
#include "ui/training_studio.h"

namespace headroom::ui {

Studio::Studio(Services services, Theme& theme)
    : services_(std::move(services)), window_(std::make_unique<MainWindow>(theme)) {
    if (services_.training)
        training_ = std::make_unique<TrainingStudio>(std::move(services_.training), config_, *window_);
}

Studio::~Studio() = default;

} // namespace headroom::ui

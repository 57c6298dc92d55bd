#include "ui/studio.h"

#include "ui/forecast_studio.h"
#include "ui/main_window.h"
#include "ui/models/presets.h"
#include "ui/theme/theme.h"
#include "ui/training_studio.h"
#include "ui/widgets/knob_panel.h"

namespace headroom::ui {

Studio::Studio(Services services, Theme& theme)
    : services_(std::move(services)), window_(std::make_unique<MainWindow>(theme)),
      knobs_(new KnobPanel(config_, theme)) {
    const Preset first = presets().front();
    config_.setBaseline(first.title, first.file, first.config);
    config_.history().clear();
    window_->setSettings(knobs_);
    if (services_.forecast)
        forecast_ = std::make_unique<ForecastStudio>(std::move(services_.forecast), config_, *knobs_,
                                                     *window_, theme);
    if (services_.training)
        training_ = std::make_unique<TrainingStudio>(std::move(services_.training), config_, *window_, theme);
}

Studio::~Studio() = default;

} // namespace headroom::ui

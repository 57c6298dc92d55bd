#pragma once

#include "ui/models/fit_zones.h"
#include "ui/models/forecast_model.h"

#include <QObject>

#include <memory>

namespace headroom::ui {

class ConfigModel;
class HeadroomBar;
class KnobPanel;
class MainWindow;
class Theme;

/// The part of the studio that forecasts: the headroom bar, the zones of the sliders and the Memory page. GUI
/// thread.
class ForecastStudio : public QObject {
    Q_OBJECT

public:
    /// @param knobs,window outlive this
    ForecastStudio(std::unique_ptr<ForecastService> service, ConfigModel& config, KnobPanel& knobs,
                   MainWindow& window, const Theme& theme);

    ForecastModel& forecast() { return forecast_; }

private:
    void connectZones(KnobPanel& knobs);

    ForecastModel forecast_;
    FitZones zones_;
};

} // namespace headroom::ui

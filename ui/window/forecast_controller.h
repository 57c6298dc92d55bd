#pragma once

#include "ui/memory/fit_zones.h"
#include "ui/memory/forecast_model.h"
#include "ui/memory/step_profiling.h"

#include <QObject>

#include <memory>

namespace headroom::ui {

class ConfigModel;
class HeadroomBar;
class OptionPanel;
class MainWindow;
class RunModel;
class Theme;

/// The part of the studio that forecasts: the headroom bar, the zones of the sliders and the Memory page. GUI
/// thread.
class ForecastController : public QObject {
    Q_OBJECT

public:
    /// @param measure null: no step can be measured  @param options,window outlive this
    ForecastController(std::unique_ptr<ForecastService> forecast, std::unique_ptr<ProfileService> measure,
                       ConfigModel& config, OptionPanel& options, MainWindow& window, const Theme& theme);

    ForecastModel& forecast() { return forecast_; }
    /// While a run is under way, its device is the one that is judged. @param run outlives this
    void followRun(RunModel& run);
    /// Whether the forecast, or where the sliders fit, is still being worked out.
    bool busy() const { return forecast_.updating() || zones_.busy(); }
    StepProfiling* measurement() { return measurement_.get(); } ///< null without its service

private:
    void connectZones(OptionPanel& options);

    ForecastModel forecast_;
    FitZones zones_;
    std::unique_ptr<StepProfiling> measurement_;
};

} // namespace headroom::ui

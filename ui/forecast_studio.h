#pragma once

#include "ui/models/fit_zones.h"
#include "ui/models/forecast_model.h"
#include "ui/models/step_measurement.h"

#include <QObject>

#include <memory>

namespace headroom::ui {

class ConfigModel;
class HeadroomBar;
class KnobPanel;
class MainWindow;
class RunModel;
class Theme;

/// The part of the studio that forecasts: the headroom bar, the zones of the sliders and the Memory page. GUI
/// thread.
class ForecastStudio : public QObject {
    Q_OBJECT

public:
    /// @param measure null: no step can be measured  @param knobs,window outlive this
    ForecastStudio(std::unique_ptr<ForecastService> forecast, std::unique_ptr<MeasureService> measure,
                   ConfigModel& config, KnobPanel& knobs, MainWindow& window, const Theme& theme);

    ForecastModel& forecast() { return forecast_; }
    /// While a run is under way, its device is the one that is judged. @param run outlives this
    void followRun(RunModel& run);
    /// Whether the forecast, or where the sliders fit, is still being worked out.
    bool busy() const { return forecast_.updating() || zones_.busy(); }
    StepMeasurement* measurement() { return measurement_.get(); } ///< null without its service

private:
    void connectZones(KnobPanel& knobs);

    ForecastModel forecast_;
    FitZones zones_;
    std::unique_ptr<StepMeasurement> measurement_;
};

} // namespace headroom::ui

#include "ui/forecast_studio.h"

#include "ui/main_window.h"
#include "ui/models/run_model.h"
#include "ui/pages/memory_page.h"
#include "ui/widgets/headroom_bar.h"
#include "ui/widgets/knob_editor.h"
#include "ui/widgets/knob_panel.h"
#include "ui/widgets/knob_row.h"

#include <utility>

namespace headroom::ui {

ForecastStudio::ForecastStudio(std::unique_ptr<ForecastService> forecast,
                               std::unique_ptr<MeasureService> measure, ConfigModel& config, KnobPanel& knobs,
                               MainWindow& window, const Theme& theme)
    : forecast_(std::move(forecast), config), zones_(forecast_, config) {
    auto* bar = new HeadroomBar(forecast_, config, theme);
    window.setHeadroomBar(bar);
    connect(&window, &MainWindow::pageShown, bar,
            [&window, bar](QWidget* page) { bar->setCompact(window.frame(page).compactHeadroom); });
    auto* page = new MemoryPage(forecast_, theme);
    page->setObjectName(QStringLiteral("memory"));
    window.addPage(page, tr("Memory"), {.settingsOpen = true, .compactHeadroom = false});
    connect(bar, &HeadroomBar::partSelected, page, &MemoryPage::selectPart);
    if (measure) {
        measurement_ = std::make_unique<StepMeasurement>(std::move(measure), forecast_);
        page->offerMeasuring(*measurement_);
    }
    connectZones(knobs);
}

void ForecastStudio::followRun(RunModel& run) {
    const auto read = [this, &run] {
        const auto& started = run.history().started();
        forecast_.judgeRunOn(run.running() && started ? started->device : std::string());
    };
    connect(&run, &RunModel::stateChanged, &forecast_, read);
    connect(&run, &RunModel::historyChanged, &forecast_, read);
}

void ForecastStudio::connectZones(KnobPanel& knobs) {
    for (KnobRow* row : knobs.rows())
        connect(&zones_, &FitZones::changed, row, [this, row](const Knob* knob) {
            if (knob->key == row->knob().key)
                row->editor().showForecasts(zones_.zones(*knob), zones_.fresh(*knob));
        });
}

} // namespace headroom::ui

#include "ui/window/forecast_controller.h"

#include "ui/configuration/option_editor.h"
#include "ui/configuration/option_panel.h"
#include "ui/configuration/option_row.h"
#include "ui/memory/headroom_bar.h"
#include "ui/memory/memory_page.h"
#include "ui/runs/run_model.h"
#include "ui/window/main_window.h"

#include <utility>

namespace headroom::ui {

ForecastController::ForecastController(std::unique_ptr<ForecastService> forecast,
                                       std::unique_ptr<ProfileService> measure, ConfigModel& config,
                                       OptionPanel& options, MainWindow& window, const Theme& theme)
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
        measurement_ = std::make_unique<StepProfiling>(std::move(measure), forecast_);
        page->offerMeasuring(*measurement_);
    }
    connectZones(options);
}

void ForecastController::followRun(RunModel& run) {
    const auto read = [this, &run] {
        const auto& started = run.history().started();
        forecast_.judgeRunOn(run.running() && started ? started->device : std::string());
    };
    connect(&run, &RunModel::stateChanged, &forecast_, read);
    connect(&run, &RunModel::historyChanged, &forecast_, read);
}

void ForecastController::connectZones(OptionPanel& options) {
    for (OptionRow* row : options.rows())
        connect(&zones_, &FitZones::changed, row, [this, row](const Option* option) {
            if (option->key == row->option().key)
                row->editor().showForecasts(zones_.zones(*option), zones_.fresh(*option));
        });
}

} // namespace headroom::ui

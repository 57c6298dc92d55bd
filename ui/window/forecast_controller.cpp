// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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
                                       std::unique_ptr<ProfileService> profile, ConfigModel& config,
                                       OptionPanel& options, MainWindow& window, const Theme& theme)
    : forecast_(std::move(forecast), config), zones_(forecast_, config) {
    auto* bar = new HeadroomBar(forecast_, config, theme);
    window.setHeadroomBar(bar);
    connect(&window, &MainWindow::pageShown, bar,
            [&window, bar](QWidget* page) { bar->setCompact(window.pageLayout(page).compactHeadroom); });
    auto* page = new MemoryPage(forecast_, theme);
    page->setObjectName(QStringLiteral("memory"));
    window.addPage(page, tr("Memory"), {.configurationOpen = true, .compactHeadroom = false});
    connect(bar, &HeadroomBar::partSelected, page, &MemoryPage::selectPart);
    if (profile) {
        profiling_ = std::make_unique<StepProfiling>(std::move(profile), forecast_);
        page->setStepProfiling(*profiling_);
    }
    connectZones(options);
    connect(&forecast_, &ForecastModel::cardChanged, &options,
            [this, &options] { options.setRanks(forecast_.ranks()); });
}

void ForecastController::followRun(RunModel& run) {
    const auto updateDevice = [this, &run] {
        const auto& started = run.history().started();
        forecast_.setRunDevice(run.running() && started ? started->device : std::string(),
                               started ? started->ranks.value_or(1) : 1);
    };
    connect(&run, &RunModel::stateChanged, &forecast_, updateDevice);
    connect(&run, &RunModel::historyChanged, &forecast_, updateDevice);
}

void ForecastController::connectZones(OptionPanel& options) {
    for (OptionRow* row : options.rows())
        connect(&zones_, &FitZones::changed, row, [this, row](const Option* option) {
            if (option->key == row->option().key)
                row->editor().showForecasts(zones_.zones(*option), zones_.fresh(*option));
        });
}

} // namespace headroom::ui

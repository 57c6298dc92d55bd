// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/forecast_controller.h"

#include "ui/configuration/option_editor.h"
#include "ui/configuration/option_panel.h"
#include "ui/configuration/option_row.h"
#include "ui/memory/headroom_bar.h"
#include "ui/memory/memory_page.h"
#include "ui/memory/snapshot_dialog.h"
#include "ui/runs/run_model.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>

#include <utility>

namespace headroom::ui {

ForecastController::ForecastController(std::unique_ptr<ForecastService> forecast,
                                       std::unique_ptr<ProfileService> profile, ConfigModel& config,
                                       OptionPanel& options, MainWindow& window, const Theme& theme)
    : window_(window), theme_(theme), forecast_(std::move(forecast), config), zones_(forecast_, config) {
    auto* bar = new HeadroomBar(forecast_, config, theme);
    window.setHeadroomBar(bar);
    connect(&window, &MainWindow::pageShown, bar,
            [&window, bar](QWidget* page) { bar->setCompact(window.pageLayout(page).compactHeadroom); });
    page_ = new MemoryPage(forecast_, theme);
    page_->setObjectName(QStringLiteral("memory"));
    window.addPage(page_, tr("Memory"), {.configurationOpen = true, .compactHeadroom = false});
    connect(bar, &HeadroomBar::partSelected, page_, &MemoryPage::selectPart);
    if (profile) {
        profiling_ = std::make_unique<StepProfiling>(std::move(profile), forecast_);
        page_->setStepProfiling(*profiling_);
    }
    connectZones(options);
    connect(&forecast_, &ForecastModel::cardChanged, &options,
            [this, &options] { options.setRanks(forecast_.ranks()); });
}

void ForecastController::addSnapshots(std::unique_ptr<SnapshotService> service) {
    snapshots_ = std::make_unique<SnapshotModel>(std::move(service), forecast_);
    page_->setSnapshots(*snapshots_);
    auto* open = new QAction(tr("Open &memory snapshot..."), this);
    open->setToolTip(tr("A recording of any PyTorch program: would it fit the chosen card?"));
    window_.addOpenAction(open);
    connect(open, &QAction::triggered, this, &ForecastController::chooseSnapshot);
    connect(&window_, &MainWindow::dropped, this, [this](const QString& path) {
        const QString suffix = QFileInfo(path).suffix().toLower();
        if (suffix == QLatin1String("pickle") || suffix == QLatin1String("pkl"))
            openSnapshot(path);
    });
}

void ForecastController::chooseSnapshot() {
    const QString file =
        QFileDialog::getOpenFileName(&window_, tr("Open memory snapshot"), {},
                                     tr("Memory snapshots of PyTorch (*.pickle *.pkl);;All files (*)"));
    if (!file.isEmpty())
        openSnapshot(file);
}

void ForecastController::openSnapshot(const QString& file) {
    snapshots_->open(file);
    if (dialog_ == nullptr || !dialog_->isVisible()) // it may be closed, but not deleted yet
        dialog_ = new SnapshotDialog(*snapshots_, theme_, &window_);
    dialog_->show();
    dialog_->raise();
}

bool ForecastController::busy() const {
    return forecast_.updating() || zones_.busy() || (snapshots_ && snapshots_->busy());
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

// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/runs_controller.h"

#include "core/session/run_paths.h"
#include "core/support/error.h"
#include "ui/runs/run_chooser.h"
#include "ui/runs/run_model.h"
#include "ui/runs/runs_page.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QFileDialog>
#include <QMessageBox>
#include <QToolBar>

namespace headroom::ui {

RunsController::RunsController(std::unique_ptr<RunStore> store, std::unique_ptr<WeightsService> weights,
                               RunModel& run, MainWindow& window, Theme& theme)
    : run_(run), window_(window), archive_(std::move(store)), follower_(archive_, run),
      page_(new RunsPage(archive_, run, theme)) {
    page_->setObjectName(QStringLiteral("runs"));
    window_.addPage(page_, tr("Runs"), {.configurationOpen = false, .compactHeadroom = true});
    auto* action = new QAction(tr("Open a run…"), this);
    window_.addAction(MainWindow::Menu::Run, action);
    window_.addOpenAction(action);
    connect(action, &QAction::triggered, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(&window_, tr("Open a run folder"));
        if (!folder.isEmpty())
            open(folder);
    });
    connect(&run_, &RunModel::stateChanged, action, [this, action] { action->setEnabled(!run_.running()); });
    connect(page_, &RunsPage::openRequested, this, &RunsController::open);
    page_->setExportAvailable(weights != nullptr);
    if (weights) {
        export_ = std::make_unique<WeightsExport>(std::move(weights), window_);
        connect(page_, &RunsPage::exportRequested, export_.get(), &WeightsExport::ask);
    }
    auto* chooser = new RunChooser(archive_, run_);
    QToolBar& bar = window_.toolBar();
    const QList<QAction*> actions = bar.actions();
    QAction* progress = actions.isEmpty() ? nullptr : actions.last();
    bar.insertWidget(progress, chooser);
    connect(chooser, &RunChooser::refreshRequested, page_, &RunsPage::refresh);
    connect(chooser, &RunChooser::chosen, this, &RunsController::open);
    connect(&window_, &MainWindow::dropped, this, [this](const QString& path) {
        if (RunPaths{path.toStdString()}.holdsRun())
            open(path);
    });
    page_->refresh();
}

void RunsController::open(const QString& folder) {
    if (run_.running())
        return;
    try {
        run_.open(folder);
    } catch (const Error& error) {
        QMessageBox::warning(&window_, tr("Could not open the run"), QString::fromStdString(error.message()));
        return;
    }
    Q_EMIT opened();
}

} // namespace headroom::ui

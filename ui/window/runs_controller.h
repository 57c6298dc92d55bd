// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/weights_service.h"
#include "ui/bridge/run_archive.h"
#include "ui/runs/run_follower.h"
#include "ui/runs/weights_export.h"

#include <QObject>
#include <QString>

#include <memory>

namespace headroom::ui {

class MainWindow;
class RunModel;
class RunsPage;
class Theme;

/// Creates the Runs page, opens runs, follows the open run, and exports weights. GUI thread.
class RunsController : public QObject {
    Q_OBJECT

public:
    /// @param weights may be null: without export
    /// @param run, window, theme outlive this
    RunsController(std::unique_ptr<RunStore> store, std::unique_ptr<WeightsService> weights, RunModel& run,
                   MainWindow& window, Theme& theme);

    /// Opens a run folder, with its configuration and curves. Does nothing while a run is in progress.
    void open(const QString& folder);
    RunsPage& page() { return *page_; }

Q_SIGNALS:
    void opened();

private:
    RunModel& run_;
    MainWindow& window_;
    RunArchive archive_;
    RunFollower follower_;
    std::unique_ptr<WeightsExport> export_; ///< null without its service
    RunsPage* page_;                        ///< owned by the window
};

} // namespace headroom::ui

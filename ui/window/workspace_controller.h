// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/configuration/preferences.h"

#include <QObject>
#include <QTimer>

namespace headroom::ui {

class ConfigModel;
class MainWindow;
class RunModel;
class RunsController;
class ConfigurationController;

/// Restores what was open when the window was last closed: the configuration with its unsaved changes, the
/// data set, the run and the page. Stores it shortly after each change, so that a crash loses little. GUI
/// thread.
class WorkspaceController : public QObject {
    Q_OBJECT

public:
    /// Restores the stored workspace. @param runs,run null without their services; all outlive this
    WorkspaceController(ConfigModel& config, const ConfigurationController& configuration, MainWindow& window,
                        RunsController* runs, RunModel* run);
    /// Stores the workspace, without configuration changes that the user has discarded.
    ~WorkspaceController() override;

private:
    void restore(const preferences::Workspace& stored);
    void restoreRun(const QString& folder);
    void restoreConfiguration(const preferences::Workspace& stored);
    void store() const;

    ConfigModel& config_;
    const ConfigurationController& configuration_;
    MainWindow& window_;
    RunsController* runs_;
    RunModel* run_;
    QTimer storeTimer_;
};

} // namespace headroom::ui

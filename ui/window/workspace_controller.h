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

/// The part of the studio that brings back at the next start what was open: the setting with its unsaved
/// changes, the songs, the run and the page. It is noted soon after each change, so that a crash loses
/// little. GUI thread.
class WorkspaceController : public QObject {
    Q_OBJECT

public:
    /// Brings back what was noted. @param runs,run null where there are no runs; all outlive this
    WorkspaceController(ConfigModel& config, const ConfigurationController& settings, MainWindow& window,
                        RunsController* runs, RunModel* run);
    /// Notes what is open now; without the changes of the setting if the user discarded them.
    ~WorkspaceController() override;

private:
    void recall(const preferences::Workspace& noted);
    void recallRun(const QString& folder);
    void recallSetting(const preferences::Workspace& noted);
    void note() const;

    ConfigModel& config_;
    const ConfigurationController& settings_;
    MainWindow& window_;
    RunsController* runs_;
    RunModel* run_;
    QTimer soon_;
};

} // namespace headroom::ui
